import { isNonNegative, keyOf, minus, sumOfTerms, termsOf, variablesOf, type Clamp, type Factor, type Integer, type Term } from '@xcorr/graph';

/** A body under emission: its lines, and what was computed at its top. */
export interface Scope {
  /** The loop variable that this body knows beside those around it; none in a function's own body. */
  readonly variable: string | undefined;
  /** Lines to stand before all others of the body. */
  readonly prelude: string[];
  /** Names of what the prelude computes. */
  readonly hoisted: Map<string, string>;
}

/** Names of named sizes and fresh names in one function. */
export interface IntegerNames {
  readonly size: (name: string) => string;
  readonly fresh: () => string;
  /** The name of an array that holds this list. */
  readonly table: (values: readonly number[]) => string;
  /**
   * Whether integers are computed with names of sizes. An engine knows the range of numbers, and so that indices are
   * integers of 32 bits; of names it does not, and must be told: `| 0`.
   */
  readonly isOfAnySize: boolean;
}

/** Source whose value is an integer of 32 bits, such that the engine knows it. */
export function wrapped(source: string, { isOfAnySize }: Pick<IntegerNames, 'isOfAnySize'>): string {
  return isOfAnySize && !/^\w+$/.test(source) ? `${source} | 0` : source;
}

/** A product of 32 bits. What is multiplied as doubles is converted back at each access. */
function wrappedProduct(sources: readonly string[]): string {
  return sources.reduce((product, source) => `Math.imul(${unwrapped(product)}, ${unwrapped(source)})`);
}

/**
 * An integer as JavaScript source.
 *
 * @param isWrapped  whether it is wanted modulo 2^32 alone, as a part of an index: products may then overflow
 */
export function integerSource(value: Integer, names: IntegerNames, isWrapped = false): string {
  if (typeof value === 'number') return value < 0 ? `(${value})` : String(value);
  // The constant stands first in normal form, and last in source.
  const [first, ...others] = value.terms;
  const parts = (first?.factors.length === 0 ? [...others, first] : value.terms)
    .map(({ coefficient, factors }) => {
      const sources = factors.map((factor) => factorSource(factor, names));
      if (sources.length === 0) return String(coefficient);
      const product = isWrapped ? wrappedProduct(sources) : sources.join(' * ');
      if (coefficient === 1) return product;
      return coefficient === -1 ? `-${product}` : `${coefficient} * ${product}`;
    });
  const sum = parts.reduce((text, part) => (part.startsWith('-') ? `${text} - ${part.slice(1)}` : `${text} + ${part}`));
  return parts.length === 1 ? sum : `(${sum})`;
}

function factorSource(factor: Factor, names: IntegerNames): string {
  if (factor.kind === 'variable') return factor.role === 'size' ? names.size(factor.name) : factor.name;
  if (factor.kind === 'element') return `${names.table(factor.table)}[${integerSource(factor.index, names)}]`;
  if (factor.kind === 'reflected') return `${factor.mode}(${unwrapped(integerSource(factor.index, names))}, ${unwrapped(integerSource(factor.size, names))})`;
  if (factor.kind === 'clamp') return clampSource(factor, names);
  return `Math.floor(${integerSource(factor.numerator, names)} / ${divisorSource(factor.divisor, names)})`;
}

/** Of the two limits, those that a value of these sizes can pass. */
function clampSource({ value, limit }: Clamp, names: IntegerNames): string {
  const most = isNonNegative(minus(limit, value)) ? integerSource(value, names) : `Math.min(${unwrapped(integerSource(value, names))}, ${unwrapped(integerSource(limit, names))})`;
  return isNonNegative(value) ? most : `Math.max(0, ${unwrapped(most)})`;
}

/** A product is divided by as a whole: a / (2 * n), not a / 2 * n. */
function divisorSource(divisor: Integer, names: IntegerNames): string {
  return typeof divisor === 'number' ? String(divisor) : `(${unwrapped(integerSource(divisor, names))})`;
}

/** The depth of the innermost scope that an integer's variables need. */
function depthOf(value: Integer, scopes: readonly Scope[]): number {
  return variablesOf(value).reduce((deepest, variable) => {
    const depth = variable.role === 'size' ? 0 : scopes.findIndex((scope) => scope.variable === variable.name);
    return Math.max(deepest, depth);
  }, 0);
}

/**
 * An index as source inside the innermost scope: what does not change there is computed where it changes,
 * constants apart, so that neighbouring elements share one base.
 */
export function indexSource(index: Integer, scopes: readonly Scope[], names: IntegerNames): string {
  const isOutside = (each: Term): boolean => each.factors.length > 0 && depthOf(sumOfTerms([each]), scopes) < scopes.length - 1;
  const outside = termsOf(index).filter(isOutside);
  const base = sumOfTerms(outside);
  if (outside.length === 0 || isPlain(base)) return wrapped(unwrapped(integerSource(index, names, names.isOfAnySize)), names);
  const depth = depthOf(base, scopes);
  const scope = scopes[depth];
  if (scope === undefined) throw new TypeError('an index has a variable of no loop around it');
  const name = scope.hoisted.get(keyOf(base)) ?? names.fresh();
  if (!scope.hoisted.has(keyOf(base))) {
    scope.hoisted.set(keyOf(base), name);
    scope.prelude.push(`const ${name} = ${wrapped(unwrapped(integerSource(base, names, names.isOfAnySize)), names)};`);
  }
  const rest = sumOfTerms(termsOf(index).filter((each) => !outside.includes(each)));
  if (rest === 0) return name;
  const text = unwrapped(integerSource(rest, names, names.isOfAnySize));
  return wrapped(text.startsWith('-') ? `${name} - ${text.slice(1)}` : `${name} + ${text}`, names);
}

/** One variable by itself: there is nothing to compute. */
function isPlain(value: Integer): boolean {
  const [only, another] = termsOf(value);
  return another === undefined && only?.coefficient === 1 && only.factors.length === 1 && only.factors[0]?.kind === 'variable';
}

/** Without the parentheses around a whole sum. */
function unwrapped(source: string): string {
  if (!source.startsWith('(') || !source.endsWith(')')) return source;
  let depth = 0;
  for (let position = 0; position < source.length - 1; position++) {
    if (source[position] === '(') depth++;
    else if (source[position] === ')') depth--;
    if (depth === 0) return source;
  }
  return source.slice(1, -1);
}
