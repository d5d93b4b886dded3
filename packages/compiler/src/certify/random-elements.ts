import { prime } from './prime-field.ts';

const rotated = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by));

/** Rounds behind which every bit of the state depends on every bit of the seed. */
const mixingRounds = 64;

/**
 * Elements of the field, one behind the other, each as likely as any other: xoshiro128** from a state of 128 bits, which
 * no other seed below 2^53 and no other stream begins with.
 *
 * @see Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021
 */
export function createRandomElements(seed: number, stream: number): () => bigint {
  let [a, b, c, d] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, stream | 0, 0x243f_6a88];
  const next = (): number => {
    const bits = Math.imul(rotated(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return bits >>> 0;
  };
  for (let round = 0; round < mixingRounds; round++) next();
  const drawn = (): bigint => {
    for (;;) {
      const bits = (BigInt(next() >>> 3) << 32n) | BigInt(next());
      if (bits < prime) return bits;
    }
  };
  return drawn;
}
