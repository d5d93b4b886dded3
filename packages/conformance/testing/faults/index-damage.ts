import { element, integerOf, plus, termsOf, times, type Factor, type Integer } from '@xcorr/graph';
import { firstExpression, fresh, type Damage } from './damage.ts';

/** Damages the first load whose index has a factor that is to be another. */
export function inFirstIndex(change: (factor: Factor) => Integer | undefined): Damage {
  return firstExpression((each) => {
    if (each.kind !== 'load') return undefined;
    let isChanged = false;
    const changed = (factor: Factor): Integer => {
      const other = change(factor);
      isChanged ||= other !== undefined;
      return other ?? integerOf(factor);
    };
    const parts = termsOf(each.index).map(({ coefficient, factors }) => factors.reduce<Integer>((product, factor) => times(product, changed(factor)), coefficient));
    return isChanged ? fresh({ ...each, index: plus(...parts) }) : undefined;
  });
}

/** Every table of an index is the first one of its length. */
export const tablesByLength: Damage = (program) => {
  const first = new Map<number, Factor>();
  return inFirstIndex((factor) => {
    if (factor.kind !== 'element') return undefined;
    const known = first.get(factor.table.length) ?? factor;
    first.set(factor.table.length, known);
    return known.kind === 'element' && known.table.some((value, position) => value !== factor.table[position]) ? element(known.table, factor.index) : undefined;
  })(program);
};
