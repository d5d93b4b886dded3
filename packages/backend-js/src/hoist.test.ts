import { compile } from '@xcorr/compiler';
import { quadraticForms } from '@xcorr/compiler/hoist';
import { corr2d, grad, input, mean, mul, square, state, sub, type NdArray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { js } from './index.ts';

const times = 60;

/** Learns a kernel from images of this size, with the sweeps of each step hoisted out of the steps or not. */
function learned(size: number, [h, w]: readonly [number, number], isHoisted: boolean): { readonly losses: NdArray; readonly kernel: NdArray } {
  const options = { dtype: 'float64' } as const;
  const [x, y] = [input('x', [size, size], options), input('y', [size - h + 1, size - w + 1], options)];
  const k = state('k', Array.from({ length: h }, (_, i) => Array.from({ length: w }, (_, j) => (i - j) / 8)), options);
  const loss = mean(square(sub(corr2d(x, k), y)));
  const [slope] = grad(loss, [k]);
  const step = compile({ inputs: { x, y }, state: { k }, outputs: { loss }, updates: [[k, sub(k, mul(0.05, slope))]] }, js(), isHoisted ? { passes: [quadraticForms({ times })] } : {});
  const wave = (length: number, factor: number): Float64Array => Float64Array.from({ length }, (_, at) => Math.sin(factor * at) + Math.cos(at / 7));
  const feeds = { x: wave(size * size, 0.71), y: wave((size - h + 1) * (size - w + 1), 0.37) };
  const { loss: losses } = step.run(feeds, { times, record: ['loss'] });
  return { losses, kernel: step.state.k };
}

/** |got - want| <= c u sum |terms|, the terms of the loss being those of y'y and of the quadratic form. */
const constant = 64;

describe('a squared error whose sweeps are hoisted is the squared error', () => {
  test.each<readonly [size: number, window: readonly [number, number]]>([
    [40, [3, 3]],
    [31, [5, 4]],
    [64, [7, 7]],
    [9, [1, 5]],
  ])('%d x %d, %j', (size, window) => {
    const [got, want] = [learned(size, window, true), learned(size, window, false)];
    // The images are of size 2 at most, and the taps of size 2: so many terms, each at most this large.
    const terms = 4 * (1 + 2 * window[0] * window[1]) ** 2;
    [...got.losses.data].forEach((loss, at) => expect(Math.abs(loss - (want.losses.data[at] ?? 0))).toBeLessThanOrEqual(constant * 2 ** -53 * terms));
    [...got.kernel.data].forEach((tap, at) => expect(Math.abs(tap - (want.kernel.data[at] ?? 0))).toBeLessThanOrEqual(constant * times * 2 ** -53 * terms));
  });
});
