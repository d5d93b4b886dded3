import { expect, test } from 'vitest';
import { checkedComments } from './checked-comments.ts';

test('a value with what it should be is held to it', () => {
  expect(checkedComments("const a = 1; // one\na + 1; // => 2\nf('a;b');  // => [1, 2]\n")).toBe(
    ["import { deepStrictEqual as promised } from 'node:assert';", 'const a = 1; // one', 'promised(a + 1, 2);', "promised(f('a;b'), [1, 2]);", ''].join('\n'),
  );
});

test('a program that says nothing of its values stays as it is', () => {
  expect(checkedComments('f(1); // prints 2\n')).toBe('f(1); // prints 2\n');
});
