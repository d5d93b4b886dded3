import { ValueError } from '@xcorr/graph';
import { philox, type Words } from './philox.ts';

/** A stream of draws that its seed and its number determine. */
export interface Random {
  /** 32 random bits as a whole number. */
  readonly bits: () => number;
  /** A multiple of 2^-24 in [0, 1): float32 holds it exactly, so it stays below 1. */
  readonly unit: () => number;
  /** low + unit() * (high - low). */
  readonly uniform: (low: number, high: number) => number;
  /** Of the normal distribution of mean 0 and deviation 1 (Box and Muller 1958, the cosine alone). */
  readonly normal: () => number;
  /** A whole number from 0 to count - 1, all equally likely. */
  readonly below: (count: number) => number;
}

/** A seed as it is taken: a whole number that is held exactly. */
export function checkSeed(seed: number, operation: string): void {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new ValueError(`${operation}: the seed ${seed} is not a whole number from 0 to 2^53 - 1`);
}

/**
 * Draws that are the same for the same seed and stream, on every machine; those of different streams have nothing in
 * common. The generator is Philox4x32-10, with the seed as its key and stream and position as its counter; `normal` is
 * as exact as the engine's logarithm and cosine are.
 *
 * @param seed    0 to 2^53 - 1
 * @param stream  0 to 2^32 - 1
 * @throws ValueError when seed or stream is not such a number.
 * @see Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011
 * @example
 * const [a, b] = [createRandom(7), createRandom(7)];
 * a.unit() === b.unit(); // => true
 */
export function createRandom(seed: number, stream = 0): Random {
  checkSeed(seed, 'createRandom');
  if (!Number.isInteger(stream) || stream < 0 || stream >= 2 ** 32) throw new ValueError(`createRandom: the stream ${stream} is not a whole number from 0 to 2^32 - 1`);
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)] as const;
  let block = 0;
  let words: Words = [0, 0, 0, 0];
  let used = 4;
  const bits = (): number => {
    if (used === 4) {
      words = philox([block >>> 0, Math.floor(block / 2 ** 32), stream, 0], key);
      block++;
      used = 0;
    }
    return words[used++] ?? 0;
  };
  const unit = (): number => (bits() >>> 8) / 2 ** 24;
  return {
    bits,
    unit,
    uniform: (low, high) => low + unit() * (high - low),
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    below: (count) => {
      // Words behind the last whole multiple would make the first numbers likelier.
      const end = Math.floor(2 ** 32 / count) * count;
      for (;;) {
        const word = bits();
        if (word < end) return word % count;
      }
    },
  };
}

/**
 * The numbers from 0 to count - 1 in random order (Durstenfeld's shuffle, 1964).
 *
 * @example
 * permutation(createRandom(1), 5).sort(); // => Uint32Array.of(0, 1, 2, 3, 4)
 */
export function permutation(random: Random, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}
