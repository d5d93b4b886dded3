import { expect, test } from 'vitest';
import { evaluate } from './interpreter/interpret.ts';
import { input, ones } from './ops/source.ts';

test('a shape beyond the memory limit is refused before anything is allocated', () => {
  expect(() => evaluate(ones([100_000, 100_000]))).toThrow(
    'evaluate: 80 GB are needed, the limit is 4.29 GB\n  the largest is the value of broadcast [100000, 100000] with 80 GB; feed smaller values, or raise the memory limit',
  );
});

test('a misspelt feed is recognised', () => {
  const photo = input('photo', [2]);
  expect(() => evaluate(photo, { foto: [1, 2] })).toThrow('evaluate: the input "photo" is not fed\n  give its value: evaluate(tensor, { "photo": … }); it is fed as "foto"');
});
