import { constant, evaluate, input, slice, transpose, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../testing/pictures.ts';
import { bordered, filter2d, type Border, type Filter2dOptions } from './filter2d.ts';

type Rows = readonly (readonly number[])[];

function values(tensor: Tensor): unknown {
  return evaluate(tensor).toNested();
}

const positiveZero = (value: number): number => value + 0;

/** The rows of a result, the two zeros as one. */
function rowsOf(tensor: Tensor): Rows {
  const { data, shape: [, width = 0] } = evaluate(tensor);
  const rows: number[][] = [];
  for (let start = 0; start < data.length; start += width) rows.push(Array.from(data.slice(start, start + width), positiveZero));
  return rows;
}

describe('what a filter is', () => {
  test('a constant picture stays one: the border is a reflection unless another is asked for', () => {
    const mean = [[0.25, 0.25], [0.25, 0.25]];
    expect(values(filter2d([[7, 7, 7], [7, 7, 7]], mean))).toEqual([[7, 7, 7], [7, 7, 7]]);
    expect(values(filter2d([[1, 2, 4]], [[1, 0, 0]]))).toEqual(values(filter2d([[1, 2, 4]], [[1, 0, 0]], { border: 'reflect', size: 'same', origin: [0, 0], convolve: false })));
    expect(values(filter2d([[1, 2, 4]], [[1, 0, 0]]))).toEqual([[2, 1, 2]]);
  });

  test.each<readonly [Border, readonly number[]]>([
    ['zero', [0, 0, 1, 2]],
    [{ constant: 9 }, [9, 9, 1, 2]],
    ['edge', [1, 1, 1, 2]],
    ['symmetric', [2, 1, 1, 2]],
    ['reflect', [4, 2, 1, 2]],
    ['wrap', [4, 8, 1, 2]],
  ])('the border %j, two columns to the left', (border, expected) => {
    expect(values(filter2d([[1, 2, 4, 8]], [[1, 0, 0, 0, 0]], { border }))).toEqual([expected]);
  });

  test('each channel of a picture is filtered by itself', () => {
    const picture = [[[1, 10], [2, 20], [4, 40]], [[8, 80], [16, 160], [32, 320]]];
    const channel = (index: number): Rows => picture.map((row) => row.map((element) => element[index] ?? Number.NaN));
    for (const options of [{}, { size: 'full', border: 'wrap' }, { size: 'valid', convolve: true }] as const) {
      const y = filter2d(picture, [[1, 2], [0, -1]], options);
      for (const index of [0, 1]) {
        const [height = 0, width = 0] = y.shape;
        const plane = slice(y, { start: [0, 0, index], stop: [height, width, index + 1] });
        expect(evaluate(plane).data).toEqual(evaluate(filter2d(channel(index), [[1, 2], [0, -1]], options)).data);
      }
    }
  });

  test('a picture of named sizes, and of named channels', () => {
    const grey = filter2d(input('photo', ['H', 'W']), [[1, 1, 1]], { border: 'wrap' });
    expect(evaluate(grey, { photo: [[1, 2, 4], [0, 1, 0]] }).toNested()).toEqual([[7, 7, 7], [1, 1, 1]]);
    const deep = filter2d(input('photo', ['H', 'W', 'C']), [[1], [1]], { size: 'full', border: 'zero' });
    expect(evaluate(deep, { photo: [[[1, 2]], [[10, 20]]] }).toNested()).toEqual([[[1, 2]], [[11, 22]], [[10, 20]]]);
  });

  test('lists take the dtype of the other operand', () => {
    expect(filter2d(input('photo', [2, 2], { dtype: 'float64' }), [[1]]).dtype).toBe('float64');
    expect(filter2d([[1, 2]], input('taps', [1, 1], { dtype: 'float64' })).dtype).toBe('float64');
    expect(filter2d([[1, 2]], [[1]]).dtype).toBe('float32');
  });

  test('the border alone: rows above and below, columns to the left and to the right, and channels as they are', () => {
    expect(values(bordered([[1, 2], [3, 4]], 'edge', [1, 0], [0, 2]))).toEqual([[1, 2, 2, 2], [1, 2, 2, 2], [3, 4, 4, 4]]);
    expect(values(bordered([[[1, 2]]], 'zero', [0, 1], [0, 0]))).toEqual([[[0, 0], [1, 2]]]);
  });
});

describe('the size of a result', () => {
  const sizes = (options: Filter2dOptions): readonly unknown[] => filter2d(constant([[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6]]), [[1, 2, 3], [4, 5, 6]], options).shape;

  test('same as the picture, where the kernel lies inside, wherever they meet', () => {
    expect([sizes({}), sizes({ size: 'valid' }), sizes({ size: 'full' })]).toEqual([[3, 4], [2, 2], [4, 6]]);
  });

  test('valid asks for no border: whatever it is, nothing of it is seen', () => {
    const borders: readonly Border[] = ['zero', { constant: 5 }, 'edge', 'reflect', 'symmetric', 'wrap'];
    for (const border of borders) expect(values(filter2d([[1, 2, 4]], [[1, -1]], { size: 'valid', border }))).toEqual([[-1, -2]]);
  });

  test('same is cut out of full where its origin says', () => {
    const picture = constant([[1, 2, 3], [4, 5, 6]]);
    const kernel = [[1, 0, 2, 5], [3, 1, 0, 1]];
    for (const convolve of [false, true])
      for (const border of ['zero', 'wrap'] as const) {
        const full = filter2d(picture, kernel, { size: 'full', border, convolve });
        const [row, column] = convolve ? [1, 2] : [2 - 1 - 1, 4 - 1 - 2];
        const cut = slice(full, { start: [row, column], stop: [row + 2, column + 3] });
        expect(rowsOf(filter2d(picture, kernel, { border, convolve }))).toEqual(rowsOf(cut));
      }
  });
});

describe('the origin', () => {
  const picture = [[1, 2, 3, 5], [8, 13, 21, 34]];

  test('is the tap that lies on the element: a kernel of this tap alone is the identity, flipped or not', () => {
    for (const convolve of [false, true])
      for (const [row, column] of [[0, 0], [0, 3], [1, 2]] as const) {
        const kernel = [0, 1].map((i) => [0, 1, 2, 3].map((j) => Number(i === row && j === column)));
        expect(rowsOf(filter2d(picture, kernel, { origin: [row - 1, column - 2], convolve }))).toEqual(picture);
      }
  });

  test('one farther, the result lies one farther', () => {
    const kernel = [[1, 2, 3]];
    const at = (column: number, convolve: boolean): readonly number[] => rowsOf(filter2d(picture, kernel, { origin: [0, column], border: 'wrap', convolve }))[0] ?? [];
    const shifted = (row: readonly number[], by: number): readonly (number | undefined)[] => row.map((_, index) => row.at((index - by) % row.length));
    for (const column of [-1, 0]) {
      expect(at(column + 1, false)).toEqual(shifted(at(column, false), 1));
      expect(at(column + 1, true)).toEqual(shifted(at(column, true), -1));
    }
  });

  test('a strict convolution is the correlation with the flipped kernel, its origin flipped too', () => {
    const kernel = [[1, 2, 3, 4], [5, 6, 7, 8]];
    const flipped = kernel.toReversed().map((row) => row.toReversed());
    // Tap t of k is tap k - 1 - t of the flipped kernel: of an even number the middle moves.
    expect(rowsOf(filter2d(picture, kernel, { convolve: true, origin: [0, -2] }))).toEqual(rowsOf(filter2d(picture, flipped, { origin: [-1, 1] })));
  });

  test('rows and columns are alike: the transposed picture with the transposed kernel', () => {
    const kernel = constant([[1, 2, 3], [4, 5, 6]]);
    for (const border of ['edge', 'reflect', 'symmetric', 'wrap'] as const)
      expect(rowsOf(filter2d(transpose(constant(picture)), transpose(kernel), { origin: [1, -1], border }))).toEqual(rowsOf(transpose(filter2d(picture, kernel, { origin: [-1, 1], border }))));
  });
});

describe('errors', () => {
  const photo = input('photo', ['H', 'W']);

  test.each<readonly [string, () => unknown, string]>([
    ['a kernel of another rank', () => filter2d(photo, [1, 2]), 'ShapeError: filter2d: a kernel [h, w] with numbers for sizes is expected, not [2]'],
    ['a kernel of a named size', () => filter2d(photo, input('taps', ['h', 3])), 'ShapeError: filter2d: a kernel [h, w] with numbers for sizes is expected, not [h, 3]'],
    ['no picture', () => filter2d(input('line', [3]), [[1]]), 'ShapeError: filter2d: a picture [H, W] or [H, W, C] is expected, not [3]'],
    [
      'a kernel that lies nowhere inside',
      () => filter2d(input('photo', [4, 2, 3]), [[1, 2, 3]], { size: 'valid' }),
      'ShapeError: filter2d: a kernel [1, 3] lies nowhere inside a picture [4, 2, 3]\n  take a smaller kernel, or the size same or full',
    ],
    [
      'two dtypes',
      () => filter2d(photo, input('taps', [1, 3], { dtype: 'float64' })),
      'ShapeError: filter2d: a picture of float32 and a kernel of float64 do not mix\n  both must have one dtype: cast one of them',
    ],
    // @ts-expect-error -- what JavaScript lets through
    ['an unknown size', () => filter2d(photo, [[1]], { size: 'most' }), 'ValueError: filter2d: there is no size "most"\n  it is same, valid or full'],
    [
      'an origin for a size that asks for none',
      () => filter2d(photo, [[1]], { size: 'full', origin: [0, 0] }),
      'ValueError: filter2d: an origin for the size full\n  only same asks which tap lies on an element; leave the origin out',
    ],
    [
      'an origin behind the kernel',
      () => filter2d(photo, [[1, 2]], { origin: [0, 1] }),
      'ValueError: filter2d: the origin 1 of axis 1 puts no tap of 2 on the element\n  it is a whole number from -1 to 0',
    ],
    [
      'an origin before it',
      () => filter2d(photo, [[1], [2], [3]], { origin: [-2, 0] }),
      'ValueError: filter2d: the origin -2 of axis 0 puts no tap of 3 on the element\n  it is a whole number from -1 to 1',
    ],
    [
      'an origin between taps',
      () => filter2d(photo, [[1, 2, 3]], { origin: [0, 0.5] }),
      'ValueError: filter2d: the origin 0.5 of axis 1 puts no tap of 3 on the element\n  it is a whole number from -1 to 1',
    ],
    ...([[3, '3'], [[0], '[0]'], [[0, 0, 0], '[0, 0, 0]'], [null, 'null'], ['01', '"01"'], [{ 0: 0, 1: 0 }, 'an object']] as const).map(([origin, shown]): readonly [string, () => unknown, string] => [
      `the origin ${shown}`,
      // @ts-expect-error -- what JavaScript lets through
      () => filter2d(photo, [[1, 2, 3]], { origin }),
      `ValueError: filter2d: the origin ${shown} is not [row, column], how far from the middle tap the origin lies\n  give two whole numbers`,
    ]),
    ...([['0', '"0"'], [undefined, 'undefined'], [null, 'null'], [true, 'true']] as const).map(([column, shown]): readonly [string, () => unknown, string] => [
      `an origin at column ${shown}`,
      // @ts-expect-error -- what JavaScript lets through
      () => filter2d(photo, [[1, 2, 3]], { origin: [0, column] }),
      `ValueError: filter2d: the origin ${shown} of axis 1 puts no tap of 3 on the element\n  it is a whole number from -1 to 1`,
    ]),
    // @ts-expect-error -- what JavaScript lets through
    ['an unknown border', () => filter2d(photo, [[1]], { border: 'mirror' }), 'ValueError: filter2d: there is no border "mirror"\n  it is zero, { constant: value }, edge, reflect, symmetric, wrap'],
    // @ts-expect-error -- what JavaScript lets through
    ['no border', () => bordered(photo, null, [1, 1], [1, 1]), 'ValueError: filter2d: there is no border null\n  it is zero, { constant: value }, edge, reflect, symmetric, wrap'],
    ['a border that is no number', () => filter2d(photo, [[1, 2]], { border: { constant: Number.NaN } }), 'ValueError: filter2d: a border of NaN\n  { constant: value } takes a finite number'],
  ])('%s', (_, run, message) => {
    expect(thrown(run)).toBe(message);
  });
});

/** The error's name and message. */
function thrown(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return 'nothing was thrown';
}

/** A filter with everything it is asked for. */
interface Drawn {
  readonly image: Rows;
  readonly kernel: Rows;
  readonly options: Filter2dOptions & { readonly border: Border; readonly size: 'same' | 'valid' | 'full'; readonly convolve: boolean };
}

function rows(height: number, width: number): fc.Arbitrary<number[][]> {
  return fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: width, maxLength: width }), { minLength: height, maxLength: height });
}

const borders = fc.constantFrom<Border[]>('zero', { constant: 3 }, 'edge', 'reflect', 'symmetric', 'wrap');

/** Pictures of up to 5 x 5 elements, kernels of up to three times as many rows and columns. */
const drawn: fc.Arbitrary<Drawn> = fc
  .record({ height: fc.integer({ min: 1, max: 5 }), width: fc.integer({ min: 1, max: 5 }), size: fc.constantFrom('same', 'valid', 'full'), border: borders, convolve: fc.boolean() })
  .chain(({ height, width, ...asked }) => {
    const times = asked.size === 'valid' ? 1 : 3;
    return fc.tuple(fc.constant({ height, width, asked }), fc.integer({ min: 1, max: times * height }), fc.integer({ min: 1, max: times * width }));
  })
  .chain(([{ height, width, asked }, h, w]) => {
    const origin = fc.tuple(...[h, w].map((taps) => fc.integer({ min: -Math.floor(taps / 2), max: Math.ceil(taps / 2) - 1 })));
    return fc.record({ image: rows(height, width), kernel: rows(h, w), origin: asked.size === 'same' ? fc.option(origin) : fc.constant(null) }).map(({ image, kernel, origin: at }) => {
      const [row = 0, column = 0] = at ?? [];
      return { image, kernel, options: at === null ? asked : { ...asked, origin: [row, column] as const } };
    });
  });

/** Which element of an axis of some size stands at an index, inside or not; undefined where a value stands instead. */
function place(border: Border, index: number, size: number): number | undefined {
  let at = index;
  while (at < 0 || at >= size) {
    if (border === 'zero' || typeof border === 'object') return undefined;
    if (border === 'edge') at = at < 0 ? 0 : size - 1;
    else if (border === 'wrap') at += at < 0 ? size : -size;
    else if (border === 'symmetric') at = at < 0 ? -1 - at : 2 * size - 1 - at;
    else if (size === 1) at = 0;
    else at = at < 0 ? -at : 2 * (size - 1) - at;
  }
  return at;
}

/** The filter by its definition: every product of every element, with the index taken where the border says. */
function defined({ image, kernel, options: { border, size, origin = [0, 0], convolve } }: Drawn): Rows {
  const axes = [
    { length: image.length, taps: kernel.length, shift: origin[0] },
    { length: image[0]?.length ?? 0, taps: kernel[0]?.length ?? 0, shift: origin[1] },
  ].map(({ length, taps, shift }) => {
    if (size === 'same') return { length, count: length, first: 0, tap: Math.floor(taps / 2) + shift };
    // The kernel's outermost taps: where it first lies inside, and where it first meets the picture.
    if (size === 'valid') return { length, count: length - taps + 1, first: convolve ? taps - 1 : 0, tap: 0 };
    return { length, count: length + taps - 1, first: convolve ? 0 : 1 - taps, tap: 0 };
  });
  const outside = typeof border === 'object' ? border.constant : 0;
  const [down, across] = axes;
  if (down === undefined || across === undefined) return [];
  const result: number[][] = [];
  for (let i = 0; i < down.count; i++) {
    const row: number[] = [];
    for (let j = 0; j < across.count; j++) {
      let sum = 0;
      for (const [u, taps] of kernel.entries())
        for (const [v, tap] of taps.entries()) {
          const [below, behind] = convolve ? [down.tap - u, across.tap - v] : [u - down.tap, v - across.tap];
          const [at, beside] = [place(border, i + down.first + below, down.length), place(border, j + across.first + behind, across.length)];
          sum += tap * (at === undefined || beside === undefined ? outside : (image[at]?.[beside] ?? Number.NaN));
        }
      row.push(positiveZero(sum));
    }
    result.push(row);
  }
  return result;
}

test('any border, size, origin and kernel: the products of the definition', () => {
  fc.assert(
    fc.property(drawn, (each) => {
      expect(rowsOf(filter2d(each.image, each.kernel, each.options))).toEqual(defined(each));
    }),
    seeded(500),
  );
});
