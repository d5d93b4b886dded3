import { binaryNames, loopVariable, unaryNames } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateExpression } from '../testing/evaluate-expression.ts';
import { seeded } from '../testing/seeded.ts';
import { createExpressions, type Expression, type Expressions } from './expression.ts';
import { withLaws } from './laws.ts';
import { printExpression } from './print/print-nest.ts';

function printed(expression: Expression): string {
  return printExpression(expression, (id) => id);
}

const i = loopVariable('i');
const x = (make: Expressions): Expression => make.local('x');
const y = (make: Expressions): Expression => make.local('y');

const laws: readonly (readonly [law: string, before: string, after: string, build: (make: Expressions) => Expression])[] = [
  ['0 + x = x', '0 + x', 'x', (make) => make.binary('add', make.constant(0), x(make))],
  ['x + 0 = x', 'x + 0', 'x', (make) => make.binary('add', x(make), make.constant(0))],
  ['x + -y = x - y', 'x + -y', 'x - y', (make) => make.binary('add', x(make), make.unary('neg', y(make)))],
  ['x - 0 = x', 'x - 0', 'x', (make) => make.binary('sub', x(make), make.constant(0))],
  ['0 - x = -x', '0 - x', '-x', (make) => make.binary('sub', make.constant(0), x(make))],
  ['x - -y = x + y', 'x - -y', 'x + y', (make) => make.binary('sub', x(make), make.unary('neg', y(make)))],
  ['0 * x = 0', '0 * x', '0', (make) => make.binary('mul', make.constant(0), x(make))],
  ['x * 0 = 0', 'x * 0', '0', (make) => make.binary('mul', x(make), make.constant(0))],
  ['1 * x = x', '1 * x', 'x', (make) => make.binary('mul', make.constant(1), x(make))],
  ['x * 1 = x', 'x * 1', 'x', (make) => make.binary('mul', x(make), make.constant(1))],
  ['-1 * x = -x', '-1 * x', '-x', (make) => make.binary('mul', make.constant(-1), x(make))],
  ['x * -1 = -x', 'x * -1', '-x', (make) => make.binary('mul', x(make), make.constant(-1))],
  ['x / 1 = x', 'x / 1', 'x', (make) => make.binary('div', x(make), make.constant(1))],
  ['x ^ 1 = x', 'pow(x, 1)', 'x', (make) => make.binary('pow', x(make), make.constant(1))],
  ['x ^ 2 = x * x', 'pow(x, 2)', 'x * x', (make) => make.binary('pow', x(make), make.constant(2))],
  ['-(-x) = x', '--x', 'x', (make) => make.unary('neg', make.unary('neg', x(make)))],
  ['select(1, x, y) = x', 'select(1, x, y)', 'x', (make) => make.select(make.constant(1), x(make), y(make))],
  ['select(0, x, y) = y', 'select(0, x, y)', 'y', (make) => make.select(make.constant(0), x(make), y(make))],
  ['select(c, x, x) = x', 'select(y, x, x)', 'x', (make) => make.select(y(make), x(make), x(make))],
  ['guard(c, x, x) = x', 'guard(0 <= i < 4, x, x)', 'x', (make) => make.guard([{ kind: 'inside', index: i, extent: 4 }], x(make), x(make))],
  [
    'guard(true and c, x, y) = guard(c, x, y)',
    'guard(0 <= 3 < 4 and (4) % 2 == 0 and 0 <= i < 4, x, y)',
    'guard(0 <= i < 4, x, y)',
    (make) => make.guard([{ kind: 'inside', index: 3, extent: 4 }, { kind: 'multiple', index: 4, divisor: 2 }, { kind: 'inside', index: i, extent: 4 }], x(make), y(make)),
  ],
  [
    'guard(false and c, x, y) = y: behind the end',
    'guard(0 <= 4 < 4 and 0 <= i < 4, x, y)',
    'y',
    (make) => make.guard([{ kind: 'inside', index: 4, extent: 4 }, { kind: 'inside', index: i, extent: 4 }], x(make), y(make)),
  ],
  ['guard(false, x, y) = y: before the start', 'guard(0 <= -1 < i, x, y)', 'y', (make) => make.guard([{ kind: 'inside', index: -1, extent: i }], x(make), y(make))],
  ['guard(false, x, y) = y: no multiple', 'guard((3) % 2 == 0, x, y)', 'y', (make) => make.guard([{ kind: 'multiple', index: 3, divisor: 2 }], x(make), y(make))],
  [
    '0 < select(0 < x, x, 0) = 0 < x',
    '0 < select(0 < x, x, 0)',
    '0 < x',
    (make) => make.binary('less', make.constant(0), make.select(make.binary('less', make.constant(0), x(make)), x(make), make.constant(0))),
  ],
  ['f(constants) = a constant', 'exp(0) + (2 * 3)', '7', (make) => make.binary('add', make.unary('exp', make.constant(0)), make.binary('mul', make.constant(2), make.constant(3)))],
  ['laws meet laws: x + -1 * -y = x + y', 'x + (-1 * -y)', 'x + y', (make) => make.binary('add', x(make), make.binary('mul', make.constant(-1), make.unary('neg', y(make))))],
];

describe('laws of scalars', () => {
  test.each(laws)('%s', (_, before, after, build) => {
    expect(printed(build(createExpressions()))).toBe(before);
    expect(printed(build(withLaws(createExpressions())))).toBe(after);
  });

  test('a condition that a variable decides stays', () => {
    const make = withLaws(createExpressions());
    expect(printed(make.guard([{ kind: 'inside', index: 3, extent: i }], x(make), y(make)))).toBe('guard(0 <= 3 < i, x, y)');
    expect(printed(make.select(x(make), make.constant(1), make.constant(2)))).toBe('select(x, 1, 2)');
  });
});

/** atan2 alone shows the sign of a zero in a finite value. */
const signless = binaryNames.filter((name) => name !== 'atan2');

/** How an expression is built, whoever makes it. */
type Recipe = (make: Expressions) => Expression;

const recipes: fc.Arbitrary<Recipe> = fc.letrec<{ leaf: Recipe; any: Recipe }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(0, 1, -1, 2, 0.5, -3).map((value): Recipe => (make) => make.constant(value)),
    fc.constantFrom<Recipe[]>(x, y),
  ),
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.tuple(fc.constantFrom(...unaryNames), tie('any')).map(([name, operand]): Recipe => (make) => make.unary(name, operand(make))),
    fc.tuple(fc.constantFrom(...signless), tie('any'), tie('any')).map(([name, a, b]): Recipe => (make) => make.binary(name, a(make), b(make))),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(([c, a, b]): Recipe => (make) => make.select(c(make), a(make), b(make))),
    fc.tuple(fc.integer({ min: -1, max: 2 }), tie('any'), tie('any')).map(([index, a, b]): Recipe => (make) => make.guard([{ kind: 'inside', index, extent: 2 }], a(make), b(make))),
  ),
})).any;

/** Where any part is not finite, laws promise nothing. */
function isFiniteThroughout(recipe: Recipe, locals: Readonly<Record<string, number>>): boolean {
  let finite = true;
  const make = createExpressions();
  const seen = <Parts extends readonly unknown[]>(maker: (...parts: Parts) => Expression) => (...parts: Parts): Expression => {
    const expression = maker(...parts);
    finite &&= Number.isFinite(evaluateExpression(expression, locals));
    return expression;
  };
  recipe({ ...make, unary: seen(make.unary), binary: seen(make.binary) });
  return finite;
}

test('the laws keep every finite value to the bit, but for the sign of zero', () => {
  const value = fc.double({ min: -4, max: 4, noNaN: true });
  fc.assert(
    fc.property(recipes, value, value, (recipe, left, right) => {
      const locals = { x: left, y: right };
      fc.pre(isFiniteThroughout(recipe, locals));
      const got = evaluateExpression(recipe(withLaws(createExpressions())), locals);
      expect(got + 0).toBe(evaluateExpression(recipe(createExpressions()), locals) + 0);
    }),
    seeded(2000),
  );
});
