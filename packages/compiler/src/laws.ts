import { binaryMeaning, unaryMeaning, type BinaryName } from '@xcorr/graph';
import type { Condition, Expression, Expressions } from './expression.ts';

type BinaryLaw = (a: Expression, b: Expression, make: Expressions) => Expression | undefined;

const isNumber = (expression: Expression, value: number): boolean => expression.kind === 'constant' && expression.value === value;

/** Laws of scalars. They take values as finite and ignore the sign of zero; each keeps every other value to the bit. */
const binaryLaws: Partial<Record<BinaryName, readonly BinaryLaw[]>> = {
  add: [
    // 0 + x = x,  x + 0 = x
    (a, b) => (isNumber(a, 0) ? b : isNumber(b, 0) ? a : undefined),
    // x + -y = x - y
    (a, b, make) => (b.kind === 'unary' && b.name === 'neg' ? make.binary('sub', a, b.operand) : undefined),
  ],
  sub: [
    // x - 0 = x
    (a, b) => (isNumber(b, 0) ? a : undefined),
    // 0 - x = -x
    (a, b, make) => (isNumber(a, 0) ? make.unary('neg', b) : undefined),
    // x - -y = x + y
    (a, b, make) => (b.kind === 'unary' && b.name === 'neg' ? make.binary('add', a, b.operand) : undefined),
  ],
  mul: [
    // 0 * x = 0
    (a, b) => (isNumber(a, 0) ? a : isNumber(b, 0) ? b : undefined),
    // 1 * x = x
    (a, b) => (isNumber(a, 1) ? b : isNumber(b, 1) ? a : undefined),
    // -1 * x = -x
    (a, b, make) => (isNumber(a, -1) ? make.unary('neg', b) : isNumber(b, -1) ? make.unary('neg', a) : undefined),
  ],
  less: [
    // 0 < select(0 < x, x, 0) = 0 < x
    (a, b, make) => (isNumber(a, 0) && b.kind === 'select' && isNumber(b.whenFalse, 0) && b.condition === make.binary('less', a, b.whenTrue) ? b.condition : undefined),
  ],
  div: [
    // x / 1 = x
    (a, b) => (isNumber(b, 1) ? a : undefined),
  ],
  pow: [
    // x ^ 1 = x
    (a, b) => (isNumber(b, 1) ? a : undefined),
    // x ^ 2 = x * x
    (a, b, make) => (isNumber(b, 2) ? make.binary('mul', a, a) : undefined),
  ],
};

/** Whether a condition on a number holds; undefined where that depends on a variable. */
export function decided(condition: Condition): boolean | undefined {
  const { index } = condition;
  if (typeof index !== 'number') return undefined;
  if (condition.kind === 'multiple') return index % condition.divisor === 0;
  if (index < 0) return false;
  return typeof condition.extent === 'number' ? index < condition.extent : undefined;
}

/** A maker that computes what is constant and applies the laws of scalars. */
export function withLaws(plain: Expressions): Expressions {
  const make: Expressions = {
    ...plain,
    unary: (name, operand) => {
      if (operand.kind === 'constant') return plain.constant(unaryMeaning[name](operand.value));
      // -(-x) = x
      if (name === 'neg' && operand.kind === 'unary' && operand.name === 'neg') return operand.operand;
      return plain.unary(name, operand);
    },
    binary: (name, left, right) => {
      if (left.kind === 'constant' && right.kind === 'constant') return plain.constant(binaryMeaning[name](left.value, right.value));
      for (const law of binaryLaws[name] ?? []) {
        const result = law(left, right, make);
        if (result !== undefined) return result;
      }
      return plain.binary(name, left, right);
    },
    select: (condition, whenTrue, whenFalse) => {
      if (condition.kind === 'constant') return condition.value !== 0 ? whenTrue : whenFalse;
      // select(c, x, x) = x
      return whenTrue === whenFalse ? whenTrue : plain.select(condition, whenTrue, whenFalse);
    },
    guard: (conditions, inside, outside) => {
      // guard(c, x, x) = x: what is 0 inside is 0 everywhere
      if (inside === outside) return inside;
      // guard(true and c, x, y) = guard(c, x, y),  guard(false and c, x, y) = y
      if (conditions.some((condition) => decided(condition) === false)) return outside;
      return plain.guard(conditions.filter((condition) => decided(condition) === undefined), inside, outside);
    },
  };
  return make;
}
