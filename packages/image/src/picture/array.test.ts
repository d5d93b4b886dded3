import { evaluate, input, mul, NdArray, ndarray, ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyPicture, seeded } from '../../testing/pictures.ts';
import { asNdArray, asPicture } from './array.ts';
import { fromBytes, toBytes } from './bytes.ts';
import { toValues } from './values.ts';

test('an array of a picture is the picture, and nothing is copied', () => {
  fc.assert(
    fc.property(anyPicture(8), (picture) => {
      const array = asNdArray(picture);
      expect(array.data).toBe(picture.data);
      expect(array.shape).toEqual(picture.channels === 1 ? [picture.height, picture.width] : [picture.height, picture.width, picture.channels]);
      expect(asPicture(array)).toEqual(picture);
      expect(asPicture(array).data).toBe(picture.data);
    }),
    seeded(50),
  );
});

test('clamped bytes are looked into too', () => {
  const data = new Uint8ClampedArray(Uint8ClampedArray.of(1, 2, 3, 4).buffer, 1, 2);
  const picture = asPicture(new NdArray([1, 2], data));
  data[1] = 99;
  expect([...picture.data]).toEqual([2, 99]);
});

test('what is no picture of bytes is refused', () => {
  expect(() => asPicture(ndarray([[0.5]]))).toThrow(
    new ValueError('asPicture: the array does not store bytes\n  store the output as uint8, with toBytes(…), or convert numbers from 0 to 1 with toPicture'),
  );
  expect(() => asPicture(new NdArray([2], Uint8Array.of(1, 2)))).toThrow(new ValueError('asPicture: [H, W], or [H, W, C] with 1 to 4 channels is expected, not [2]'));
  expect(() => asNdArray({ width: 2, height: 1, channels: 1, data: Uint8Array.of(1) })).toThrow('asNdArray: the data has 1 elements, 2 x 1 with 1 channel needs 2');
});

test('bytes that a graph reads are the values that toValues gives', () => {
  const every = { width: 16, height: 16, channels: 1, data: Uint8Array.from({ length: 256 }, (_, byte) => byte) } as const;
  const photo = input('photo', ['H', 'W'], { storage: 'uint8' });
  expect(evaluate(fromBytes(photo), { photo: asNdArray(every) })).toEqual(toValues(every));
});

test('an output in bytes is 255 times its values', () => {
  const x = input('x', [2]);
  const { tensor, storage } = toBytes(mul(x, 0.5));
  expect(storage).toBe('uint8');
  expect(evaluate(tensor, { x: [1, 2] }).toNested()).toEqual([127.5, 255]);
});
