import { expect, test } from 'vitest';
import { greyBytes, readColour, signedBytes } from './colours.ts';

test('colours of a style sheet', () => {
  expect(readColour(' #0b5cad')).toEqual([11, 92, 173]);
  expect(readColour('#f0a')).toEqual([255, 0, 170]);
  expect(readColour('oklch(50% 0 0)')).toEqual([0, 0, 0]);
});

test('0 is the surface, the scale the full colour, and beyond it nothing changes', () => {
  const palette = { zero: [255, 255, 255], positive: [200, 100, 0], negative: [0, 0, 200] } as const;
  expect([...signedBytes(Float32Array.of(0, 1, -2, 0.5, Number.NaN), 1, palette)]).toEqual([255, 255, 255, 255, 200, 100, 0, 255, 0, 0, 200, 255, 228, 178, 128, 255, 255, 255, 255, 255]);
  expect([...greyBytes(Float32Array.of(0, 2, 9, -1), 2)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 255]);
});
