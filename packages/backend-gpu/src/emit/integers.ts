import type { Factor, Integer, Reflected, Term } from '@xcorr/graph';
import { applyRule, type Names, type Rules, type Value } from './target.ts';

/** The element of an axis of `size` elements that stands at an index before or behind its ends. */
const reflections: Readonly<Record<Reflected['mode'], (index: number, size: number) => number>> = {
  reflect: (index, size) => {
    const period = Math.max(1, 2 * size - 2);
    const place = index - period * Math.floor(index / period);
    return place < size ? place : period - place;
  },
  symmetric: (index, size) => {
    const period = 2 * size;
    const place = index - period * Math.floor(index / period);
    return place < size ? place : period - 1 - place;
  },
};

/** Each kind of factor of an integer. */
export const factors: Rules<Factor, Value> = {
  variable: ({ role, name }, names) => {
    const place = role === 'size' ? names.size(name) : names.slot(name);
    return role === 'size' ? ({ sizes }) => sizes[place] ?? Number.NaN : ({ slots }) => slots[place] ?? Number.NaN;
  },
  floor: (factor, names) => {
    const numerator = emitInteger(factor.numerator, names);
    const divisor = emitInteger(factor.divisor, names);
    return (frame) => Math.floor(numerator(frame) / divisor(frame));
  },
  element: ({ table, ...factor }, names) => {
    const index = emitInteger(factor.index, names);
    return (frame) => table[index(frame)] ?? Number.NaN;
  },
  clamp: (factor, names) => {
    const value = emitInteger(factor.value, names);
    const limit = emitInteger(factor.limit, names);
    return (frame) => Math.min(Math.max(value(frame), 0), limit(frame));
  },
  reflected: (factor, names) => {
    const reflection = reflections[factor.mode];
    const index = emitInteger(factor.index, names);
    const size = emitInteger(factor.size, names);
    return (frame) => reflection(index(frame), size(frame));
  },
};

function emitTerm({ coefficient, factors: [first, ...others] }: Term, names: Names): Value {
  if (first === undefined) return () => coefficient;
  const product = others.reduce<Value>((a, other) => {
    const b = applyRule<Factor, Value>(factors, other, names);
    return (frame) => a(frame) * b(frame);
  }, applyRule<Factor, Value>(factors, first, names));
  return coefficient === 1 ? product : (frame) => coefficient * product(frame);
}

/** A constant and multiples of loop variables, as most indices are, in one function: calls cost more than sums. */
function emitLinear(terms: readonly Term[], names: Names): Value | undefined {
  const coefficients: number[] = [];
  const places: number[] = [];
  let constant = 0;
  for (const { coefficient, factors: [factor, another] } of terms) {
    if (factor === undefined) constant = coefficient;
    else if (another !== undefined || factor.kind !== 'variable' || factor.role !== 'loop') return undefined;
    else {
      coefficients.push(coefficient);
      places.push(names.slot(factor.name));
    }
  }
  return ({ slots }) => {
    let sum = constant;
    for (let at = 0; at < places.length; at++) sum += (coefficients[at] ?? 0) * (slots[places[at] ?? -1] ?? Number.NaN);
    return sum;
  };
}

/** An integer: the sum of its terms, each a coefficient times factors. */
export function emitInteger(value: Integer, names: Names): Value {
  if (typeof value === 'number') return () => value;
  const [first, ...others] = value.terms.map((term) => emitTerm(term, names));
  return emitLinear(value.terms, names) ?? others.reduce<Value>((a, b) => (frame) => a(frame) + b(frame), first ?? (() => 0));
}
