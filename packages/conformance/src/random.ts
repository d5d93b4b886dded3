/** A stream of draws that its seed determines. */
export interface Random {
  /** A whole number, both ends included. */
  readonly integer: (low: number, high: number) => number;
  /** A number from low to high. */
  readonly uniform: (low: number, high: number) => number;
  /** True with this probability. */
  readonly chance: (probability: number) => boolean;
  /** One of a list that is not empty. */
  readonly pick: <Item extends NonNullable<unknown>>(list: readonly Item[]) => Item;
  /** The list in another order. */
  readonly shuffled: <Item>(list: readonly Item[]) => readonly Item[];
}

/** One 32-bit number of several, so that neighbouring seeds give unlike streams (the finaliser of MurmurHash3). */
function mixed(seeds: readonly number[]): number {
  return seeds.reduce((state, seed) => {
    let mix = Math.imul(state ^ seed, 0x9e3779b1);
    mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
    mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
    return mix ^ (mix >>> 16);
  }, 0x2545f491);
}

/** Draws that look random and are always the same for the same seeds (Mulberry32). */
export function createRandom(...seeds: readonly number[]): Random {
  let state = mixed(seeds);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mix = Math.imul(state ^ (state >>> 15), 1 | state);
    mix = (mix + Math.imul(mix ^ (mix >>> 7), 61 | mix)) ^ mix;
    return ((mix ^ (mix >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <Item extends NonNullable<unknown>>(list: readonly Item[]): Item => {
    const item = list[integer(0, list.length - 1)];
    if (item === undefined) throw new RangeError('pick: the list is empty');
    return item;
  };
  return {
    integer,
    pick,
    uniform: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    shuffled: (list) =>
      list
        .map((item) => ({ item, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item),
  };
}
