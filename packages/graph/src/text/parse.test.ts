import { describe, expect, test } from 'vitest';
import { evaluate } from '../interpreter/interpret.ts';
import { XcorrError } from '../errors.ts';
import { grad } from '../grad.ts';
import { conv2d, corr2d } from '../ops/convolution.ts';
import { add, mul, select, stopGradient, cast } from '../ops/elementwise.ts';
import { squaredError } from '../ops/losses.ts';
import { flip, pad, slice, transpose } from '../ops/movement.ts';
import { concat, overlapAdd, take, windows } from '../ops/rearrange.ts';
import { mean, reduceMax } from '../ops/reduce.ts';
import { arange, constant, input, ones, state } from '../ops/source.ts';
import type { Tensor } from '../tensor.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

const seeded = (seed: number): (() => number) => {
  let value = seed;
  return () => {
    value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
    return value / 2 ** 32;
  };
};

function chapter(): Record<string, Tensor> {
  const [X, Y] = [input('X', ['H', 'W']), input('Y', ['H', 'W - 1'])];
  const K = state('K', [[0.25, -0.5]]);
  const loss = mean(corr2d(X, K));
  const [dK] = grad(loss, [K]);
  return { loss, dK, Y };
}

function everything(): Record<string, Tensor> {
  const A = input('A "quoted"\n', [2, 3, 5, 5], { storage: 'uint8' });
  const y = conv2d(A, ones([4, 3, 2, 2]), { strides: 2, padding: 'same', bias: [1, 2, 3, 4] });
  const parts = concat([take(A, [1, 0], 0), flip(A, 3), pad(slice(A, { start: [0, 1], step: [1, 1, 2] }), { low: [0, 1], high: [0, 0, 2], value: -0.5 })], 0);
  const over = windows(parts, [2, 2], { strides: 2 });
  return {
    y,
    largest: reduceMax(overlapAdd(over, [5, 5], { strides: 2 }), { axes: [0, 3] }),
    loss: squaredError(select(transpose(A), transpose(A), 0), cast(stopGradient(constant(3)), 'float32')),
    table: constant([...Array(100).keys()]),
    special: add(constant([Number.MIN_VALUE, -0, 1e300], { dtype: 'float64' }), 0),
  };
}

describe('print(parse(print(g))) = print(g)', () => {
  test.each([['the chapter over named sizes', chapter], ['every kind of node', everything]])('%s', (_, graph) => {
    const text = print(graph());
    expect(print(parse(text))).toBe(text);
  });

  test('the graph that is read means the same', () => {
    const x = input('x', [3]);
    const { y } = parse(print({ y: mul(add(x, arange(3)), 0.5) }));
    expect(y === undefined ? undefined : evaluate(y, { x: [1, 2, 3] }).toNested()).toEqual([0.5, 1.5, 2.5]);
  });
});

describe('what is no graph is refused with its line', () => {
  const refused = (text: string): string => {
    try {
      parse(text);
    } catch (error) {
      return error instanceof XcorrError ? error.message : `not designed: ${String(error)}`;
    }
    return 'no error';
  };
  test.each([
    ['', 'the text ends without a line that begins with "return"'],
    ['%1 = input("x") : float32 [2]', 'line 1: %0 is expected first, not %1\n  %1 = input("x") : float32 [2]'],
    ['%0 = inputs("x") : float32 [2]', 'line 1: inputs is no primitive\n  %0 = inputs("x") : float32 [2]'],
    ['%0 = input("x") : float16 [2]', 'line 1: float16 is no dtype\n  %0 = input("x") : float16 [2]'],
    ['%0 = neg(%0) : float32 [2]', 'line 1: %0 is not defined above\n  %0 = neg(%0) : float32 [2]'],
    ['%0 = constant([1, [2]]) : float32 [2]', 'line 1: a number is expected\n  %0 = constant([1, [2]]) : float32 [2]'],
    ['%0 = constant(#0123456789abcdef) : float32 [2]', 'line 1: there is no table #0123456789abcdef\n  %0 = constant(#0123456789abcdef) : float32 [2]'],
    ['#0123456789abcdef = 00\nreturn { }', 'line 1: the table is damaged: its digest is not that of its numbers'],
    ['%0 = input("x") : float32 [0]', 'line 1: input: the shape [0] has the size 0'],
    ['%0 = input("x") : float32 [2]; process.exit()', 'line 1: "; process.ex" is no part of a graph\'s text'],
    [`%0 = size(${'('.repeat(100)}1) : float32 []`, 'line 1: lists and parentheses are too deep'],
    ['return { "a": %0 }', 'line 1: %0 is not defined above'],
  ])('%s', (text, message) => {
    expect(refused(text)).toContain(message);
  });

  test('a name like __proto__ is a name like any other', () => {
    const text = '%0 = input("__proto__") : float32 [1]\nreturn { "__proto__": %0 }\n';
    expect(print(parse(text))).toBe(text);
  });
});

/** A hundred thousand take half a minute: `npm run test:full` runs them all. */
const mutations = process.env['XCORR_FULL'] === '1' ? 100_000 : 3000;

test('mutated texts give an error or a valid graph, never a crash', { timeout: 240_000 }, () => {
  const random = seeded(7);
  const texts = [print(chapter()), print(everything())];
  const letters = '0123456789[](),:%#"-+*/ =AHWfloor\n\\{}';
  let refused = 0;
  for (let round = 0; round < mutations; round++) {
    let text = texts[round % 2] ?? '';
    for (let change = 1 + Math.floor(random() * 3); change > 0; change--) {
      const at = Math.floor(random() * text.length);
      const letter = letters[Math.floor(random() * letters.length)] ?? '';
      const kind = random();
      if (kind < 0.4) text = text.slice(0, at) + letter + text.slice(at + 1);
      else if (kind < 0.6) text = text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 5));
      else if (kind < 0.8) text = text.slice(0, at) + letter + text.slice(at);
      else text = text.slice(0, at) + text.slice(Math.floor(random() * text.length)).slice(0, 20) + text.slice(at);
    }
    try {
      print(parse(text));
    } catch (error) {
      if (!(error instanceof XcorrError)) throw error;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(mutations / 2);
});
