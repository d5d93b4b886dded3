import { NdArray, ndarray, ShapeError, ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hysteresis } from './hysteresis.ts';

const seeded = { seed: 20_261_121, numRuns: 400 };

/** # for an edge, one text a row. */
function drawn(values: NdArray, low: number, high: number): string[] {
  const { width, height, channels, data } = hysteresis(values, { low, high });
  expect([height, width, channels]).toEqual([...values.shape, 1]);
  expect(data.every((value) => value === 0 || value === 255)).toBe(true);
  return Array.from({ length: height }, (_, row) => Array.from(data.subarray(row * width, (row + 1) * width), (value) => (value === 255 ? '#' : '.')).join(''));
}

/** The values of a drawing: digits, and 0 for a dot. */
function values(...rows: readonly string[]): NdArray {
  return ndarray(rows.map((row) => Array.from(row, (character) => (character === '.' ? 0 : Number(character)))));
}

/** Hysteresis, slowly: what is weak beside an edge becomes one, over and over until nothing changes. */
function flooded({ shape, data }: NdArray, low: number, high: number): number[] {
  const [height = 0, width = 0] = shape;
  const edges = Array.from(data, (value) => value > high);
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = 0; at < edges.length; at++) {
      if (edges[at] === true || !((data[at] ?? 0) > low)) continue;
      const [i, j] = [Math.floor(at / width), at % width];
      const beside = edges.some((edge, other) => edge && Math.abs(Math.floor(other / width) - i) <= 1 && Math.abs((other % width) - j) <= 1);
      if (beside) [edges[at], changed] = [true, true];
    }
  }
  expect(edges).toHaveLength(height * width);
  return edges.map((edge) => (edge ? 255 : 0));
}

describe('what becomes an edge', () => {
  test('the weak that are connected with a sure one, through corners too', () => {
    expect(drawn(values('2....', '.2.2.', '..5.2', '.....', '2222.'), 1, 4)).toEqual(['#....', '.#.#.', '..#.#', '.....', '.....']);
  });

  test('both thresholds are exclusive', () => {
    expect(drawn(values('454', '...', '464'), 4, 5)).toEqual(['...', '...', '.#.']);
    expect(drawn(values('565'), 4, 5)).toEqual(['###']);
  });

  test('the end of one row is no neighbour of the start of the next', () => {
    expect(drawn(values('...5', '2...', '2...'), 1, 4)).toEqual(['...#', '....', '....']);
    expect(drawn(values('2...', '5..2', '...2'), 1, 4)).toEqual(['#...', '#...', '....']);
  });

  test('equal thresholds take what exceeds them and nothing else', () => {
    expect(drawn(values('123', '321'), 2, 2)).toEqual(['..#', '#..']);
  });

  test('not a number exceeds nothing, infinity everything', () => {
    const odd = new NdArray([1, 4], Float32Array.of(Number.NaN, 2, Number.POSITIVE_INFINITY, Number.NaN));
    expect(drawn(odd, 1, 100)).toEqual(['.##.']);
  });

  test('it is what a slow flood fill finds', () => {
    const sides = fc.integer({ min: 1, max: 9 });
    const fields = fc.tuple(sides, sides).chain(([height, width]) =>
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: height * width, maxLength: height * width }).map((data) => new NdArray([height, width], Float32Array.from(data))),
    );
    fc.assert(
      fc.property(fields, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }), (field, low, more) => {
        expect([...hysteresis(field, { low, high: low + more }).data]).toEqual(flooded(field, low, low + more));
      }),
      seeded,
    );
  });

  test('a spiral as long as a picture has elements is traced to its end', () => {
    const side = 701;
    const spiral = new NdArray([side, side], new Uint8Array(side * side));
    let [row, column, down, right, length] = [0, 0, 0, 1, 0];
    const free = (i: number, j: number): boolean => i >= 0 && i < side && j >= 0 && j < side && spiral.data[i * side + j] === 0;
    for (let turns = 0; turns < 2; ) {
      spiral.data[row * side + column] = 2;
      length++;
      const [i, j] = [row + down, column + right];
      // A turn where the next element, or the one behind it, is taken: arms stay one element apart.
      if (free(i, j) && (free(i + down, j + right) || !(i + down >= 0 && i + down < side && j + right >= 0 && j + right < side))) [row, column, turns] = [i, j, 0];
      else [down, right, turns] = [right, -down, turns + 1];
    }
    spiral.data[row * side + column] = 9;
    expect(length).toBeGreaterThan(240_000);
    const { data } = hysteresis(spiral, { low: 1, high: 5 });
    expect(data.every((value, at) => (value === 255) === (spiral.data[at] !== 0))).toBe(true);
    spiral.data[row * side + column] = 2;
    expect(hysteresis(spiral, { low: 1, high: 5 }).data.every((value) => value === 0)).toBe(true);
  });
});

describe('what is refused', () => {
  test('values that have not two axes', () => {
    expect(() => hysteresis(ndarray([1, 2]), { low: 0, high: 1 })).toThrow(new ShapeError('hysteresis: values [H, W] are expected, not [2]'));
  });

  test('thresholds that are none, or the wrong way round', () => {
    expect(() => hysteresis(ndarray([[1]]), { low: Number.NaN, high: 1 })).toThrow(new ValueError('hysteresis: low is NaN; a threshold is a number of at least 0'));
    expect(() => hysteresis(ndarray([[1]]), { low: 0, high: -1 })).toThrow(new ValueError('hysteresis: high is -1; a threshold is a number of at least 0'));
    expect(() => hysteresis(ndarray([[1]]), { low: 3, high: 2 })).toThrow(new ValueError('hysteresis: low is 3 and high 2; low must not exceed high: exchange them'));
    // @ts-expect-error -- JavaScript may leave one out
    expect(() => hysteresis(ndarray([[1]]), { low: 3 })).toThrow(new ValueError('hysteresis: high is undefined; a threshold is a number of at least 0'));
  });
});
