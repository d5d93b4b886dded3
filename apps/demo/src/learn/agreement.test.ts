import { book } from '@xcorr/golden';
import { expect, test } from 'vitest';
import { agreementOf } from './agreement.ts';
import { emptyCurve, extended } from './curve.ts';
import { presetState } from './presets.ts';
import { bookStarts, initial } from './state.ts';

const [run] = book.learnKernel.runs;
const losses = Array.from({ length: 10 }, (_, index) => Number(run?.printedLosses[Math.floor(index / 2)]));
const learned = { curve: extended(emptyCurve, losses), kernel: run?.learnedKernel ?? [], rate: 0.03 };

test('what is as printed agrees', () => {
  const found = agreementOf(initial, learned);
  expect(found?.complete).toBe(true);
  expect(found?.lines.map(({ epoch, printed, ours }) => [epoch, printed, ours])).toEqual(run?.printedLosses.map((printed, index) => [2 * index + 2, printed, printed]));
  expect(found?.taps).toEqual([
    { printed: '1.0398', ours: '1.0398', agrees: true },
    { printed: '-0.9328', ours: '-0.9328', agrees: true },
  ]);
});

test('what is not, or not yet, does not', () => {
  const off = agreementOf(initial, { ...learned, curve: extended(emptyCurve, losses.with(3, 5.07)), kernel: [[1.0399, -0.9328]] });
  expect(off?.lines.map(({ agrees }) => agrees)).toEqual([true, false, true, true, true]);
  expect(off?.taps.map(({ agrees }) => agrees)).toEqual([false, true]);
  const early = agreementOf(initial, { ...learned, curve: extended(emptyCurve, losses.slice(0, 5)) });
  expect(early).toMatchObject({ complete: false, taps: [{ ours: undefined }, { ours: undefined }] });
  expect(early?.lines.map(({ ours }) => ours)).toEqual(['16.481', '5.069', undefined, undefined, undefined]);
});

test('steps at another rate are compared with nothing', () => {
  expect(agreementOf({ ...initial, rate: 0.02 }, learned)).toBeUndefined();
  expect(agreementOf(initial, { ...learned, rate: 'mixed' })).toBeUndefined();
  expect(agreementOf({ ...initial, start: 'pytorch' }, learned)).toBeUndefined();
});

test.for(bookStarts)('the preset %s is a run of the book', (start) => {
  expect(agreementOf(presetState(start), { curve: emptyCurve, kernel: [], rate: undefined })?.run).toBe(book.learnKernel.runs[bookStarts.indexOf(start)]);
});

test('each start is named after the system of its run', () => {
  expect(book.learnKernel.runs.map(({ system }) => system)).toEqual(['PyTorch (English)', 'MXNet', 'JAX (Flax)', 'TensorFlow (Keras)', 'PyTorch (Chinese notes)']);
});
