/** An arrow from its middle, in elements of the picture. */
export type Arrow = { readonly x: number; readonly y: number; readonly angle: number; /** 0 to 1. */ readonly strength: number };

export type Field = { readonly columns: number; readonly rows: number; readonly magnitude: Float32Array; readonly direction: Float32Array; readonly strong: number };

/** Weaker ones say nothing of an edge. */
const leastStrength = 0.12;

/** About this many arrows stand side by side across a picture. */
export function stepFor(width: number): number {
  return Math.max(10, Math.round(width / 56));
}

/** One arrow for each square of `step` elements: that of its strongest gradient. */
export function arrowsOf({ columns, rows, magnitude, direction, strong }: Field, step: number): readonly Arrow[] {
  const arrows: Arrow[] = [];
  for (let top = 0; top < rows; top += step)
    for (let left = 0; left < columns; left += step) {
      let [best, x, y] = [0, 0, 0];
      for (let row = top; row < Math.min(rows, top + step); row++)
        for (let column = left; column < Math.min(columns, left + step); column++) {
          const value = magnitude[row * columns + column] ?? 0;
          if (value > best) [best, x, y] = [value, column, row];
        }
      const strength = Math.min(1, best / strong);
      if (strength >= leastStrength) arrows.push({ x: x + 0.5, y: y + 0.5, angle: direction[y * columns + x] ?? 0, strength });
    }
  return arrows;
}

const signs = ['→', '↘', '↓', '↙', '←', '↖', '↑', '↗'] as const;

/** The nearest of eight arrows. */
export function arrowSign(angle: number): string {
  return signs[((Math.round(angle / (Math.PI / 4)) % 8) + 8) % 8] ?? '→';
}
