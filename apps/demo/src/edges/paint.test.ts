import { expect, test } from 'vitest';
import { hueColour, negative, paintDim, paintEdges, paintHue, paintResponse, positive, type Canvas, type Placed } from './paint.ts';

const canvasOf = (width: number, height: number): Canvas => ({ width, height, data: new Uint8ClampedArray(width * height * 4) });
const row: Placed = { left: 0, top: 0, columns: 5, rows: 1 };
const pixels = ({ data }: Canvas): readonly (readonly number[])[] => Array.from({ length: data.length / 4 }, (_, at) => [...data.subarray(4 * at, 4 * at + 4)]);
const values = Float32Array.of(-200, -50, 0, 50, 200);

test('signed: 0 is black, each sign has its colour, what is stronger than strong is full', () => {
  const canvas = canvasOf(5, 1);
  paintResponse(canvas, row, values, 'signed', 100);
  const half = (colour: readonly number[]): readonly number[] => [...colour.map((channel) => Math.round((channel * 128) / 255)), 255];
  const [first, second, third, fourth, fifth] = pixels(canvas);
  expect(first).toEqual([...negative, 255]);
  expect(third).toEqual([0, 0, 0, 255]);
  expect(fifth).toEqual([...positive, 255]);
  for (const [pixel, colour] of [[second, negative], [fourth, positive]] as const) pixel?.forEach((channel, at) => expect(Math.abs(channel - (half(colour)[at] ?? 0))).toBeLessThanOrEqual(1));
});

test('absolute: both signs are white; as it is: bytes, cut off at 0 and 255', () => {
  const canvas = canvasOf(5, 1);
  paintResponse(canvas, row, values, 'absolute', 200);
  expect(pixels(canvas).map(([red]) => red)).toEqual([255, 64, 0, 64, 255]);
  paintResponse(canvas, row, Float32Array.of(-3, 0.4, 127.6, 255, 300), 'as-is', 7);
  expect(pixels(canvas).map(([red]) => red)).toEqual([0, 0, 128, 255, 255]);
});

test('a smaller result lies inside, and around it nothing is seen', () => {
  const canvas = canvasOf(3, 3);
  paintEdges(canvas, { left: 1, top: 1, columns: 1, rows: 1 }, Uint8Array.of(255));
  expect(pixels(canvas).map(([, , , alpha]) => alpha)).toEqual([0, 0, 0, 0, 255, 0, 0, 0, 0]);
  expect(pixels(canvas)[4]).toEqual([255, 255, 255, 255]);
});

test('hues go clockwise from red to the right', () => {
  expect(hueColour(0)).toEqual([255, 0, 0]);
  expect(hueColour((2 * Math.PI) / 3)).toEqual([0, 255, 0]);
  expect(hueColour((-2 * Math.PI) / 3)).toEqual([0, 0, 255]);
  expect(hueColour(Math.PI)).toEqual([0, 255, 255]);
});

test('a direction is its hue, as bright as the gradient is strong', () => {
  const canvas = canvasOf(5, 1);
  paintHue(canvas, row, Float32Array.of(1, 1, 0, 5, 1), Float32Array.of(0, Math.PI, 1, 0, -Math.PI), 1);
  expect(pixels(canvas)).toEqual([[255, 0, 0, 255], [0, 255, 255, 255], [0, 0, 0, 255], [255, 0, 0, 255], [0, 255, 255, 255]]);
});

test('a picture under arrows is dark and keeps its order', () => {
  const canvas = canvasOf(2, 1);
  paintDim(canvas, Uint8Array.of(0, 200));
  expect(pixels(canvas)).toEqual([[0, 0, 0, 255], [70, 70, 70, 255]]);
});
