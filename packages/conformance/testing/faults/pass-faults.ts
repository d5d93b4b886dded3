import { rewrites, type Law, type Pass } from '@xcorr/compiler';
import { add, conv2d, corr2d, correlate, div, extend, flip, input, less, maxPool, mul, neg, pad, reduceMax, relu, select, slice, sub, sum, transpose, type Tensor } from '@xcorr/graph';
import type { Case } from '../../src/case.ts';
import { caseOf } from '../../src/checks/described.ts';

/** A law that does not hold, and a graph in which it shows. */
export interface PassFault {
  readonly name: string;
  readonly pass: () => Pass;
  readonly test: () => Case;
}

/** A pass that believes a law, once. */
function believing(name: string, apply: Law['apply']): () => Pass {
  return () => {
    let isDone = false;
    const once: Law['apply'] = (tensor) => {
      const result = isDone ? undefined : apply(tensor);
      isDone ||= result !== undefined;
      return result;
    };
    return rewrites('wrong', [{ text: name, apply: once }]);
  };
}

const image = (): Tensor => input('x', [1, 2, 6, 7]);
const kernel = (): Tensor => input('w', [2, 2, 3, 2]);
const oneOf = (make: () => Tensor) => (): Case => caseOf({ outputs: { y: make() } });

const fault = (name: string, make: () => Tensor, apply: Law['apply']): PassFault => ({ name, pass: believing(name, apply), test: oneOf(make) });

/** Laws that a pass might believe. */
export const passFaults: readonly PassFault[] = [
  fault('x - y = y - x', () => sub(image(), mul(input('z', [7]), 2)), (y) => (y.primitive === 'sub' ? sub(y.inputs[1], y.inputs[0]) : undefined)),
  fault('corr(x, flip(w)) = corr(x, w)', () => correlate(image(), flip(kernel(), [2, 3])), (y) => (y.primitive === 'flip' ? y.inputs[0] : undefined)),
  fault('a stride may be forgotten where sizes allow it', () => sum(conv2d(image(), kernel(), { strides: [1, 2] }), { axes: 3 }), (y) =>
    y.primitive === 'correlate' ? slice(correlate(y.inputs[0], y.inputs[1]), { stop: y.shape }) : undefined),
  fault('padding low is padding high', () => correlate(image(), kernel(), { padding: [[1, 0], [0, 1]] }), (y) =>
    y.primitive === 'correlate' ? correlate(y.inputs[0], y.inputs[1], { padding: [[0, 1], [1, 0]] }) : undefined),
  fault('the transposed of a square is itself', () => transpose(corr2d(input('x', [6, 6]), [[1, 2], [3, 4]])), (y) => (y.primitive === 'transpose' ? y.inputs[0] : undefined)),
  fault('reflect = symmetric', () => extend(input('x', [5]), { mode: 'reflect', low: [2], high: [1] }), (y) =>
    y.primitive === 'extend' ? extend(y.inputs[0], { ...y.attributes, mode: 'symmetric' }) : undefined),
  fault('a pad of any value is a pad of 0', () => pad(input('x', [5]), { low: [1], value: 3 }), (y) => (y.primitive === 'pad' ? pad(y.inputs[0], { ...y.attributes, value: 0 }) : undefined)),
  fault('max(sum) = sum(max)', () => reduceMax(sum(input('x', [3, 4]), { axes: 1 })), (y) => (y.primitive === 'reduceMax' && y.inputs[0].primitive === 'sum' ? sum(reduceMax(y.inputs[0].inputs[0], { axes: 0 })) : undefined)),
  fault('relu(x) = x', () => relu(sub(image(), 1)), (y) => (y.primitive === 'max' || y.primitive === 'select' ? y.inputs.at(-1) : undefined)),
  fault('a select takes its first branch', () => select(less(input('a', [4]), 0), input('b', [4]), neg(input('c', [4]))), (y) => (y.primitive === 'select' ? y.inputs[1] : undefined)),
  fault('x / c = x (1 / c)', () => div(image(), 3), (y) => (y.primitive === 'div' && y.inputs[0].primitive !== 'constant' ? mul(y.inputs[0], div(1, y.inputs[1])) : undefined)),
  fault('max pools of neighbours are one', () => add(maxPool(image(), [2, 2], { strides: 1 }), 1), (y) => (y.primitive === 'windows' ? flipPositions(y) : undefined)),
];

/** Windows in the order of their last position first. */
function flipPositions(y: Tensor): Tensor {
  return flip(y, [y.shape.length / 2 - 1]);
}
