import type { FieldElement } from './field-element.ts';
import { both, keyOf, sumOf, type Pair } from './pair.ts';

/** A value of which a maximum is taken, and what stands for it: random elements. */
export interface Member {
  readonly value: FieldElement;
  readonly mark: Pair;
}

/** Members in the order in which they came. Sets that grew from one another share it, each up to its own size. */
interface Store {
  readonly places: Map<bigint, number>;
  readonly members: Member[];
}

/** What a maximum is taken of: values, each of them once, and the largest literal, or -Infinity. */
export interface Members {
  readonly literal: number;
  readonly size: number;
  /** The sum of the members' marks: other members, another sum. */
  readonly mark: Pair;
  readonly store: Store;
}

export const ofLiteral = (literal: number): Members => ({ literal, size: 0, mark: both(0n), store: storeOf([]) });

export const ofMember = (member: Member): Members => withMember(ofLiteral(-Infinity), member);

function storeOf(members: Member[]): Store {
  return { members, places: new Map(members.map(({ value }, position) => [keyOf(value.elements), position])) };
}

function withMember(set: Members, member: Member): Members {
  const { store, size, mark } = set;
  const key = keyOf(member.value.elements);
  const place = store.places.get(key);
  if (place !== undefined && place < size) return set;
  const own = store.members.length === size ? store : storeOf(store.members.slice(0, size));
  own.places.set(key, size);
  own.members.push(member);
  return { ...set, size: size + 1, mark: sumOf(mark, member.mark), store: own };
}

/** The members of both. */
export function union(a: Members, b: Members): Members {
  const [more, fewer] = a.size < b.size ? [b, a] : [a, b];
  return fewer.store.members.slice(0, fewer.size).reduce(withMember, { ...more, literal: Math.max(a.literal, b.literal) });
}
