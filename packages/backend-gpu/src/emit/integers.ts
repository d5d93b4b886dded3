import { integerOf, plus, times, type Factor, type Integer, type Reflected, type Term } from '@xcorr/graph';
import { literalOf } from './literal.ts';
import { rangeOf } from './ranges.ts';
import { applyRule, type Rules, type Writing } from './writing.ts';

/** After how many elements a reflected axis repeats itself, and where it is folded. */
const reflections: Readonly<Record<Reflected['mode'], (size: number) => { readonly period: number; readonly last: number }>> = {
  reflect: (size) => ({ period: Math.max(1, 2 * size - 2), last: Math.max(1, 2 * size - 2) }),
  symmetric: (size) => ({ period: 2 * size, last: 2 * size - 1 }),
};

/** Writes an integer with what is known of loops. */
type Bounded = Pick<Writing, 'mode' | 'call' | 'extentOf'>;

/** floor(value / divisor) as text: a number, a comparison or a division, by where the value lies. */
export function floorOf(value: Integer, divisor: number, text: string, writing: Bounded): string {
  const [low, high] = rangeOf(value, writing.extentOf);
  const first = Math.floor(low / divisor);
  if (first === Math.floor(high / divisor)) return String(first);
  if (low >= -divisor && high < 2 * divisor) return writing.call('nearQuotient', text, String(divisor));
  return quotient(text, String(divisor), writing);
}

/**
 * floor(a / b) of integers, exact. On the CPU numbers are double and division rounds to the nearest, so that the floor
 * of a quotient of 32-bit integers is right.
 */
export function quotient(a: string, b: string, { mode, call }: Pick<Writing, 'mode' | 'call'>): string {
  return mode === 'cpu' ? `Math.floor(${a} / ${b})` : call('wholeQuotient', a, b);
}

/** Single precision holds whole numbers exactly below this. */
export const exact: number = 2 ** 24;

/** A whole number in a local, which is a float, as an integer. */
export function wholeLocal(name: string, { mode, call }: Pick<Writing, 'mode' | 'call'>): string {
  return mode === 'cpu' ? name : call('wholeOf', name);
}

/** The element of a buffer at a flat index. */
export function emitRead(buffer: string, index: Integer, writing: Writing): string {
  const { buffer: from, offset } = writing.placeOf(buffer);
  writing.reads(from);
  const text = emitInteger(plus(index, offset), writing);
  return `${from}[${/^\([^()]*\)$/.test(text) ? text.slice(1, -1) : text}]`;
}

/** Each kind of factor of an integer, as text that stays an integer wherever gpu.js has integers. */
const factors: Rules<Factor, string> = {
  variable: ({ role, name }, { place }) => {
    if (role === 'size') throw new TypeError('a size of the program is no number');
    return place(name);
  },
  floor: ({ numerator, divisor }, writing) => floorOf(numerator, literalOf(divisor), emitInteger(numerator, writing), writing),
  // In an index, gpu.js reads no element of another array as an integer: it must stand in a local first.
  element: ({ table, index }, writing) => {
    if (table.some((each) => Math.abs(each) >= exact)) throw new TypeError('an index of a table is larger than single precision holds');
    const name = writing.fresh('p');
    writing.lines.push(`const ${name} = ${emitRead(writing.tableOf(table), index, writing)};`);
    return wholeLocal(name, writing);
  },
  clamp: ({ value, limit }, writing) => {
    const text = emitInteger(value, writing);
    const [low, high] = rangeOf(value, writing.extentOf);
    return low >= 0 && high <= literalOf(limit) ? text : writing.call('nearestPlace', text, emitInteger(limit, writing));
  },
  reflected: ({ mode, index, size }, writing) => {
    const { period, last } = reflections[mode](literalOf(size));
    const text = emitInteger(index, writing);
    const [low, high] = rangeOf(index, writing.extentOf);
    if (low >= 0 && high < literalOf(size)) return text;
    const folds = floorOf(index, period, text, writing);
    return writing.call('foldedPlace', folds === '0' ? text : `${text} - ${folds} * ${period}`, String(literalOf(size)), String(last));
  },
};

function emitTerm({ coefficient, factors: all }: Term, writing: Writing): string {
  const texts = all.map((factor) => applyRule<Factor, string>(factors, factor, writing));
  return (coefficient === 1 && texts.length > 0 ? texts : [String(coefficient), ...texts]).join(' * ');
}

/** A floor that is the same in all iterations is a number. */
function withoutFloors(value: Integer, { extentOf }: Writing): Integer {
  if (typeof value === 'number' || !value.terms.some(({ factors: all }) => all.some(({ kind }) => kind === 'floor'))) return value;
  const known = (factor: Factor): Integer => {
    const whole = integerOf(factor);
    if (factor.kind !== 'floor') return whole;
    const [low, high] = rangeOf(whole, extentOf);
    return low === high ? low : whole;
  };
  return plus(...value.terms.map(({ coefficient, factors: all }) => all.reduce<Integer>((product, factor) => times(product, known(factor)), coefficient)));
}

/** An integer as text: a number, a name, a call, or a sum in parentheses. */
export function emitInteger(whole: Integer, writing: Writing): string {
  const value = withoutFloors(whole, writing);
  if (typeof value === 'number') return value < 0 ? `(${value})` : String(value);
  // The constant last: `x + 3`, and no text that begins with a sign where there is another term.
  const terms = [...value.terms].sort((a, b) => Number(a.factors.length === 0) - Number(b.factors.length === 0) || Math.sign(b.coefficient) - Math.sign(a.coefficient));
  const [first = '', ...others] = terms.map((term) => emitTerm(term, writing));
  if (others.length === 0 && terms[0]?.coefficient === 1 && terms[0].factors.length === 1) return first;
  return `(${others.reduce((sum, text) => (text.startsWith('-') ? `${sum} - ${text.slice(1)}` : `${sum} + ${text}`), first)})`;
}
