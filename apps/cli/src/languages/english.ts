import type { Messages } from './messages.ts';

export const english: Messages = {
  chapter: 'Convolutions for Images',
  ours: 'ours',
  theirs: 'book',
  agrees: 'ok',
  differs: 'differs',
  notPrinted: 'not printed',
  ranOn: (places) => `Computed on ${places}.`,
  allAgree: (compared) => `All ${compared} results are as the book prints them.`,
  someDiffer: (different, compared) => `${different} of ${compared} results ${different === 1 ? 'differs' : 'differ'} from the book.`,
  crossCorrelation: {
    title: 'The cross-correlation operation',
    summary: 'A window slides over the image; what it sees is multiplied by the kernel, element by element, and summed.',
  },
  layer: {
    title: 'Convolutional layers',
    summary: 'A layer Conv2D written by its user: a cross-correlation with its weight, plus a scalar bias.',
    output: (bias) => `Conv2D(X), bias ${bias}`,
    raisedOutput: (bias) => `Conv2D(X), bias ${bias}: one more`,
  },
  edgeDetection: {
    title: 'Object edge detection in images',
    summary: 'The kernel finds vertical edges, from light to dark and from dark to light, and no horizontal ones.',
    ofTransposed: 'corr2d(X transposed, K)',
  },
  learning: {
    title: 'Learning a kernel',
    summary: 'From the image and its edges alone, gradient descent finds the kernel, in the layout of each edition and from its start.',
    editions: { English: 'English', 'Chinese notes': 'Chinese notes' },
    system: (framework, variant) => `${framework} (${variant})`,
    run: (system, layout) => `${system}, ${layout}`,
    loss: (epoch) => `loss of epoch ${epoch}`,
    kernel: 'learned kernel',
  },
  strictConvolution: {
    title: 'Cross-correlation and convolution',
    summary: 'Strict convolution flips the kernel first: with the flipped kernel, given or learned, it does the same as cross-correlation.',
    flippedKernel: 'learned kernel, flipped',
  },
  receptiveField: {
    title: 'Feature map and receptive field',
    summary: 'What one element of the last feature map sees through stacked layers: where its gradient is not 0.',
    onFirst: 'of the first feature map',
    onInput: 'of the input',
  },
};
