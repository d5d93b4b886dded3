import type { Condition, Expression } from '@xcorr/compiler';
import { emitInteger } from './integers.ts';
import { binary, unary } from './scalars.ts';
import { applyRule, type Names, type Rules, type Value } from './target.ts';

/** Each kind of condition on an index: 1 where it holds, 0 elsewhere. */
export const conditions: Rules<Condition, Value> = {
  inside: (condition, names) => {
    const position = emitInteger(condition.index, names);
    const extent = emitInteger(condition.extent, names);
    return (frame) => {
      const index = position(frame);
      return index >= 0 && index < extent(frame) ? 1 : 0;
    };
  },
  multiple: ({ index, divisor }, names) => {
    const position = emitInteger(index, names);
    return (frame) => (position(frame) % divisor === 0 ? 1 : 0);
  },
};

/** Each kind of expression. */
export const expressions: Rules<Expression, Value> = {
  constant: ({ value }) => () => value,
  integer: ({ value }, names) => emitInteger(value, names),
  load: ({ buffer, index }, names) => {
    const position = names.buffer(buffer);
    const element = emitInteger(index, names);
    return (frame) => frame.buffers[position]?.[element(frame)] ?? Number.NaN;
  },
  local: ({ name }, names) => {
    const slot = names.slot(name);
    return ({ slots }) => slots[slot] ?? Number.NaN;
  },
  accumulator: ({ name, element }, names) => {
    const slot = names.slot(name);
    const offset = emitInteger(element, names);
    return (frame) => frame.slots[slot + offset(frame)] ?? Number.NaN;
  },
  unary: ({ name, operand }, names) => unary[name](emitExpression(operand, names)),
  binary: ({ name, left, right }, names) => binary[name](emitExpression(left, names), emitExpression(right, names)),
  select: (expression, names) => {
    const condition = emitExpression(expression.condition, names);
    const whenTrue = emitExpression(expression.whenTrue, names);
    const whenFalse = emitExpression(expression.whenFalse, names);
    return (frame) => (condition(frame) !== 0 ? whenTrue(frame) : whenFalse(frame));
  },
  // Where a condition fails, what stands inside is not computed: its loads may lie outside their buffers.
  guard: (expression, names) => {
    const all = expression.conditions.map((condition) => applyRule<Condition, Value>(conditions, condition, names));
    const inside = emitExpression(expression.inside, names);
    const outside = emitExpression(expression.outside, names);
    return (frame) => (all.every((condition) => condition(frame) === 1) ? inside(frame) : outside(frame));
  },
};

export function emitExpression(expression: Expression, names: Names): Value {
  return applyRule<Expression, Value>(expressions, expression, names);
}
