import { add, input, interpret, mul, neg, ones, sub, transpose, zeros } from '@xcorr/graph';
import { parse, print } from '@xcorr/graph/text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomChoices, randomFeeds, randomGraph, randomSizes } from '../../testing/random-graphs.ts';
import { seeded } from '../../testing/seeded.ts';
import { rewrites, type Pass } from './rewrite.ts';
import { laws, simplify } from './simplify.ts';

type Lines = readonly string[];

const x = '%0 = input("x") : float32 [2]';
const xy: Lines = [x, '%1 = input("y") : float32 [2]'];
const onlyX: Lines = [x, 'return { "z": %0 }'];

/** Before and after each law, by what it says. */
const examples: Readonly<Record<string, readonly [before: Lines, after: Lines]>> = {
  'x + 0 = x': [[x, '%1 = constant([0, 0]) : float32 [2]', '%2 = add(%0, %1) : float32 [2]', 'return { "z": %2 }'], onlyX],
  '0 + x = x': [['%0 = constant([0, 0]) : float32 [2]', '%1 = input("x") : float32 [2]', '%2 = add(%0, %1) : float32 [2]', 'return { "z": %2 }'], onlyX],
  'x - 0 = x': [[x, '%1 = constant(0) : float32 []', '%2 = broadcast(%1) : float32 [2]', '%3 = sub(%0, %2) : float32 [2]', 'return { "z": %3 }'], onlyX],
  'x * 1 = x': [[x, '%1 = constant(1) : float32 []', '%2 = broadcast(%1) : float32 [2]', '%3 = mul(%0, %2) : float32 [2]', 'return { "z": %3 }'], onlyX],
  '1 * x = x': [['%0 = constant(1) : float32 []', '%1 = broadcast(%0) : float32 [2]', '%2 = input("x") : float32 [2]', '%3 = mul(%1, %2) : float32 [2]', 'return { "z": %3 }'], onlyX],
  'x / 1 = x': [[x, '%1 = constant([1, 1]) : float32 [2]', '%2 = div(%0, %1) : float32 [2]', 'return { "z": %2 }'], onlyX],
  '-(-x) = x': [[x, '%1 = neg(%0) : float32 [2]', '%2 = neg(%1) : float32 [2]', 'return { "z": %2 }'], onlyX],
  'x + x = 2 * x': [
    [x, '%1 = add(%0, %0) : float32 [2]', 'return { "z": %1 }'],
    ['%0 = constant(2) : float32 []', '%1 = broadcast(%0) : float32 [2]', '%2 = input("x") : float32 [2]', '%3 = mul(%1, %2) : float32 [2]', 'return { "z": %3 }'],
  ],
  'x + -y = x - y': [
    [...xy, '%2 = neg(%1) : float32 [2]', '%3 = add(%0, %2) : float32 [2]', 'return { "z": %3 }'],
    [...xy, '%2 = sub(%0, %1) : float32 [2]', 'return { "z": %2 }'],
  ],
  '-x * y = -(x * y)': [
    [x, '%1 = neg(%0) : float32 [2]', '%2 = input("y") : float32 [2]', '%3 = mul(%1, %2) : float32 [2]', 'return { "z": %3 }'],
    [...xy, '%2 = mul(%0, %1) : float32 [2]', '%3 = neg(%2) : float32 [2]', 'return { "z": %3 }'],
  ],
  'reshape(reshape(x)) = reshape(x)': [
    ['%0 = input("x") : float32 [6]', '%1 = reshape(%0) : float32 [2, 3]', '%2 = reshape(%1) : float32 [3, 2]', 'return { "z": %2 }'],
    ['%0 = input("x") : float32 [6]', '%1 = reshape(%0) : float32 [3, 2]', 'return { "z": %1 }'],
  ],
  'broadcast(broadcast(x)) = broadcast(x)': [
    [x, '%1 = broadcast(%0) : float32 [3, 2]', '%2 = broadcast(%1) : float32 [4, 3, 2]', 'return { "z": %2 }'],
    [x, '%1 = broadcast(%0) : float32 [4, 3, 2]', 'return { "z": %1 }'],
  ],
  'transpose(transpose(x)) = transpose(x)': [
    ['%0 = input("x") : float32 [2, 3, 4]', '%1 = transpose(%0, [1, 0, 2]) : float32 [3, 2, 4]', '%2 = transpose(%1, [0, 2, 1]) : float32 [3, 4, 2]', 'return { "z": %2 }'],
    ['%0 = input("x") : float32 [2, 3, 4]', '%1 = transpose(%0, [1, 2, 0]) : float32 [3, 4, 2]', 'return { "z": %1 }'],
  ],
  'pad(transpose(x)) = transpose(pad(x))': [
    ['%0 = input("x") : float32 [2, 3, 4]', '%1 = transpose(%0, [1, 2, 0]) : float32 [3, 4, 2]', '%2 = pad(%1, low=[1, 0, 2], high=[0, 3, 0], interior=[0, 1, 0], value=5) : float32 [4, 10, 4]', 'return { "z": %2 }'],
    ['%0 = input("x") : float32 [2, 3, 4]', '%1 = pad(%0, low=[2, 1, 0], high=[0, 0, 3], interior=[0, 0, 1], value=5) : float32 [4, 4, 10]', '%2 = transpose(%1, [1, 2, 0]) : float32 [4, 10, 4]', 'return { "z": %2 }'],
  ],
  'reshape(pad(x)) = pad(reshape(x))': [
    ['%0 = input("x") : float32 [1, 3, 4]', '%1 = pad(%0, low=[0, 1, 0], high=[0, 0, -2], interior=[0, 1, 0], value=5) : float32 [1, 6, 2]', '%2 = reshape(%1) : float32 [6, 1, 2, 1]', 'return { "z": %2 }'],
    ['%0 = input("x") : float32 [1, 3, 4]', '%1 = reshape(%0) : float32 [3, 1, 4, 1]', '%2 = pad(%1, low=[1, 0, 0, 0], high=[0, 0, -2, 0], interior=[1, 0, 0, 0], value=5) : float32 [6, 1, 2, 1]', 'return { "z": %2 }'],
  ],
};

/** The text of a graph behind a pass. */
function after(pass: Pass, before: Lines): string {
  const { z } = parse(`${before.join('\n')}\n`);
  const [result] = z === undefined ? [] : pass.run([z]);
  return result === undefined ? 'nothing' : print({ z: result });
}

describe('each law, before and after', () => {
  test.each(laws)('$text', (law) => {
    const [before, expected] = examples[law.text] ?? [[], []];
    expect(after(rewrites('one law', [law]), before)).toBe(`${expected.join('\n')}\n`);
    expect(after(simplify, before)).toBe(`${expected.join('\n')}\n`);
  });
});

test('what one law leaves is there for the next', () => {
  const x = input('x', [2, 3]);
  const messy = add(transpose(transpose(mul(neg(neg(x)), ones([2, 3])))), sub(zeros([2, 3]), 0));
  const [clean] = simplify.run([messy]);
  expect(print({ z: clean ?? messy })).toBe('%0 = input("x") : float32 [2, 3]\nreturn { "z": %0 }\n');
});

test.each<readonly [string, Lines]>([
  ['of more than unit axes', ['%0 = input("x") : float32 [2, 2]', '%1 = pad(%0, low=[1, 0], high=[1, 0], interior=[0, 0], value=0) : float32 [4, 2]', '%2 = reshape(%1) : float32 [8]', 'return { "z": %2 }']],
  ['that makes a unit axis', ['%0 = input("x") : float32 [3, 2]', '%1 = pad(%0, low=[-1, 0], high=[-1, 0], interior=[0, 0], value=0) : float32 [1, 2]', '%2 = reshape(%1) : float32 [2]', 'return { "z": %2 }']],
])('a pad %s stays behind its reshape', (_, lines) => {
  expect(after(simplify, lines)).toBe(`${lines.join('\n')}\n`);
});

test('a graph that no law fits is the same object', () => {
  const x = input('x', [2, 3]);
  const y = add(mul(x, 2), transpose(input('y', [3, 2])));
  expect(simplify.run([y])[0]).toBe(y);
});

test('every graph keeps its values to the bit, but for the sign of zero', () => {
  fc.assert(
    fc.property(randomChoices, randomSizes, (choices, sizes) => {
      const { outputs } = randomGraph(choices, sizes);
      const roots = Object.values(outputs);
      const feeds = randomFeeds(sizes);
      const before = interpret(roots, feeds);
      interpret(simplify.run(roots), feeds).forEach(({ shape, data }, position) => {
        expect(shape).toEqual(before[position]?.shape);
        expect(data.map((value) => value + 0)).toEqual(before[position]?.data.map((value) => value + 0));
      });
    }),
    seeded(100),
  );
});
