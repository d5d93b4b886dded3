import { book } from '@xcorr/golden';
import { lossKind, sizeOf, targetKernel } from './problem.ts';
import { bookStarts, frameworkOf, isBookStart, type ImageName, type LearnState, type OptimiserName } from './state.ts';

/** What each optimiser is called with. */
const calls: Readonly<Record<OptimiserName, (rate: number, momentum: number) => readonly [name: string, settings: string]>> = {
  sgd: (rate) => ['sgd', `rate: ${rate}`],
  momentum: (rate, momentum) => ['sgd', `rate: ${rate}, momentum: ${momentum}`],
  nesterov: (rate, momentum) => ['sgd', `rate: ${rate}, momentum: ${momentum}${momentum > 0 ? ', nesterov: true' : ''}`],
  adam: (rate) => ['adam', `rate: ${rate}`],
  adamw: (rate) => ['adamW', `rate: ${rate}`],
  rmsprop: (rate) => ['rmsProp', `rate: ${rate}`],
};

type Source = { readonly imports: readonly string[]; readonly lines: readonly string[] };

/** Where the image `x` comes from, [H, W]. */
const sources: Readonly<Record<ImageName, Source>> = {
  book: { imports: [], lines: [`const x = ndarray(Array.from({ length: ${book.edge.x.length} }, () => ${listText(book.edge.x[0] ?? [])}));`] },
  photograph: {
    imports: [`import { grey, toValues } from '@xcorr/image';`, `import { readPicture } from '@xcorr/image/node';`],
    lines: [`const x = evaluate(grey(constant(toValues(await readPicture('photo.jpg')))));`],
  },
  random: { imports: [], lines: [`const { uniform } = createRandom(1);`, `const x = ndarray(Array.from({ length: 32 }, () => Array.from({ length: 32 }, () => uniform(0, 1))));`] },
};

/** A program that does with the packages what the tab does. */
export function codeOf(state: LearnState): string {
  const { image, optimiser, rate, momentum, whiten, steps } = state;
  const kernel = targetKernel(state);
  const [rows, columns] = sizeOf(kernel);
  const error = lossKind(image) === 'sum' ? 'squaredError' : 'meanSquaredError';
  const [optimiserName, settings] = calls[optimiser](rate, momentum);
  const initialiser = startOf(state);
  const source = sources[image];
  const isPhotograph = image === 'photograph';
  const graph = ['corr2d', 'evaluate', 'input', ...(isPhotograph || whiten ? ['constant'] : []), ...(isPhotograph ? [] : ['ndarray']), error, 'state', ...(whiten ? ['sub'] : [])].sort();
  const nn = ['Conv2d', 'initialise', 'initialValues', 'minimise', optimiserName, ...initialiser.imports, ...(image === 'random' ? ['createRandom'] : [])].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase()));
  const loss = whiten ? [`const laplacian = constant([[0, 1, 0], [1, -4, 1], [0, 1, 0]]);`, `const loss = ${error}(corr2d(sub(corr2d(X, K), Y), laplacian), 0);`] : [`const loss = ${error}(corr2d(X, K), Y);`];
  return [
    `import { ${graph.join(', ')} } from '@xcorr/graph';`,
    `import { compile } from '@xcorr/compiler';`,
    `import { js } from '@xcorr/backend-js';`,
    ...source.imports,
    `import { ${nn.join(', ')} } from '@xcorr/nn';`,
    '',
    ...source.lines,
    `const y = evaluate(corr2d(x, ${matrixText(kernel)}));`,
    '',
    `const layer = Conv2d({ outputs: 1, kernel: [${rows}, ${columns}], bias: false${initialiser.setting} });`,
    `const start = initialValues(initialise(layer, [1, 1, ...x.shape]${initialiser.options})).get('weight');`,
    `const [X, Y, K] = [input('X', x.shape), input('Y', y.shape), state('K', start.toNested()[0][0])];`,
    ...loss,
    `const { updates, states } = minimise(loss, { K }, ${optimiserName}({ ${settings} }));`,
    `const step = compile({ inputs: { X, Y }, state: { K, ...states }, outputs: { loss }, updates }, js());`,
    `const losses = step.run({ X: x, Y: y }, { times: ${steps}, record: ['loss'] }).loss.toNested();`,
    `console.log(losses.at(-1), step.state.K.toNested());`,
    '',
  ].join('\n');
}

function startOf({ start, seed }: LearnState): { readonly imports: readonly string[]; readonly setting: string; readonly options: string } {
  if (isBookStart(start)) {
    const taps = book.learnKernel.runs[bookStarts.indexOf(start)]?.initialKernel ?? [];
    return { imports: ['given'], setting: `, weight: given([[${matrixText(taps)}]])`, options: '' };
  }
  const framework = frameworkOf(start);
  const table = framework === start ? 'frameworkInitialisers' : 'chapterInitialisers';
  return { imports: [table], setting: '', options: `, { seed: ${seed}, initialisers: ${table}.${framework} }` };
}

function listText(numbers: readonly number[]): string {
  return `[${numbers.join(', ')}]`;
}

function matrixText(matrix: readonly (readonly number[])[]): string {
  return `[${matrix.map(listText).join(', ')}]`;
}
