import { expect, test } from 'vitest';
import { geometryOf, parseBorder, printBorder } from './border.ts';

test.each(['valid', 'zero', 'edge', 'reflect', 'symmetric', 'wrap', 'constant:128', 'constant:0.5', 'constant:0', 'constant:255'])('%s', (text) => {
  expect(printBorder(parseBorder(text))).toBe(text);
});

test.each([
  ['reflct', 'Did you mean reflect? Allowed are valid, zero, edge, reflect, symmetric, wrap, and constant:V with V from 0 (black) to 255 (white).'],
  ['constant', 'Did you mean constant:0? Allowed are valid'],
  ['nothing', 'Allowed are valid'],
  ['constant:', 'The value after "constant:" must be a number from 0 (black) to 255 (white).'],
  ['constant:grey', 'The value after "constant:" must be a number'],
  ['constant:Infinity', 'The value after "constant:" must be a number from 0 (black) to 255 (white).'],
  ['constant:300', 'The value after "constant:" must be a number from 0 (black) to 255 (white).'],
  ['constant:-5', 'The value after "constant:" must be a number from 0 (black) to 255 (white).'],
  ['constant:0x10', 'The value after "constant:" must be a number from 0 (black) to 255 (white).'],
  ['constant:255.5', 'The value after "constant:" must be a number from 0 (black) to 255 (white).'],
])('%s is refused', (text, message) => {
  expect(() => parseBorder(text)).toThrow(message);
});

test('what is left out follows from the other', () => {
  expect(geometryOf(undefined, undefined)).toEqual({ border: 'valid', size: 'valid' });
  expect(geometryOf('valid', undefined)).toEqual({ border: 'valid', size: 'valid' });
  expect(geometryOf(undefined, 'valid')).toEqual({ border: 'valid', size: 'valid' });
  expect(geometryOf('reflect', undefined)).toEqual({ border: 'reflect', size: 'same' });
  expect(geometryOf(undefined, 'full')).toEqual({ border: 'zero', size: 'full' });
  expect(geometryOf({ constant: 3 }, 'same')).toEqual({ border: { constant: 3 }, size: 'same' });
});

test('what contradicts itself is refused', () => {
  expect(() => geometryOf('valid', 'same')).toThrow('--border valid invents nothing beyond the border, and --size same needs what is there\n  take --border zero, edge, reflect, symmetric or wrap, or leave --size out');
  expect(() => geometryOf('edge', 'valid')).toThrow('--size valid never looks beyond the border, so that --border edge would change nothing\n  leave one of the two out');
});
