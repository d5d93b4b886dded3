import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyPicture, seeded } from '../../testing/pictures.ts';
import { toDepth } from './depth.ts';
import { toPicture, toValues } from './values.ts';

test('from 8 to 16 and back is exact', () => {
  fc.assert(
    fc.property(anyPicture(8), (picture) => {
      const deep = toDepth(picture, 16);
      expect([...deep.data]).toEqual([...picture.data].map((byte) => byte * 257));
      expect(toDepth(deep, 8)).toEqual(picture);
    }),
    seeded(50),
  );
});

test('from 16 to 8 takes the byte that the values take', () => {
  const every = { width: 256, height: 256, channels: 1, data: Uint16Array.from({ length: 65_536 }, (_, sample) => sample) } as const;
  expect(toDepth(every, 8)).toEqual(toPicture(toValues(every)));
  expect([...toDepth({ width: 4, height: 1, channels: 1, data: Uint16Array.of(128, 129, 65_406, 65_407) }, 8).data]).toEqual([0, 1, 254, 255]);
});

test('the depth that a picture has already is no work', () => {
  const picture = { width: 1, height: 1, channels: 1, data: Uint8Array.of(7) } as const;
  expect(toDepth(picture, 8).data).toBe(picture.data);
  const deep = toDepth(picture, 16);
  expect(toDepth(deep, 16).data).toBe(deep.data);
});

test('data that does not fill the picture is refused', () => {
  expect(() => toDepth({ width: 2, height: 1, channels: 1, data: Uint8Array.of(7) }, 16)).toThrow('toDepth: the data has 1 elements, 2 x 1 with 1 channel needs 2');
});
