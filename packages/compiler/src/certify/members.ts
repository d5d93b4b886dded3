import { sum } from './prime-field.ts';

/** A value of which a maximum is taken, and a random element that stands for it. */
export interface Member<Value> {
  readonly value: Value;
  readonly element: bigint;
  readonly mark: bigint;
}

/** Members in the order in which they came. Sets that grew from one another share it, each up to its own size. */
interface Store<Value> {
  readonly places: Map<bigint, number>;
  readonly members: Member<Value>[];
}

/** What a maximum is taken of: values, each of them once, and the largest literal, or -Infinity. */
export interface Members<Value> {
  readonly literal: number;
  readonly size: number;
  /** The sum of the members' marks: other members, another sum. */
  readonly mark: bigint;
  readonly store: Store<Value>;
}

export const ofLiteral = <Value>(literal: number): Members<Value> => ({ literal, size: 0, mark: 0n, store: storeOf<Value>([]) });

export const ofMember = <Value>(member: Member<Value>): Members<Value> => withMember(ofLiteral(-Infinity), member);

function storeOf<Value>(members: Member<Value>[]): Store<Value> {
  return { members, places: new Map(members.map(({ element }, position) => [element, position])) };
}

function withMember<Value>(set: Members<Value>, member: Member<Value>): Members<Value> {
  const { store, size, mark } = set;
  const place = store.places.get(member.element);
  if (place !== undefined && place < size) return set;
  const own = store.members.length === size ? store : storeOf(store.members.slice(0, size));
  own.places.set(member.element, size);
  own.members.push(member);
  return { ...set, size: size + 1, mark: sum(mark, member.mark), store: own };
}

/** The members of both. */
export function union<Value>(a: Members<Value>, b: Members<Value>): Members<Value> {
  const [more, fewer] = a.size < b.size ? [b, a] : [a, b];
  return fewer.store.members.slice(0, fewer.size).reduce<Members<Value>>(withMember, { ...more, literal: Math.max(a.literal, b.literal) });
}
