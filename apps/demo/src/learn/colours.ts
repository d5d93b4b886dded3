/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A colour of three or six hexadecimal digits, as style sheets and what makes them shorter write it; black where it is none. */
export function readColour(text: string): Colour {
  const found = /^#([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim())?.[1] ?? '000000';
  const digits = found.length === 3 ? found.replaceAll(/./g, '$&$&') : found;
  const at = (place: number): number => Number.parseInt(digits.slice(place, place + 2), 16);
  return [at(0), at(2), at(4)];
}

export type Palette = { readonly zero: Colour; readonly positive: Colour; readonly negative: Colour };

/** RGBA bytes of values: 0 is the surface, what is as large as the scale has the full colour of its sign. */
export function signedBytes(values: Float32Array, scale: number, { zero, positive, negative }: Palette): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(4 * values.length);
  for (const [index, value] of values.entries()) {
    const share = Number.isNaN(value) ? 0 : Math.min(1, Math.abs(value) / scale);
    const full = value < 0 ? negative : positive;
    for (let channel = 0; channel < 3; channel++) bytes[4 * index + channel] = (zero[channel] ?? 0) + share * ((full[channel] ?? 0) - (zero[channel] ?? 0));
    bytes[4 * index + 3] = 255;
  }
  return bytes;
}

/** RGBA bytes of values from 0, black, to the scale, white. */
export function greyBytes(values: Float32Array, scale: number): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(4 * values.length);
  for (const [index, value] of values.entries()) {
    bytes.fill((255 * value) / scale, 4 * index, 4 * index + 3);
    bytes[4 * index + 3] = 255;
  }
  return bytes;
}
