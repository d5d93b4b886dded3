import { abs, constant, corr2d, evaluate, input, reduceMax } from '@xcorr/graph';

const D = constant([[-1, 1]]); // f(x + 1) - f(x)
const K = constant([[1, -2, 1]]); // (f(x + 1) - f(x)) - (f(x) - f(x - 1))
const squares = constant([[0, 1, 4, 9, 16, 25]]); // the second derivative of x^2 is 2

// In two dimensions, along both axes: K plus its transpose.
const laplacian = constant([[0, 1, 0], [1, -4, 1], [0, 1, 0]]);
const X = input('X', [5, 5]);
const strongest = reduceMax(abs(corr2d(X, laplacian)));

const five = [0, 1, 2, 3, 4];
const flat = five.map(() => five.map(() => 1));
const ramp = five.map((i) => five.map((j) => i + 2 * j));
const edge = five.map(() => five.map((j) => Number(j >= 2)));
const corner = five.map((i) => five.map((j) => Number(i >= 2 && j >= 2)));
const line = five.map(() => five.map((j) => Number(j === 2)));
const end = five.map((i) => five.map((j) => Number(i >= 2 && j === 2)));
const point = five.map((i) => five.map((j) => Number(i === 2 && j === 2)));

export const results: readonly unknown[] = [
  corr2d(corr2d(squares, D), D),
  corr2d(squares, K),
  evaluate(strongest, { X: flat }),
  evaluate(strongest, { X: ramp }),
  evaluate(strongest, { X: edge }),
  evaluate(strongest, { X: corner }),
  evaluate(strongest, { X: line }),
  evaluate(strongest, { X: end }),
  evaluate(strongest, { X: point }),
];
