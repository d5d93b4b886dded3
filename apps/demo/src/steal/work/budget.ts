import type { RanOn } from '../learned.ts';
import type { Size } from './pair.ts';

// Times of single steps in nanoseconds, as measured on one core of a server. They choose how much is looked at, and nothing else.

/** A product of a sum that a compiled loop takes; one that the loop written in the page takes. */
const compiledProduct = 2.6;
const loopProduct = 1.3;

/** What a product of a filter costs. */
const filterProduct: Readonly<Record<RanOn, number>> = { loops: 1, gpu: 0.1, closures: 120 };

/** What learning may take, and what filtering may, so that both are done within a second; in nanoseconds. */
const learningTime = 2.5e8;
const filteringTime = 5e8;

/** How many places can be learned from in time, of each of so many planes, of which this share is left out. */
export function placesToLearn([rows, columns]: Size, planes: number, leftOut: number, compiled: boolean): number {
  const taps = rows * columns;
  const pairs = (taps * (taps + 1)) / 2;
  const products = (2 * rows - 1) * (2 * columns - 1) + taps + columns;
  const place = compiled ? compiledProduct * products + leftOut * loopProduct * pairs : (1 - leftOut) * loopProduct * pairs;
  return Math.max(taps * 16, Math.floor(learningTime / (place * planes)));
}

/** How many places can be filtered in time. */
export function placesToFilter([rows, columns]: Size, planes: number, ranOn: RanOn, time: number = filteringTime): number {
  return Math.max(64 * 64, Math.floor(time / (filterProduct[ranOn] * rows * columns * planes)));
}
