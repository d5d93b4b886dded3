import { constant, evaluate } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { allOperators, type Operator } from '../kernel/operator.ts';
import { largestShown, paintedWith, shownOf, showingOf, type Show } from './show.ts';

function named(name: string): Operator {
  const found = allOperators.find((each) => each.name === name);
  if (found === undefined) throw new TypeError(name);
  return found;
}

test('what is shown where nothing is said follows from the kernel', () => {
  expect(showingOf(named('sobel'), undefined, undefined)).toEqual({ show: 'magnitude', scale: 'picture' });
  expect(showingOf(named('sobel'), 'absolute', 'kernel')).toEqual({ show: 'magnitude', scale: 'kernel' });
  expect(showingOf(named('sobel-x'), undefined, undefined)).toEqual({ show: 'absolute', scale: 'picture' });
  expect(showingOf(named('box-3'), undefined, undefined)).toEqual({ show: 'as-is' });
  expect(showingOf(named('box-3'), 'signed', 'kernel')).toEqual({ show: 'signed', scale: 'kernel' });
});

test('what makes no sense is refused', () => {
  expect(() => showingOf(named('roberts'), 'signed', undefined)).toThrow('--show signed: roberts is a length, which has no sign\n  take one of its kernels alone, such as roberts-main');
  expect(() => showingOf(named('box-3'), undefined, 'kernel')).toThrow(
    '--scale kernel: the response of box-3 is shown as it is, which needs no scale\n  leave --scale out, or add --show absolute or signed',
  );
});

test('the length over the channels of a colour, the absolute value of grey', () => {
  expect(evaluate(shownOf(constant([[[3, 4, 0], [0, -2, 0]]]), 'magnitude')).toNested()).toEqual([[5, 2]]);
  expect(evaluate(shownOf(constant([[-3, 4]]), 'magnitude')).toNested()).toEqual([[3, 4]]);
  expect(evaluate(shownOf(constant([[[-3]]]), 'absolute')).toNested()).toEqual([[[3]]]);
  expect(evaluate(shownOf(constant([[-3]]), 'signed')).toNested()).toEqual([[-3]]);
});

test('white becomes 255; signed, minus white becomes 0, and 0 the middle', () => {
  const painted = (show: Exclude<Show, 'as-is'>): unknown => evaluate(paintedWith(constant([-8, 0, 4, 8]), show, 1 / 8)).toNested();
  expect(painted('signed')).toEqual([0, 127.5, 191.25, 255]);
  expect(painted('absolute')).toEqual([-255, 0, 127.5, 255]);
});

test('the largest of three channels is longer than that of one', () => {
  expect(largestShown(named('sobel-x'), 'absolute', 3)).toBe(4 * 255);
  expect(largestShown(named('sobel-x'), 'magnitude', 3)).toBeCloseTo(4 * 255 * Math.sqrt(3), 9);
});
