import type { Factor, Integer, Term } from './integer.ts';

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0;

/** A product of factors, in any order. */
export function term(coefficient: number, factors: readonly Factor[]): Term {
  const [only, another] = factors;
  if (only === undefined || another === undefined) return { coefficient, factors, key: only?.key ?? '' };
  const sorted = [...factors].sort(byKey);
  return { coefficient, factors: sorted, key: sorted.map((factor) => factor.key).join('*') };
}

/** The sum of terms in any order. */
export function normalForm(terms: readonly Term[]): Integer {
  const sorted = terms.length > 1 ? [...terms].sort(byKey) : terms;
  const kept: Term[] = [];
  for (const each of sorted) {
    const last = kept.at(-1);
    if (last === undefined || last.key !== each.key) kept.push(each);
    else kept[kept.length - 1] = { coefficient: last.coefficient + each.coefficient, factors: each.factors, key: each.key };
  }
  return ofSorted(kept);
}

/** The sum of terms that are sorted, no two of them alike. */
export function ofSorted(terms: readonly Term[]): Integer {
  const kept = terms.every(isNotZero) ? terms : terms.filter(isNotZero);
  const [first, another] = kept;
  if (first === undefined) return 0;
  if (another === undefined && first.factors.length === 0) return first.coefficient;
  let key = '';
  for (const each of kept) key += `${key === '' ? '' : '+'}${each.coefficient}:${each.key}`;
  return { kind: 'polynomial', terms: kept, key };
}

const isNotZero = ({ coefficient }: Term): boolean => coefficient !== 0;

/** Sorted terms of both, alike ones added. */
export function merged(left: readonly Term[], right: readonly Term[]): readonly Term[] {
  if (left.length === 0) return right;
  if (right.length === 0) return left;
  const terms: Term[] = [];
  let next = 0;
  for (const each of left) {
    let other = right[next];
    for (; other !== undefined && other.key < each.key; other = right[++next]) terms.push(other);
    if (other?.key !== each.key) terms.push(each);
    else {
      terms.push({ coefficient: each.coefficient + other.coefficient, factors: each.factors, key: each.key });
      next++;
    }
  }
  for (let other = right[next]; other !== undefined; other = right[++next]) terms.push(other);
  return terms;
}
