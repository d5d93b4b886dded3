import { constant, evaluate, input, ShapeError, ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyPicture, seeded } from '../../testing/pictures.ts';
import { flattened } from '../node/flatten.ts';
import { compositeOver } from './composite-over.ts';
import { toPicture, toValues } from './values.ts';

test('opaque hides the colour, clear shows it, half mixes', () => {
  const picture = constant([[[1, 0.5, 0, 1], [1, 0.5, 0, 0], [1, 0.5, 0, 0.5]]]);
  expect(evaluate(compositeOver(picture, [0, 0, 1])).toNested()).toEqual([[[1, 0.5, 0], [0, 0, 1], [0.5, 0.25, 0.5]]]);
  expect(evaluate(compositeOver(picture)).toNested()).toEqual([[[1, 0.5, 0], [1, 1, 1], [1, 0.75, 0.5]]]);
});

test('grey and alpha stays grey over a grey, and takes the colour of another', () => {
  const picture = constant([[[0.5, 1], [0.5, 0]]]);
  expect(evaluate(compositeOver(picture, 0.25)).toNested()).toEqual([[0.5, 0.25]]);
  expect(evaluate(compositeOver(picture, [0, 0, 1])).toNested()).toEqual([[[0.5, 0.5, 0.5], [0, 0, 1]]]);
});

test('it is what reading a picture over a background does', () => {
  fc.assert(
    fc.property(anyPicture(8), fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), (picture, [red, green, blue]) => {
      fc.pre(picture.channels === 4);
      const seen = toPicture(evaluate(compositeOver(constant(toValues(picture)), [red / 255, green / 255, blue / 255])));
      const read = flattened(picture, [red, green, blue]);
      expect({ ...seen, data: [] }).toEqual({ ...read, data: [] });
      // In float32 a half may fall to either side.
      seen.data.forEach((byte, index) => expect(Math.abs(byte - (read.data[index] ?? -9))).toBeLessThanOrEqual(1));
    }),
    seeded(200),
  );
});

test('pictures of any size, and of float64', () => {
  const photo = input('photo', ['H', 'W', 4], { dtype: 'float64' });
  expect(evaluate(compositeOver(photo, 0), { photo: [[[0.1, 0.2, 0.3, 1]]] }).toNested()).toEqual([[[0.1, 0.2, 0.3]]]);
});

test.each([
  [[2, 2, 3], 'compositeOver: a picture of 3 channels\n  [H, W, 4] or [H, W, 2] is expected, not [2, 2, 3] (photo); the last channel is alpha'],
  [[2, 2], 'compositeOver: a picture of rank 2\n  [H, W, 4] or [H, W, 2] is expected, not [2, 2] (photo)'],
])('the shape %j is refused', (shape, message) => {
  expect(() => compositeOver(input('photo', shape))).toThrow(new ShapeError(message));
});

test('what is no colour is refused', () => {
  expect(() => compositeOver(input('photo', [2, 2, 4]), Number.NaN)).toThrow(new ValueError('compositeOver: the colour must be a number, or three of them, finite'));
});
