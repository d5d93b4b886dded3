/** A grey picture that is made and not loaded. */
export type Sample = { readonly width: number; readonly height: number; readonly at: (x: number, y: number) => number };

/** Rings that get narrower outwards: edges of every direction and every width. @see "zone plate", Hecht, "Optics", section 10.3.5 */
const rings: Sample = {
  width: 512,
  height: 512,
  at: (x, y) => {
    const [dx, dy] = [x - 255.5, y - 255.5];
    return 127.5 + 127.5 * Math.cos((Math.PI / 512) * 0.2 * (dx * dx + dy * dy));
  },
};

/** Coverage of an element by a shape whose border lies at a signed distance, inside negative. */
function coverage(distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance));
}

/** A disc, a square on its corner, a ring, bars and a ramp, with smooth edges and sharp ones. */
const shapes: Sample = {
  width: 640,
  height: 400,
  at: (x, y) => {
    const disc = coverage(Math.hypot(x - 120, y - 120) - 80);
    const square = coverage((Math.abs(x - 320) + Math.abs(y - 120) - 95) / Math.SQRT2);
    const ring = coverage(Math.abs(Math.hypot(x - 520, y - 120) - 62) - 14);
    const soft = Math.exp(-((x - 120) ** 2 + (y - 310) ** 2) / 1800);
    const bars = x >= 230 && x < 410 && y >= 240 && y < 380 ? Math.floor((x - 230) / Math.max(3, 22 - Math.floor((x - 230) / 12))) % 2 : 0;
    const ramp = x >= 450 && x < 610 && y >= 240 && y < 380 ? (x - 450) / 160 : 0;
    return 40 + 190 * Math.min(1, disc + 0.7 * square + ring + soft + 0.85 * bars + ramp);
  },
};

export const samples = { rings, shapes } as const satisfies Readonly<Record<string, Sample>>;

/** Red, green, blue and alpha of a grey picture. */
export function drawSample({ width, height, at }: Sample): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = at(x, y);
      data[to++] = value;
      data[to++] = value;
      data[to++] = value;
      data[to++] = 255;
    }
  return data;
}
