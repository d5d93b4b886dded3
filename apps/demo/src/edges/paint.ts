import type { ViewName } from './state.ts';

/** Red, green and blue. */
export type Colour = readonly [number, number, number];

/** Positive and negative responses, told apart by everybody who sees any two colours apart. */
export const positive: Colour = [240, 165, 94];
export const negative: Colour = [122, 184, 245];

const levels = 256;

/**
 * Colours by level, packed as a canvas stores them in memory, whatever the order of bytes of the machine.
 * Signed responses have 2 x 256 levels, the negative ones first.
 */
function paletteOf(colours: readonly Colour[]): Uint32Array {
  const bytes = new Uint8ClampedArray(colours.flatMap(([red, green, blue]) => [red, green, blue, 255]));
  return new Uint32Array(bytes.buffer);
}

function shade([red, green, blue]: Colour, strength: number): Colour {
  return [red * strength, green * strength, blue * strength];
}

const steps = Array.from({ length: levels }, (_, level) => level / (levels - 1));
const greys = paletteOf(steps.map((strength) => shade([255, 255, 255], strength)));
const signed = paletteOf([...steps.toReversed().map((strength) => shade(negative, strength)), ...steps.map((strength) => shade(positive, strength))]);

/** Where a result lies in a picture: with the border `none` it is smaller. */
export type Placed = { readonly left: number; readonly top: number; readonly columns: number; readonly rows: number };

/** Pixels of a whole picture; where there is no result they are transparent. */
export type Canvas = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> };

function eachRow({ width, data }: Canvas, { left, top, columns, rows }: Placed, paintRow: (pixels: Uint32Array, from: number) => void): void {
  const pixels = new Uint32Array(data.buffer);
  for (let row = 0; row < rows; row++) {
    const start = (top + row) * width + left;
    paintRow(pixels.subarray(start, start + columns), row * columns);
  }
}

/** Paints responses in units of bytes; `strong` is the one that gets full strength. */
export function paintResponse(canvas: Canvas, placed: Placed, values: Float32Array, view: ViewName, strong: number): void {
  const [palette, scale, zero] = view === 'signed' ? [signed, 255 / strong, 256] : [greys, view === 'absolute' ? 255 / strong : 1, 0];
  const isAbsolute = view === 'absolute';
  const [least, most] = view === 'signed' ? [-255, 255] : [0, 255];
  eachRow(canvas, placed, (pixels, from) => {
    for (let column = 0; column < pixels.length; column++) {
      const value = (values[from + column] ?? 0) * scale;
      const level = Math.round(Math.min(most, Math.max(least, isAbsolute ? Math.abs(value) : value)));
      // Level 0 stands twice, as the last of the negative ones and the first of the positive ones.
      pixels[column] = palette[level < 0 ? zero - 1 + level : zero + level] ?? 0;
    }
  });
}

/** Lines of 255 on black. */
export function paintEdges(canvas: Canvas, placed: Placed, edges: Uint8Array): void {
  eachRow(canvas, placed, (pixels, from) => {
    for (let column = 0; column < pixels.length; column++) pixels[column] = greys[edges[from + column] ?? 0] ?? 0;
  });
}

const hues = 256;
const strengths = 64;
const wheel = paletteOf(Array.from({ length: hues * strengths }, (_, at) => shade(hueColour(((at % hues) / hues) * 2 * Math.PI), Math.floor(at / hues) / (strengths - 1))));

/** A direction's colour, as CSS's hsl(angle 100% 50%): 0, to the right, is red; angles go clockwise on a screen. */
export function hueColour(angle: number): Colour {
  const sixth = ((angle / (2 * Math.PI)) * 6 + 6) % 6;
  const channel = (offset: number): number => {
    const k = (offset + sixth) % 6;
    return Math.round(255 * (1 - Math.max(0, Math.min(k, 4 - k, 1))));
  };
  return [channel(5), channel(3), channel(1)];
}

/** The direction as hue, the strength as brightness. */
export function paintHue(canvas: Canvas, placed: Placed, magnitude: Float32Array, direction: Float32Array, strong: number): void {
  eachRow(canvas, placed, (pixels, from) => {
    for (let column = 0; column < pixels.length; column++) {
      const strength = Math.min(strengths - 1, Math.round(((magnitude[from + column] ?? 0) / strong) * (strengths - 1)));
      const turn = (direction[from + column] ?? 0) / (2 * Math.PI);
      pixels[column] = wheel[strength * hues + (Math.round((turn < 0 ? turn + 1 : turn) * hues) % hues)] ?? 0;
    }
  });
}

/** The picture itself, darker, for what is drawn over it. */
export function paintDim(canvas: Canvas, plane: Uint8Array): void {
  const pixels = new Uint32Array(canvas.data.buffer);
  for (let at = 0; at < pixels.length; at++) pixels[at] = greys[Math.round((plane[at] ?? 0) * 0.35)] ?? 0;
}
