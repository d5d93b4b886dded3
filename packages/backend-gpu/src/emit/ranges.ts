import { termsOf, type Factor, type Integer } from '@xcorr/graph';
import { literalOf } from './literal.ts';

/** The least and the greatest value of an integer. */
export type Range = readonly [low: number, high: number];

/** How many iterations the loop of a variable has. */
export type ExtentOf = (variable: string) => number;

function factorRange(factor: Factor, extentOf: ExtentOf): Range {
  switch (factor.kind) {
    case 'variable':
      return [0, extentOf(factor.name) - 1];
    case 'floor': {
      const [low, high] = rangeOf(factor.numerator, extentOf);
      const divisor = literalOf(factor.divisor);
      return [Math.floor(low / divisor), Math.floor(high / divisor)];
    }
    case 'element':
      return [Math.min(...factor.table), Math.max(...factor.table)];
    case 'clamp':
      return [0, literalOf(factor.limit)];
    case 'reflected':
      return [0, literalOf(factor.size) - 1];
  }
}

/** A range in which an integer lies in all iterations: of its terms each by itself. */
export function rangeOf(value: Integer, extentOf: ExtentOf): Range {
  let [low, high] = [0, 0];
  for (const { coefficient, factors } of termsOf(value)) {
    let product: Range = [coefficient, coefficient];
    for (const factor of factors) {
      const ends = factorRange(factor, extentOf).flatMap((end) => product.map((other) => end * other));
      product = [Math.min(...ends), Math.max(...ends)];
    }
    low += product[0];
    high += product[1];
  }
  return [low, high];
}
