import { compile } from '@xcorr/compiler';
import { add, evaluate, grad, input, mul, sin, sum, type Tensor } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { js } from './index.ts';

/** The values at which both are judged, as float32 holds them. */
const at = [0.5, 1, 2, 3];

function compiled(y: Tensor, x: Tensor): readonly number[] {
  return Array.from(compile({ inputs: { x }, outputs: { y } }, js()).run({ x: at }).y.data);
}

/** Deep chains are rounded where they are stored: five decimals are left. */
function expectClose(got: readonly number[], want: ArrayLike<number>): void {
  got.forEach((value, position) => expect(value).toBeCloseTo(want[position] ?? Number.NaN, 5));
}

test('what is shared at every one of sixty levels is computed once, in the gradient too', () => {
  const x = input('x', [4]);
  let y = x;
  for (let level = 0; level < 60; level++) y = add(mul(sin(y), 0.5), mul(y, 0.5));
  const [dx] = grad(sum(y), [x]);
  for (const result of [y, dx]) expectClose(compiled(result, x), evaluate(result, { x: at }).data);
});

test('a graph of ten thousand nodes', () => {
  const x = input('x', [4]);
  let y = x;
  for (let level = 0; level < 10_000; level++) y = level % 2 === 0 ? sin(y) : add(y, 0.125);
  expectClose(compiled(y, x), evaluate(y, { x: at }).data);
});
