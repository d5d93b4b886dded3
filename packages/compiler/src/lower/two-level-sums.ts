import { loopVariable, plus, times } from '@xcorr/graph';
import type { Expressions } from '../expression.ts';
import type { Accumulate, Accumulator, Loop, Statement } from '../nest.ts';
import { bindVariable, rewriteStatements } from '../schedule/replicate.ts';
import type { Names } from './names.ts';
import { chainTo, countOf, divide } from './sum-chain.ts';

/** Sums of up to so many terms are taken one after the other. */
const plainTerms = 32;

/** Terms that are summed before their sum is added to the others. */
const groupTerms = 16;

/**
 * In single precision, adding n terms one after the other errs by up to n units. In groups,
 *
 *   s += t(r) for r < 256  ->  for g < 16: u = 0, u += t(16 g + r) for r < 16, s += u
 *
 * it errs by up to 16 + 16. The groups depend on the extents alone: the same program, the same bits.
 */
export function sumInTwoLevels(body: readonly Statement[], names: Names, make: Expressions): readonly Statement[] {
  const sums = new Set(body.flatMap((each) => (each.kind === 'accumulator' ? [each.name] : [])));
  return body.map((each) => {
    if (each.kind !== 'loop') return each;
    const inside: Loop = { ...each, body: sumInTwoLevels(each.body, names, make) };
    return [...sums].reduce<Loop>((loop, name) => grouped(loop, name, names, make), inside);
  });
}

function grouped(whole: Loop, name: string, names: Names, make: Expressions): Loop {
  const chain = chainTo(name, whole);
  if (chain === undefined || chain.accumulate.operator !== 'add' || countOf(chain.loops) <= plainTerms) return whole;
  const { outer, cut } = divide(chain.loops, groupTerms);
  const target = cut?.loop ?? chain.loops[outer.length];
  if (target === undefined || (outer.length === 0 && cut === undefined)) return whole;
  const group: Accumulator = { kind: 'accumulator', name: names.accumulator(), count: 1, initial: 0 };
  const gather: Accumulate = { ...chain.accumulate, value: make.accumulator(group.name, 0) };
  /** The statements with the term gathered into the group. */
  const regathered = (statements: readonly Statement[], isGuarded: boolean): readonly Statement[] =>
    statements.map((each) => {
      if (each.kind === 'loop') return { ...each, body: regathered(each.body, isGuarded) };
      if (each !== chain.accumulate) return each;
      const value = isGuarded ? make.guard([{ kind: 'inside', index: loopVariable(target.variable), extent: target.extent }], each.value, make.constant(0)) : each.value;
      return { ...each, name: group.name, value };
    });
  const inGroup = (): readonly Statement[] => {
    if (cut === undefined) return [group, { ...target, body: regathered(target.body, false) }, gather];
    const [band, within] = [names.reduction(), names.reduction()];
    const place = plus(times(loopVariable(band), cut.length), loopVariable(within));
    const terms = rewriteStatements(regathered(target.body, target.extent % cut.length !== 0), make, { variable: bindVariable(target.variable, place) });
    const inner: Loop = { ...target, variable: within, extent: cut.length, body: terms };
    return [{ ...target, variable: band, extent: Math.ceil(target.extent / cut.length), body: [group, inner, gather] }];
  };
  const replaced = (loop: Loop): readonly Statement[] => (loop === target ? inGroup() : [{ ...loop, body: loop.body.flatMap((each) => (each.kind === 'loop' ? replaced(each) : [each])) }]);
  const [result] = replaced(whole);
  return result?.kind === 'loop' ? result : whole;
}
