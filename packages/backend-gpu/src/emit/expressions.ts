import type { Condition, Expression } from '@xcorr/compiler';
import type { BinaryName, Integer } from '@xcorr/graph';
import { isGraphics } from '../modes.ts';
import { emitInteger, emitRead, floorOf } from './integers.ts';
import { rangeOf } from './ranges.ts';
import { arithmeticOf, comparisonSigns } from './scalars.ts';
import { applyRule, atom, named, operands, type Rules, type Value, type Writing } from './writing.ts';

/** A number as text. Shaders have no literal of what is not finite in single precision, nor, in WGSL, of -0. */
export function emitNumber(value: number, { special }: Writing): string {
  if (!Number.isFinite(Math.fround(value)) || Object.is(value, -0)) return special(value);
  return value < 0 ? `(${value})` : String(value);
}

/** What each kind of condition on an index asks; nothing where the ranges of loops say that it holds. */
const conditions: Rules<Condition, readonly string[]> = {
  inside: ({ index, extent }, writing) => {
    const [low, high] = rangeOf(index, writing.extentOf);
    const [least] = rangeOf(extent, writing.extentOf);
    const text = emitInteger(index, writing);
    return [...(low >= 0 ? [] : [`${text} >= 0`]), ...(high < least ? [] : [`${text} < ${emitInteger(extent, writing)}`])];
  },
  multiple: ({ index, divisor }, writing) => {
    const text = emitInteger(index, writing);
    const [low, high] = rangeOf(index, writing.extentOf);
    if (low === high && low % divisor === 0) return [];
    const first = Math.floor(low / divisor);
    // Of one multiple alone, there is nothing to divide.
    if (first === Math.floor(high / divisor)) return [`${text} === ${first * divisor}`];
    return [`${text} - ${floorOf(index, divisor, text, writing)} * ${divisor} === 0`];
  },
};

/** True of numbers by which a quotient is a product, exactly. */
const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(Math.abs(value)));

/** Shaders take a quotient by a literal as a product with its inverse, which is another number: they are not told it. */
function divisor(expression: Expression, writing: Writing): Value {
  if (expression.kind !== 'constant' || !isGraphics[writing.mode] || isPowerOfTwo(expression.value)) return emitExpression(expression, writing);
  return atom(writing.special(expression.value));
}

/** Whole powers multiply: in the interpreter's order of magnitude, and of negative bases too. */
const multiplied: ReadonlyMap<number, (x: string) => string> = new Map([
  [-2, (x: string) => `(1 / (${x} * ${x}))`],
  [-1, (x: string) => `(1 / ${x})`],
  [1, (x: string) => x],
  [2, (x: string) => `(${x} * ${x})`],
  [3, (x: string) => `(${x} * ${x} * ${x})`],
  [4, (x: string) => `((${x} * ${x}) * (${x} * ${x}))`],
]);

function emitBinary(name: BinaryName, left: Expression, right: Expression, writing: Writing): Value {
  const power = name === 'pow' && right.kind === 'constant' ? multiplied.get(right.value) : undefined;
  if (power !== undefined) {
    const base = named(emitExpression(left, writing), writing);
    return { text: power(base.text), terms: 2 };
  }
  const values = [emitExpression(left, writing), name === 'div' ? divisor(right, writing) : emitExpression(right, writing)];
  // A base that is written twice.
  const { texts: [a = '', b = ''], terms } = operands(name === 'pow' ? values.map((value) => (value.terms > 1 ? named(value, writing) : value)) : values, writing);
  return { text: arithmeticOf[writing.mode].binary[name](a, b, writing), terms };
}

/** A condition as text. What compares not equal to 0 is what does not compare equal: NaN, too. */
function emitChoice({ condition, whenTrue, whenFalse }: Expression & { readonly kind: 'select' }, writing: Writing): Value {
  const sign = condition.kind === 'binary' ? comparisonSigns[condition.name] : undefined;
  const parts = condition.kind === 'binary' && sign !== undefined ? [condition.left, condition.right, whenTrue, whenFalse] : [condition, whenTrue, whenFalse];
  const { texts, terms } = operands(parts.map((part) => emitExpression(part, writing)), writing);
  if (sign === undefined) return { text: `(${texts[0]} === 0 ? ${texts[2]} : ${texts[1]})`, terms };
  return { text: `(${texts[0]} ${sign} ${texts[1]} ? ${texts[2]} : ${texts[3]})`, terms };
}

/**
 * That all of some conditions hold. What a driver of WebGPU takes to compile a loop can double with each `&&` in it, which
 * is a branch: there they are choices one inside the other.
 */
function allOf(asked: readonly string[], { mode }: Writing): string {
  if (mode !== 'webgpu' || asked.length < 2) return asked.join(' && ');
  return `${asked.reduceRight((inner, each) => `(${each} ? ${inner} : 0)`, '1')} > 0`;
}

/** An element of a buffer, or what it would be made of. */
function emitLoad(buffer: string, index: Integer, writing: Writing): Value {
  const map = writing.mapOf(buffer);
  if (map === undefined) return atom(emitRead(buffer, index, writing));
  if (map.source === undefined) return emitExpression(map.value, writing);
  const source = emitLoad(map.source, index, writing);
  return emitExpression(map.value, { ...writing, loaded: map.uses > 1 ? named(source, writing) : source });
}

/** Each kind of expression. */
const expressions: Rules<Expression, Value> = {
  constant: ({ value }, writing) => atom(emitNumber(value, writing)),
  integer: ({ value }, writing) => atom(writing.call('numberOf', emitInteger(value, writing))),
  load: ({ buffer, index }, writing) => writing.loaded ?? emitLoad(buffer, index, writing),
  local: ({ name }) => atom(name),
  accumulator: ({ name, element }) => {
    if (element !== 0) throw new TypeError('a thread has no arrays of accumulators');
    return atom(name);
  },
  unary: ({ name, operand }, writing) => {
    const { texts: [x = ''], terms } = operands([emitExpression(operand, writing)], writing);
    return { text: arithmeticOf[writing.mode].unary[name](x, writing), terms: terms + 1 };
  },
  binary: ({ name, left, right }, writing) => emitBinary(name, left, right, writing),
  select: (expression, writing) => emitChoice(expression, writing),
  guard: (expression, writing) => {
    const condition = allOf(expression.conditions.flatMap((each) => applyRule<Condition, readonly string[]>(conditions, each, writing)), writing);
    if (condition === '') return emitExpression(expression.inside, writing);
    // Loads may lie outside their buffers where a side is not wanted: under a condition gpu.js lets no such load harm.
    const [inner, outer]: readonly [Writing, Writing] = [{ ...writing, lines: [] }, { ...writing, lines: [] }];
    const [inside, outside] = [emitExpression(expression.inside, inner), emitExpression(expression.outside, outer)];
    const terms = inside.terms + outside.terms;
    if (inner.lines.length + outer.lines.length === 0 && terms <= 4) return { text: `(${condition} ? ${inside.text} : ${outside.text})`, terms };
    const name = writing.fresh('g');
    const block = ({ lines }: Writing, value: Value): readonly string[] => [...lines, `${name} = ${value.text};`].map((line) => `  ${line}`);
    const initial = expression.outside.kind === 'constant';
    writing.lines.push(`let ${name} = ${initial ? outside.text : '0'};`, `if (${condition}) {`, ...block(inner, inside), ...(initial ? [] : ['} else {', ...block(outer, outside)]), '}');
    return atom(name);
  },
};

/** An expression as text; what must stand before it goes to the writing's lines. */
export function emitExpression(expression: Expression, writing: Writing): Value {
  return applyRule<Expression, Value>(expressions, expression, writing);
}
