import type { ProgramSpec } from '@xcorr/compiler';
import { book } from '@xcorr/golden';
import { conv2d, corr2d, grad, input, meanSquaredError, mul, relu, state, sub, type Nested, type Tensor } from '@xcorr/graph';
import { edgeOperators, gradientMagnitude } from '@xcorr/image';
import { learningStep } from '../book/learning.ts';
import { gradientsForCanny } from '../canny/gradients.ts';

/** A kernel to start learning from: small numbers, all different. */
function initialKernel(...shape: readonly number[]): Nested {
  const [size, ...rest] = shape;
  if (size === undefined) return 0.1;
  return Array.from({ length: size }, (_, index) => scaled(initialKernel(...rest), (index + 1) / size));
}

function scaled(nested: Nested, factor: number): Nested {
  return typeof nested === 'number' ? nested * factor : nested.map((each) => scaled(each, factor));
}

/** One step of gradient descent for some states. */
function step(loss: Tensor, states: readonly Tensor[], learningRate: number): readonly (readonly [Tensor, Tensor])[] {
  const gradients = grad(loss, states);
  return states.map((each, position) => [each, sub(each, mul(learningRate, gradients[position] ?? 0))] as const);
}

export type SubjectName = 'book' | 'sobel' | 'canny' | 'learn' | 'two-layers';

/** The programs that can be inspected by name. */
export const subjects: Readonly<Record<SubjectName, () => ProgramSpec>> = {
  book: () => {
    const [run] = book.learnKernel.runs;
    if (run === undefined) throw new TypeError('the book has no training run');
    return learningStep(book, run);
  },
  sobel: () => {
    const X = input('picture', ['H', 'W']);
    return { inputs: { X }, outputs: { edges: gradientMagnitude(X, edgeOperators.sobel) } };
  },
  canny: () => gradientsForCanny(['H', 'W']),
  learn: () => {
    const [X, Y] = [input('X', [256, 256]), input('Y', [252, 252])];
    const K = state('K', initialKernel(5, 5));
    const loss = meanSquaredError(corr2d(X, K), Y);
    return { inputs: { X, Y }, state: { K }, outputs: { loss }, updates: step(loss, [K], 0.5) };
  },
  'two-layers': () => {
    const [X, Y] = [input('X', [4, 1, 64, 64]), input('Y', [4, 1, 64, 64])];
    const [first, second] = [state('first', initialKernel(8, 1, 3, 3)), state('second', initialKernel(1, 8, 3, 3))];
    const hidden = relu(conv2d(X, first, { padding: 'same' }));
    const loss = meanSquaredError(conv2d(hidden, second, { padding: 'same' }), Y);
    return { inputs: { X, Y }, state: { first, second }, outputs: { loss }, updates: step(loss, [first, second], 0.05) };
  },
};

export const subjectNames: readonly string[] = Object.keys(subjects);

export function isSubject(name: string): name is SubjectName {
  return Object.hasOwn(subjects, name);
}
