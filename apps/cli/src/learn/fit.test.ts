import { NdArray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { CommandError } from '../command-error.ts';
import { fit, type Size } from './fit.ts';
import type { ImageValues } from './read-values.ts';

function image(name: string, [rows, columns]: Size): ImageValues {
  return { name, kind: 'numbers', values: new NdArray([rows, columns], new Float32Array(rows * columns)) };
}

const x = (size: Size): ImageValues => image('x.json', size);
const y = (size: Size): ImageValues => image('y.json', size);

describe('the padding is what the sizes say', () => {
  test.each([
    [[6, 8], [6, 7], [1, 2], 'valid', [0, 0]],
    [[6, 8], [6, 8], [3, 3], 'same', [1, 1]],
    [[6, 8], [6, 8], [2, 5], 'same', [0, 2]],
    [[6, 8], [6, 8], [1, 1], 'valid', [0, 0]],
    [[2, 2], [2, 2], [5, 5], 'same', [2, 2]],
    [[3, 3], [1, 1], [3, 3], 'valid', [0, 0]],
  ] as const)('%j to %j by %j: %s', (from, to, kernel, padding, low) => {
    expect(fit(x(from), y(to), kernel)).toEqual({ padding, input: from, target: to, kernel, low });
  });

  test('the one that is asked for is taken where it fits', () => {
    expect(fit(x([6, 8]), y([6, 8]), [1, 1], 'same').padding).toBe('same');
  });
});

describe('sizes that do not fit are refused, with those that would', () => {
  test.each([
    [[6, 8], [6, 7], [3, 3], undefined, 'a 3 x 3 kernel does not lead from the input to a target of this size\n  input    [6, 8]  H W   x.json\n  target   [6, 7]  H W   y.json\n  a target of [4, 6] (valid) or [6, 8] (same) would fit; to this target leads a kernel of 1x2'],
    [[10, 10], [12, 9], [3, 3], undefined, 'a 3 x 3 kernel does not lead from the input to a target of this size\n  input    [10, 10]  H W   x.json\n  target   [12, 9]   H W   y.json\n  a target of [8, 8] (valid) or [10, 10] (same) would fit'],
    [[2, 2], [1, 1], [5, 5], undefined, 'a 5 x 5 kernel does not lead from the input to a target of this size\n  input    [2, 2]  H W   x.json\n  target   [1, 1]  H W   y.json\n  a target of [2, 2] (same) would fit; to this target leads a kernel of 2x2'],
    [[2, 2], [1, 1], [5, 5], 'valid', 'a 5 x 5 kernel with --padding valid does not lead from the input to a target of this size\n  input    [2, 2]  H W   x.json\n  target   [1, 1]  H W   y.json\n  the kernel is larger than the input, so that no target would fit; to this target leads a kernel of 2x2'],
    [[6, 8], [6, 7], [1, 2], 'same', "a 1 x 2 kernel with --padding same does not lead from the input to a target of this size\n  input    [6, 8]  H W   x.json\n  target   [6, 7]  H W   y.json\n  a target of [6, 8] (same) would fit; or leave --padding out: the target's size says which it is"],
  ] as const)('%j to %j by %j', (from, to, kernel, asked, message) => {
    expect(() => fit(x(from), y(to), kernel, asked)).toThrow(new CommandError(message));
  });
});
