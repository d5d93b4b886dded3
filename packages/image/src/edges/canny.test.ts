import { constant, evaluate, grad, input, mul, NdArray, ndarray, ShapeError, sum, transpose, ValueError, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Picture } from '../picture.ts';
import { cannyGradients } from './canny-gradients.ts';
import { canny, cannyFromGradients } from './canny.ts';
import type { GradientNorm } from './gradient-norm.ts';
import { hysteresis } from './hysteresis.ts';
import { nonMaximumSuppression } from './non-maximum-suppression.ts';

const seeded = { seed: 20_261_121, numRuns: 300 };
const norms: readonly GradientNorm[] = ['L1', 'L2'];

/** Gradients of few values, so that norms tie and directions lie on the sectors' borders. */
const gradients = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([height, width]) => {
  const component = fc
    .array(fc.constantFrom(0, 0, 1, -1, 2, -2, 5, -5, 12, -12, 300), { minLength: height * width, maxLength: height * width })
    .map((values) => new NdArray([height, width], Float32Array.from(values)));
  return fc.tuple(component, component);
});

describe('cannyGradients', () => {
  test('beyond its ends the image goes on with the elements at its edge', () => {
    const { dx, dy } = cannyGradients([[1, 2], [4, 8]]);
    expect(evaluate(dx).toNested()).toEqual([[3 + 4, 3 + 4], [1 + 12, 1 + 12]]);
    expect(evaluate(dy).toNested()).toEqual([[9 + 6, 18 + 3], [9 + 6, 18 + 3]]);
  });

  test('of one element, both are 0', () => {
    for (const aperture of [3, 5] as const) {
      const { dx, dy } = cannyGradients([[7]], { aperture });
      expect([evaluate(dx).toNested(), evaluate(dy).toNested()]).toEqual([[[0]], [[0]]]);
    }
  });

  test('a slope of 1 gives 8, or 128 with the aperture 5', () => {
    const slope = Array.from({ length: 7 }, () => [0, 1, 2, 3, 4, 5, 6]);
    const middle = (derivative: Tensor): number | undefined => evaluate(derivative).data[24];
    expect(middle(cannyGradients(slope).dx)).toBe(8);
    expect(middle(cannyGradients(slope, { aperture: 5 }).dx)).toBe(128);
    expect(middle(cannyGradients(transpose(constant(slope)), { aperture: 5 }).dy)).toBe(128);
  });

  test('it takes pictures of any size in one graph', () => {
    const { dx } = cannyGradients(input('picture', ['H', 'W']));
    expect(evaluate(dx, { picture: ndarray([[0, 0, 9]]) }).toNested()).toEqual([[0, 36, 36]]);
  });

  test('what is no image, and apertures that there are not, are refused', () => {
    expect(() => cannyGradients(input('x', [2, 2, 3]))).toThrow(new ShapeError('cannyGradients: an image [H, W] is expected, not [2, 2, 3]; make a colour picture grey first'));
    // @ts-expect-error -- JavaScript may give any
    expect(() => cannyGradients([[1]], { aperture: 7 })).toThrow(new ValueError('cannyGradients: there is no aperture 7; the apertures are 3 and 5'));
  });
});

describe('the sectors of directions', () => {
  /** Norms by place, all but the middle one of a gradient to the right; [x, y] is the gradient of the middle one. */
  const around = (x: number, y: number, stronger: readonly [number, number]): readonly [NdArray, NdArray] => {
    const dx = new NdArray([3, 3], new Float64Array(9));
    const dy = new NdArray([3, 3], new Float64Array(9));
    [dx.data[4], dy.data[4]] = [x, y];
    dx.data[3 * stronger[0] + stronger[1]] = 1e6;
    return [dx, dy];
  };

  const kept: Readonly<Record<string, (dx: NdArray, dy: NdArray) => boolean>> = {
    nonMaximumSuppression: (dx, dy) => evaluate(nonMaximumSuppression(constant(dx, { dtype: 'float64' }), constant(dy, { dtype: 'float64' }))).data[4] !== 0,
    cannyFromGradients: (dx, dy) => cannyFromGradients(dx, dy, { low: 0, high: 0 }).data[4] !== 0,
  };

  test.each(Object.entries(kept))('of %s meet at tan 22.5 = 13573 / 32768 and tan 22.5 + 2', (_, isKept) => {
    /** The neighbours by which a middle of this gradient is suppressed when one of them is stronger. */
    const compared = (x: number, y: number): string => {
      const places = { left: [1, 0], right: [1, 2], above: [0, 1], below: [2, 1], 'above left': [0, 0], 'below right': [2, 2], 'above right': [0, 2], 'below left': [2, 0] } as const;
      return Object.entries(places).filter(([, place]) => !isKept(...around(x, y, place))).map(([name]) => name).join(', ');
    };
    expect(compared(32_768, 13_572)).toBe('left, right');
    expect(compared(32_768, 13_573)).toBe('above left, below right');
    expect(compared(-32_768, 13_573)).toBe('above right, below left');
    expect(compared(32_768, -13_573)).toBe('above right, below left');
    expect(compared(-32_768, -13_573)).toBe('above left, below right');
    expect(compared(32_768, 13_573 + 65_536)).toBe('above left, below right');
    expect(compared(32_768, 13_574 + 65_536)).toBe('above, below');
    expect(compared(0, -1)).toBe('above, below');
    expect(compared(-1, 0)).toBe('left, right');
  });
});

describe('nonMaximumSuppression', () => {
  const zeros = (rows: readonly (readonly number[])[]): number[][] => rows.map((row) => row.map(() => 0));
  const thin = (dx: readonly (readonly number[])[], dy: readonly (readonly number[])[], norm: GradientNorm = 'L1'): unknown => evaluate(nonMaximumSuppression(dx, dy, { norm })).toNested();

  test('of equal neighbours across an edge, the first is kept', () => {
    const row = [[1, 4, 4, 1]];
    expect(thin(row, zeros(row))).toEqual([[0, 4, 0, 0]]);
    const column = [[1], [4], [4], [1]];
    expect(thin(zeros(column), column)).toEqual([[0], [4], [0], [0]]);
  });

  test('along a diagonal, of equal neighbours none is kept', () => {
    const falling = [[4, 0], [0, 4]];
    expect(thin(falling, falling)).toEqual([[0, 0], [0, 0]]);
    expect(thin([[4, 0], [0, 3]], [[4, 0], [0, 3]])).toEqual([[8, 0], [0, 0]]);
  });

  test('signs say which diagonal', () => {
    const values = [[4, 0, 6], [0, 5, 0], [1, 0, 3]];
    const down = values.map((row) => row.map((value) => -value));
    // Falling: 5 is between 4 and 3. Rising: between 6 and 1.
    expect(thin(values, values)).toEqual([[0, 0, 12], [0, 10, 0], [2, 0, 0]]);
    expect(thin(values, down)).toEqual([[8, 0, 12], [0, 0, 0], [0, 0, 6]]);
  });

  test('the norms are |dx| + |dy| and the length', () => {
    expect(thin([[3]], [[-4]])).toEqual([[7]]);
    expect(thin([[3]], [[-4]], 'L2')).toEqual([[5]]);
    expect(thin([[0]], [[0]], 'L2')).toEqual([[0]]);
  });

  test('what is kept has the derivative of its norm, what is not has 0', () => {
    const dx = constant([[3, 1, 0]]);
    const dy = constant([[-4, 0, 0]]);
    const derivatives = (norm: GradientNorm): unknown => grad(sum(nonMaximumSuppression(dx, dy, { norm })), [dx, dy]).map((each: Tensor) => evaluate(each).toNested());
    expect(derivatives('L1')).toEqual([[[1, 0, 0]], [[-1, 0, 0]]]);
    expect(derivatives('L2')).toEqual([[[Math.fround(0.6), 0, 0]], [[Math.fround(-0.8), 0, 0]]]);
  });

  test('shapes that differ, and norms that there are not, are refused', () => {
    expect(() => nonMaximumSuppression([[1, 2]], [[1], [2]])).toThrow(new ShapeError('nonMaximumSuppression: dx and dy of one shape [H, W] are expected, not [1, 2] and [2, 1]'));
    // @ts-expect-error -- JavaScript may give any
    expect(() => nonMaximumSuppression([[1]], [[1]], { norm: 'L3' })).toThrow(new ValueError('nonMaximumSuppression: there is no norm "L3"; the norms are "L1" and "L2"'));
  });
});

describe('cannyFromGradients', () => {
  test.each(norms)('it is hysteresis of what the graph suppresses, with the norm %s', (norm) => {
    fc.assert(
      fc.property(gradients, fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 8 }), ([dx, dy], low, more) => {
        const thinned = evaluate(nonMaximumSuppression(dx, dy, { norm }));
        expect(cannyFromGradients(dx, dy, { low, high: low + more, norm })).toEqual(hysteresis(thinned, { low, high: low + more }));
      }),
      seeded,
    );
  });

  test('a lower threshold takes no edge away', () => {
    fc.assert(
      fc.property(gradients, fc.integer({ min: 1, max: 9 }), ([dx, dy], low) => {
        const lower = cannyFromGradients(dx, dy, { low: low - 1, high: low + 3 });
        expect(cannyFromGradients(dx, dy, { low, high: low + 4 }).data.every((value, at) => value === 0 || lower.data[at] === 255)).toBe(true);
      }),
      seeded,
    );
  });

  test('gradients and thresholds a power of two times as large give the same edges', () => {
    fc.assert(
      fc.property(gradients, fc.constantFrom(...norms), fc.integer({ min: 0, max: 9 }), ([dx, dy], norm, low) => {
        const scaled = (values: NdArray): NdArray => evaluate(mul(values, 1 / 256));
        expect(cannyFromGradients(scaled(dx), scaled(dy), { norm, low: low / 256, high: (low + 2) / 256 })).toEqual(cannyFromGradients(dx, dy, { norm, low, high: low + 2 }));
      }),
      seeded,
    );
  });

  test('a gradient that is not a number is no edge, and hides none', () => {
    const dx = new NdArray([1, 5], Float32Array.of(0, Number.NaN, 9, 0, 9));
    const dy = new NdArray([1, 5], new Float32Array(5));
    expect([...cannyFromGradients(dx, dy, { low: 1, high: 2 }).data]).toEqual([0, 0, 0, 0, 255]);
  });

  test('the feeds are left as they are', () => {
    const dx = ndarray([[1, 5, 2]]);
    cannyFromGradients(dx, dx, { low: 1, high: 2 });
    expect(dx.toNested()).toEqual([[1, 5, 2]]);
  });

  test('what does not fit is refused', () => {
    const [row, column] = [ndarray([[1, 2]]), ndarray([[1], [2]])];
    expect(() => cannyFromGradients(row, column, { low: 1, high: 2 })).toThrow(
      new ShapeError('cannyFromGradients: dx and dy of one shape [H, W] are expected, not [1, 2] and [2, 1]'),
    );
    expect(() => cannyFromGradients(ndarray([1]), ndarray([1]), { low: 1, high: 2 })).toThrow(ShapeError);
    expect(() => cannyFromGradients(row, row, { low: 3, high: 2 })).toThrow(new ValueError('cannyFromGradients: low is 3 and high 2; low must not exceed high: exchange them'));
    // @ts-expect-error -- JavaScript may give any
    expect(() => cannyFromGradients(row, row, { low: 1, high: 2, norm: 'l2' })).toThrow(new ValueError('cannyFromGradients: there is no norm "l2"; the norms are "L1" and "L2"'));
  });
});

describe('canny', () => {
  test('the edge of a disc is a closed line, one element wide', () => {
    const side = 24;
    const data = Uint8Array.from({ length: side * side }, (_, at) => (Math.hypot((at % side) - 11.5, Math.floor(at / side) - 11.5) < 7 ? 200 : 20));
    const edges = canny({ width: side, height: side, channels: 1, data }, { low: 100, high: 300, norm: 'L2' });
    const found = Array.from(edges.data, (value, at) => [value, Math.hypot((at % side) - 11.5, Math.floor(at / side) - 11.5)] as const).filter(([value]) => value === 255);
    expect(found.length).toBeGreaterThan(30);
    expect(found.every(([, distance]) => distance > 5.5 && distance < 8.5)).toBe(true);
  });

  test('its apertures and norms are those of cannyGradients and cannyFromGradients', () => {
    const data = Uint8Array.from({ length: 63 }, (_, at) => (at * 73 + (at % 5) * 31) % 256);
    for (const aperture of [3, 5] as const)
      for (const norm of norms) {
        const options = { low: 100 * aperture ** 2, high: 150 * aperture ** 2, norm };
        const { dx, dy } = cannyGradients(new NdArray([7, 9], data), { aperture });
        expect(canny({ width: 9, height: 7, channels: 1, data }, { ...options, aperture })).toEqual(cannyFromGradients(evaluate(dx), evaluate(dy), options));
      }
  });

  test('a flat picture has no edges', () => {
    expect(canny({ width: 4, height: 4, channels: 1, data: new Uint8Array(16).fill(9) }, { low: 0, high: 0 }).data.every((value) => value === 0)).toBe(true);
  });

  test('pictures that are not grey or not filled are refused', () => {
    const coloured: Picture = { width: 1, height: 1, channels: 3, data: new Uint8Array(3) };
    expect(() => canny(coloured, { low: 1, high: 2 })).toThrow(new ValueError('canny: a picture of 3 channels; give a grey one, such as `grey` makes'));
    expect(() => canny({ ...coloured, channels: 1 }, { low: 1, high: 2 })).toThrow(ValueError);
  });
});
