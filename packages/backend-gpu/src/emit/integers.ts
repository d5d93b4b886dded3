import { isNonNegative, minus, type Factor, type Integer, type Reflected, type Term } from '@xcorr/graph';
import { applyRule, type Rules, type Writing } from './writing.ts';

/** After how many elements a reflected axis repeats itself, and where it is folded. */
const reflections: Readonly<Record<Reflected['mode'], (size: number) => { readonly period: number; readonly last: number }>> = {
  reflect: (size) => ({ period: Math.max(1, 2 * size - 2), last: Math.max(1, 2 * size - 2) }),
  symmetric: (size) => ({ period: 2 * size, last: 2 * size - 1 }),
};

/** Sizes are numbers here: programs over named sizes are made anew for each binding of them. */
export function literalOf(value: Integer): number {
  if (typeof value !== 'number') throw new TypeError('a size of the program is no number');
  return value;
}

/**
 * floor(a / b) of integers, exact. On the CPU numbers are double and division rounds to the nearest, so that the floor
 * of a quotient of 32-bit integers is right.
 */
export function quotient(a: string, b: string, { mode, call }: Writing): string {
  return mode === 'cpu' ? `Math.floor(${a} / ${b})` : call('wholeQuotient', a, b);
}

/** Each kind of factor of an integer, as text that stays an integer wherever gpu.js has integers. */
const factors: Rules<Factor, string> = {
  variable: ({ role, name }, { place }) => {
    if (role === 'size') throw new TypeError('a size of the program is no number');
    return place(name);
  },
  floor: ({ numerator, divisor }, writing) => quotient(emitInteger(numerator, writing), emitInteger(divisor, writing), writing),
  element: ({ table, index }, writing) => writing.tableElement(table, emitInteger(index, writing), writing.lines),
  clamp: ({ value, limit }, writing) => {
    const text = emitInteger(value, writing);
    return isNonNegative(value) && isNonNegative(minus(limit, value)) ? text : writing.call('nearestPlace', text, emitInteger(limit, writing));
  },
  reflected: ({ mode, index, size }, writing) => {
    const { period, last } = reflections[mode](literalOf(size));
    const text = emitInteger(index, writing);
    return writing.call('foldedPlace', `${text} - ${quotient(text, String(period), writing)} * ${period}`, String(literalOf(size)), String(last));
  },
};

function emitTerm({ coefficient, factors: all }: Term, writing: Writing): string {
  const texts = all.map((factor) => applyRule<Factor, string>(factors, factor, writing));
  return (coefficient === 1 && texts.length > 0 ? texts : [String(coefficient), ...texts]).join(' * ');
}

/** An integer as text: a number, a name, a call, or a sum in parentheses. */
export function emitInteger(value: Integer, writing: Writing): string {
  if (typeof value === 'number') return value < 0 ? `(${value})` : String(value);
  // The constant last: `x + 3`, and no text that begins with a sign where there is another term.
  const terms = [...value.terms].sort((a, b) => Number(a.factors.length === 0) - Number(b.factors.length === 0) || Math.sign(b.coefficient) - Math.sign(a.coefficient));
  const [first = '', ...others] = terms.map((term) => emitTerm(term, writing));
  if (others.length === 0 && terms[0]?.coefficient === 1 && terms[0].factors.length === 1) return first;
  return `(${others.reduce((sum, text) => (text.startsWith('-') ? `${sum} - ${text.slice(1)}` : `${sum} + ${text}`), first)})`;
}
