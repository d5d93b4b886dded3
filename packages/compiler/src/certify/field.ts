import { binaryMeaning, roundTo, unaryMeaning, type BinaryName, type UnaryName } from '@xcorr/graph';
import type { Scalars } from './scalars.ts';

/** 2^61 - 1, a Mersenne prime. */
export const prime: bigint = 2n ** 61n - 1n;

const low32 = 0xffff_ffffn;

/** The remainder of division by the prime, never negative. */
function reduced(value: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

/** By Fermat, x^(p - 2) x = 1 for every x but 0. */
const inverse = (x: bigint): bigint => power(x, prime - 2n);

/** The finalizer of MurmurHash3. */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** 61 bits that depend on every bit of some elements and on a seed, as a function that nobody knows would give them. */
function hashed(seed: number, parts: readonly bigint[]): bigint {
  let [high, low] = [mixed(seed), mixed(seed ^ 0x9e37_79b9)];
  for (const part of parts)
    for (const word of [Number(part & low32), Number((part >> 32n) & low32)]) {
      high = mixed(Math.imul(high, 31) + low + word);
      low = mixed(Math.imul(low, 37) + high + Math.imul(word, 0x27d4_eb2f));
    }
  return reduced((BigInt(high) << 32n) | BigInt(low));
}

function seedOf(name: string, seed: number): number {
  return Array.from({ length: name.length }, (_, place) => name.charCodeAt(place)).reduce((sum, unit) => mixed(Math.imul(sum, 33) + unit), mixed(seed));
}

/** A number without an element of the field: it gets one by its bits. */
const isOutside = (value: number): boolean => !Number.isFinite(value);

/** A finite number as the element that it is: every one is an integer times a power of two, and 2^61 = 1. */
function elementOf(value: number): bigint {
  let [whole, halvings] = [value, 0];
  while (!Number.isInteger(whole)) {
    whole *= 2;
    halvings++;
  }
  return reduced(reduced(BigInt(whole)) * power(2n, BigInt(61 - (halvings % 61))));
}

/** Exponents up to this are powers; above, an unknown function. */
const largestExponent = 64;

/** An element of the field. What was made of literal numbers alone is known as a number, too. */
export interface FieldElement {
  readonly element: bigint;
  readonly literal: number | undefined;
}

export interface Field extends Scalars<FieldElement> {
  /** The element of a source at a position: random, the same for the same names. */
  readonly random: (source: string, position: number) => FieldElement;
}

/** Literals as near to one another as this, relative to their size, are one number that was rounded differently. */
const literalTolerance = 2 ** -21;

/** Literals by about where they stand on the scale of logarithms. */
function createLiterals(make: (value: number) => FieldElement): (value: number) => FieldElement {
  const places = new Map<string, FieldElement[]>();
  /** The literal of a place that is one with a value, or a new one there. */
  const kept = (key: string, isSame: (literal: number) => boolean, value: number): FieldElement => {
    const found = places.get(key)?.find(({ literal }) => literal !== undefined && isSame(literal));
    // One element, and the literal's own digits: what is computed from it must not depend on what was near to it.
    if (found !== undefined) return { element: found.element, literal: value };
    const fresh = make(value);
    places.set(key, [...(places.get(key) ?? []), fresh]);
    return fresh;
  };
  return (value) => {
    if (isOutside(value)) return kept(String(value), (each) => Object.is(each, value), value);
    const place = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value)) * 2 ** 19);
    const key = (at: number): string => `${Math.sign(value)} ${at}`;
    const isNear = (each: number): boolean => Math.abs(each - value) <= literalTolerance * Math.abs(value);
    for (const neighbour of [place - 1, place + 1]) {
      const found = places.get(key(neighbour))?.find(({ literal }) => literal !== undefined && isNear(literal));
      if (found !== undefined) return { element: found.element, literal: value };
    }
    // -0 is the 0 that it equals.
    return kept(key(place), isNear, value + 0);
  };
}

/**
 * Scalars of the field of 2^61 - 1 elements. Sums, differences, products, quotients and whole powers are those of the
 * field, exact; every other function, comparisons, extrema and choices among them, is one that nobody knows: it gives
 * equal values for equal arguments, and by chance alone for others. Of an unknown extremum these are known:
 *
 *   max(x, x) = x,  max(x, y) = max(y, x),  max(-Infinity, x) = x,  min(x, y) = -max(-x, -y)
 *
 * and of a choice what the compiler's laws say: select(c, x, x) = x, and which it is where c is a literal.
 *
 * What is made of literal numbers alone is computed as a program's constants are, in double precision, rounded where a
 * constant would be stored, and is equal to what differs from it by a rounding to float32.
 */
export function createField(seed: number): Field {
  const names = new Map<string, bigint>();
  /** 61 bits of a name, by all its letters. */
  const digestOf = (name: string): bigint => {
    const known = names.get(name) ?? hashed(seedOf(name, seed), Array.from({ length: name.length }, (_, place) => BigInt(name.charCodeAt(place))));
    names.set(name, known);
    return known;
  };
  const unknown = (name: string, ...parts: readonly bigint[]): bigint => hashed(seed, [digestOf(name), ...parts]);
  const number = createLiterals((literal) => ({ literal, element: isOutside(literal) ? unknown(String(literal)) : elementOf(literal) }));
  const zero = number(0);
  const made = (element: bigint): FieldElement => (element === 0n ? zero : { element, literal: undefined });
  const negated = ({ element, literal }: FieldElement): FieldElement => (literal === undefined ? made(reduced(-element)) : number(-literal));
  const unknownOf =
    (name: string) =>
    (...parts: readonly FieldElement[]): FieldElement =>
      made(unknown(name, ...parts.map(({ element }) => element)));
  const raised = (base: FieldElement, exponent: FieldElement): FieldElement => {
    const { literal } = exponent;
    if (literal === undefined || !Number.isInteger(literal) || Math.abs(literal) > largestExponent) return unknownOf('pow')(base, exponent);
    return made(literal < 0 ? power(inverse(base.element), BigInt(-literal)) : power(base.element, BigInt(literal)));
  };
  const larger = unknownOf('max');
  const maximum = (a: FieldElement, b: FieldElement): FieldElement => {
    if (a.element === b.element || b.literal === -Infinity) return a;
    if (a.literal === -Infinity) return b;
    return a.element < b.element ? larger(a, b) : larger(b, a);
  };
  const unaries: Readonly<Record<UnaryName, (x: FieldElement) => FieldElement>> = {
    neg: negated,
    abs: unknownOf('abs'),
    sign: unknownOf('sign'),
    sqrt: unknownOf('sqrt'),
    exp: unknownOf('exp'),
    log: unknownOf('log'),
    sin: unknownOf('sin'),
    cos: unknownOf('cos'),
    tanh: unknownOf('tanh'),
    floor: unknownOf('floor'),
  };
  const binaries: Readonly<Record<BinaryName, (a: FieldElement, b: FieldElement) => FieldElement>> = {
    add: (a, b) => made((a.element + b.element) % prime),
    sub: (a, b) => made(reduced(a.element - b.element)),
    mul: (a, b) => made((a.element * b.element) % prime),
    div: (a, b) => (b.element === 0n ? unknownOf('div')(a) : made((a.element * inverse(b.element)) % prime)),
    min: (a, b) => negated(maximum(negated(a), negated(b))),
    max: maximum,
    pow: raised,
    atan2: unknownOf('atan2'),
    less: unknownOf('less'),
    lessEqual: unknownOf('lessEqual'),
    equal: unknownOf('equal'),
  };
  const chosen = unknownOf('select');
  return {
    number,
    unary: (name, x) => (x.literal === undefined ? unaries[name](x) : number(unaryMeaning[name](x.literal))),
    binary: (name, a, b) => (a.literal === undefined || b.literal === undefined ? binaries[name](a, b) : number(binaryMeaning[name](a.literal, b.literal))),
    rounded: (value, dtype) => (value.literal === undefined ? value : number(roundTo[dtype](value.literal))),
    select: (condition, whenTrue, whenFalse) => {
      if (whenTrue.element === whenFalse.element) return whenTrue;
      if (condition.literal !== undefined) return condition.literal === 0 ? whenFalse : whenTrue;
      return chosen(condition, whenTrue, whenFalse);
    },
    random: (source, position) => made(unknown(`source ${source}`, BigInt(position))),
  };
}
