import type { ModeName } from '../modes.ts';
import type { FunctionName } from './functions/functions.ts';
import type { ElementMap } from './forward.ts';

/** An expression as text. */
export interface Value {
  readonly text: string;
  /** How many operands it has, of which compilers of kernels take few. */
  readonly terms: number;
}

/** Where a buffer's elements are found. */
export interface Place {
  readonly buffer: string;
  readonly offset: number;
}

/** What a kernel is written with. */
export interface Writing {
  readonly mode: ModeName;
  /** Statements that stand before the one that is being written. */
  readonly lines: string[];
  /** The integer that a loop variable is, as text. */
  readonly place: (variable: string) => string;
  /** Where a buffer's elements are found: in itself, or among those of another one. */
  readonly placeOf: (buffer: string) => Place;
  /** How many iterations the loop of a variable has. */
  readonly extentOf: (variable: string) => number;
  /** How a buffer's elements are computed where they are read, if they are. */
  readonly mapOf: (buffer: string) => ElementMap | undefined;
  /** What a load is, inside such a map. */
  readonly loaded?: Value;
  /** Notes that a buffer is read. */
  readonly reads: (buffer: string) => void;
  /** The constant buffer that holds a list of integers. */
  readonly tableOf: (table: readonly number[]) => string;
  /** A number that no literal can say in every mode. */
  readonly special: (value: number) => string;
  readonly call: (name: FunctionName, ...operands: readonly string[]) => string;
  /** A name that nothing else has. */
  readonly fresh: (letter: string) => string;
}

export const atom = (text: string): Value => ({ text, terms: 1 });

/** Operands of one expression; what has more stands in a local of its own. */
const mostTerms = 8;

/** The value in a local, named before the statement that is being written. */
export function named(value: Value, { lines, fresh }: Writing): Value {
  if (/^\w+$/.test(value.text)) return value;
  const name = fresh('e');
  lines.push(`const ${name} = ${value.text};`);
  return atom(name);
}

/** Values as operands of one expression, the longest of them in locals while there are too many terms. */
export function operands(values: readonly Value[], writing: Writing): { readonly texts: readonly string[]; readonly terms: number } {
  const kept = [...values];
  const terms = (): number => kept.reduce((sum, value) => sum + value.terms, 0);
  while (terms() > mostTerms) {
    const longest = kept.reduce((most, value, position) => (value.terms > (kept[most]?.terms ?? 0) ? position : most), 0);
    const value = kept[longest];
    if (value === undefined || value.terms === 1) break;
    kept[longest] = named(value, writing);
  }
  return { texts: kept.map(({ text }) => text), terms: terms() };
}

type Kinded = { readonly kind: string };

/** The members of a union that have this kind. */
export type OfKind<Union extends Kinded, Kind extends Union['kind']> = { readonly [K in Kind]: Extract<Union, { readonly kind: K }> & { readonly kind: K } }[Kind];

/** A rule for every kind of a union: a table that lacks one does not compile. */
export type Rules<Union extends Kinded, Result> = { readonly [K in Union['kind']]: (each: OfKind<Union, K>, writing: Writing) => Result };

/** What the table's rule for its kind makes of a member of a union. */
export function applyRule<Union extends Kinded, Result, Kind extends Union['kind'] = Union['kind']>(
  rules: { readonly [K in Kind]: (each: OfKind<Union, K>, writing: Writing) => Result },
  each: OfKind<Union, Kind>,
  writing: Writing,
): Result {
  const rule: (each: OfKind<Union, Kind>, writing: Writing) => Result = rules[each.kind];
  return rule(each, writing);
}
