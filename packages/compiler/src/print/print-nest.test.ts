import { input, loopVariable, plus, times } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { createExpressions, type Expression } from '../expression.ts';
import { printExpression, printNest } from './print-nest.ts';

const make = createExpressions();
const i = loopVariable('i');
const [H = 0] = input('x', ['H']).shape;
const x = make.load('b0', plus(times(8, i), 1));
const y = make.local('t0');

test.each<readonly [Expression, string]>([
  [make.constant(-0.5), '-0.5'],
  [make.integer(plus(H, -1)), 'number(H - 1)'],
  [x, 'picture[8*i + 1]'],
  [make.accumulator('s0', 0), 's0'],
  [make.accumulator('s0', i), 's0[i]'],
  [make.unary('neg', make.binary('add', x, y)), '-(picture[8*i + 1] + t0)'],
  [make.unary('sqrt', make.binary('add', x, y)), 'sqrt(picture[8*i + 1] + t0)'],
  [make.binary('mul', make.binary('sub', y, x), make.constant(2)), '(t0 - picture[8*i + 1]) * 2'],
  [make.binary('max', make.binary('less', y, x), y), 'max(t0 < picture[8*i + 1], t0)'],
  [make.binary('pow', y, make.constant(3)), 'pow(t0, 3)'],
  [make.select(y, x, make.constant(0)), 'select(t0, picture[8*i + 1], 0)'],
  [
    make.guard([{ kind: 'inside', index: i, extent: H }, { kind: 'multiple', index: plus(i, 1), divisor: 2 }], x, make.constant(0)),
    'guard(0 <= i < H and (i + 1) % 2 == 0, picture[8*i + 1], 0)',
  ],
])('%#: an expression', (expression, text) => {
  expect(printExpression(expression, (id) => (id === 'b0' ? 'picture' : id))).toBe(text);
});

test('a nest is one statement a line, bodies indented', () => {
  expect(
    printNest({
      name: 'nest0',
      body: [
        { kind: 'accumulator', name: 's0', count: 2, initial: 0 },
        { kind: 'accumulator', name: 's1', count: 1, initial: -Infinity },
        {
          kind: 'loop',
          variable: 'i',
          extent: H,
          role: 'reduce',
          body: [
            { kind: 'let', name: 't0', value: x },
            { kind: 'accumulate', name: 's0', element: 1, operator: 'add', value: y },
            { kind: 'accumulate', name: 's1', element: 0, operator: 'max', value: y },
          ],
        },
        { kind: 'loop', variable: 'i', extent: 2, role: 'parallel', body: [{ kind: 'store', buffer: 'b1', index: i, value: make.accumulator('s0', i) }] },
      ],
    }),
  ).toMatchInlineSnapshot(`
    "nest0
      accumulator s0[2] = 0
      accumulator s1 = -Infinity
      reduce i < H
        let t0 = b0[8*i + 1]
        s0[1] += t0
        s1 max= t0
      for i < 2
        b1[i] = s0[i]"
  `);
});
