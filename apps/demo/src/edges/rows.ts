import type { BorderName } from './state.ts';

/** Bytes of a picture, row by row. */
export type Plane = { readonly width: number; readonly height: number; readonly channels: 1 | 4; readonly data: Uint8Array };

/**
 * The row of a picture of some height that stands at an index outside it; undefined where its border has no rows but a value.
 *
 *   edge        the nearest row
 *   wrap        index mod height
 *   symmetric   the rows and their mirror image in turns, the end repeated: period 2 height
 *   reflect     likewise, the end not repeated: period 2 height - 2
 */
export function borderRow(index: number, height: number, border: BorderName): number | undefined {
  if (index >= 0 && index < height) return index;
  switch (border) {
    case 'edge':
      return index < 0 ? 0 : height - 1;
    case 'wrap':
      return modulo(index, height);
    case 'symmetric': {
      const within = modulo(index, 2 * height);
      return within < height ? within : 2 * height - 1 - within;
    }
    case 'reflect': {
      if (height === 1) return 0;
      const within = modulo(index, 2 * height - 2);
      return within < height ? within : 2 * height - 2 - within;
    }
    case 'none':
    case 'zero':
    case 'constant':
      return undefined;
  }
}

function modulo(index: number, period: number): number {
  return ((index % period) + period) % period;
}

/** Rows from `first` on, also from beyond the border. Nothing is copied where all of them are the picture's own. */
export function gatherRows({ width, height, channels, data }: Plane, first: number, count: number, border: BorderName, constant: number): Uint8Array {
  const length = width * channels;
  if (first >= 0 && first + count <= height) return data.subarray(first * length, (first + count) * length);
  const rows = new Uint8Array(count * length);
  for (let at = 0; at < count; at++) {
    const from = borderRow(first + at, height, border);
    if (from !== undefined) rows.set(data.subarray(from * length, (from + 1) * length), at * length);
    else if (border === 'constant') rows.fill(constant, at * length, (at + 1) * length);
  }
  return rows;
}
