import type { Picture } from '../picture.ts';

/** How a video frame is turned where it is shown: clockwise, and then, perhaps, mirrored from left to right. */
export interface Orientation {
  /** In degrees, a multiple of 90. */
  readonly rotation: number;
  readonly flip: boolean;
}

/** The quarter turns of a rotation: 0, 1, 2 or 3. */
function quarterTurns({ rotation }: Orientation): number {
  return Math.round(rotation / 90) & 3;
}

/** The sides of what is shown of width x height elements as they are stored. */
export function shownSize(width: number, height: number, orientation: Orientation): readonly [width: number, height: number] {
  return quarterTurns(orientation) % 2 === 0 ? [width, height] : [height, width];
}

/** Where the stored element [row, column] is in the shown picture, counted row by row. */
function shownAt(row: number, column: number, { width, height }: Picture, orientation: Orientation): number {
  const places: readonly (readonly [number, number])[] = [
    [row, column],
    [column, width - 1 - row],
    [height - 1 - row, width - 1 - column],
    [height - 1 - column, row],
  ];
  const [down, across] = places[quarterTurns(orientation)] ?? [row, column];
  return down * width + (orientation.flip ? width - 1 - across : across);
}

/** A picture of four channels that is shown turned and mirrored, as it is stored: turned back. */
export function asStored(shown: Picture, orientation: Orientation): Picture {
  if (quarterTurns(orientation) === 0 && !orientation.flip) return shown;
  const [width, height] = shownSize(shown.width, shown.height, orientation);
  // The place is affine in row and column, so three places tell all.
  const start = shownAt(0, 0, shown, orientation);
  const down = shownAt(1, 0, shown, orientation) - start;
  const across = shownAt(0, 1, shown, orientation) - start;
  const data = new Uint8Array(shown.data.length);
  for (let row = 0, to = 0; row < height; row++)
    for (let column = 0; column < width; column++, to += 4) {
      const from = 4 * (start + row * down + column * across);
      for (let channel = 0; channel < 4; channel++) data[to + channel] = shown.data[from + channel] ?? 0;
    }
  return { width, height, channels: 4, data };
}
