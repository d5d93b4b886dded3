import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePicture } from '@xcorr/image/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CommandError } from '../command-error.ts';
import { readValues } from './read-values.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-values-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** A 2 x 2 array of float64 as NumPy writes it. */
function npy(values: readonly number[], shape: string, descr = '<f8'): Uint8Array {
  const header = Buffer.from(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`);
  return Buffer.concat([Uint8Array.of(0x93), Buffer.from('NUMPY'), Uint8Array.of(1, 0, header.length, 0), header, new Uint8Array(Float64Array.from(values).buffer)]);
}

describe('what is in a file decides how it is read', () => {
  test('a grey picture: black is 0, white is 1', async () => {
    const path = file('picture.json', await encodePicture({ width: 3, height: 1, channels: 1, data: Uint8Array.of(0, 51, 255) }, 'png'));
    const { name, kind, values } = await readValues(path);
    expect([name, kind, values.toNested()]).toEqual([path, 'picture', [[0, Math.fround(0.2), 1]]]);
  });

  test('a coloured picture: its luma', async () => {
    const path = file('picture', await encodePicture({ width: 3, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255) }, 'png'));
    const { values } = await readValues(path);
    expect(values.shape).toEqual([1, 3]);
    expect([...values.data]).toEqual([0.299, 0.587, 0.114].map(Math.fround));
  });

  test('samples of 16 bits are not rounded to 8', async () => {
    const path = file('deep.png', await encodePicture({ width: 2, height: 1, channels: 1, data: Uint16Array.of(1, 65_535) }, 'png'));
    expect((await readValues(path)).values.toNested()).toEqual([[Math.fround(1 / 65_535), 1]]);
  });

  test('a NumPy array', async () => {
    const { kind, values } = await readValues(file('x.npy', npy([1, -2, 0.1, 4], '(2, 2)')));
    expect([kind, values.toNested()]).toEqual(['numbers', [[1, -2], [Math.fround(0.1), 4]]]);
  });

  test('nested lists in JSON, with or without a mark of the order of bytes', async () => {
    expect((await readValues(file('x.png', ' [[1, 2.5], [-3, 4]]\n'))).values.toNested()).toEqual([[1, 2.5], [-3, 4]]);
    expect((await readValues(file('x.json', '\uFEFF[[7]]'))).values.toNested()).toEqual([[7]]);
  });
});

describe('what is no image is refused', () => {
  const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
  test.each([
    ['one list', '[1, 2]', 'FILE: rows of numbers are expected, such as [[0, 1], [2, 3]], not one list'],
    ['a number', '7', 'FILE: rows of numbers are expected, such as [[0, 1], [2, 3]], not a number'],
    ['an object', '{"kernel": [[1]]}', 'FILE: rows of numbers are expected, such as [[0, 1], [2, 3]], not an object'],
    ['null', 'null', 'FILE: rows of numbers are expected, such as [[0, 1], [2, 3]], not null'],
    ['deep lists', deep, 'FILE: rows of numbers are expected, such as [[0, 1], [2, 3]], not lists within lists within lists: one image of one channel is read'],
    ['a list that is deep in one place', `[[1], ${deep}]`, 'FILE: a list at [1][0], where its neighbours are numbers; lists must be rectangular'],
    ['rows of different lengths', '[[1, 2], [3]]', 'FILE: the list at [1] has 1 elements, its neighbours have 2; lists must be rectangular'],
    ['a text', '[["a"]]', 'FILE: the text "a" at [0][0]; lists must hold finite numbers'],
    ['no rows', '[]', 'FILE: rows of numbers are expected, such as [[0, 1], [2, 3]], not an empty list'],
    ['empty rows', '[[]]', 'FILE: an empty list at [0]; every axis must be at least 1'],
    ['large numbers', '[[1e20, 1]]', 'FILE: its numbers are up to 1.0e+20, and squares of such numbers are beyond float32\n  scale them, to about 1'],
    ['small numbers', '[[1e-20, 0]]', 'FILE: its numbers are up to 1.0e-20, and squares of such numbers are beyond float32\n  scale them, to about 1'],
    ['an empty file', '', 'FILE: the file is empty'],
    ['an array of colours', npy([1, 2, 3], '(1, 1, 3)'), 'FILE: an array of shape [1, 1, 3]; one image of one channel is read: [H, W]'],
    ['an array without elements', npy([], '(0, 3)'), 'FILE: the NumPy array cannot be read: the shape [0, 3] has no elements; arrays have at least one\n  save rows and columns of plain numbers: numpy.save(path, array.astype("<f4"))'],
    ['an array that is cut short', npy([1, 2, 3], '(2, 2)'), 'FILE: the NumPy array cannot be read: the shape [2, 2] of float64 takes 32 bytes, and there are 24\n  save rows and columns of plain numbers: numpy.save(path, array.astype("<f4"))'],
    ['an array of complex numbers', npy([1, 2], '(1, 1)', '<c16'), 'FILE: the NumPy array cannot be read: elements of the type "<c16"; read are b1, u1, i1, u2, i2, u4, i4, u8, i8, f2, f4, f8\n  save rows and columns of plain numbers: numpy.save(path, array.astype("<f4"))'],
    ['not a number', npy([1, 2, Number.NaN, 4], '(2, 2)'), 'FILE: the element [1, 0] is NaN, which is not a finite number'],
    ['an infinity', npy([1, Number.POSITIVE_INFINITY], '(1, 2)'), 'FILE: the element [0, 1] is Infinity, which is not a finite number'],
  ])('%s', async (_, content, message) => {
    const path = file('given', content);
    await expect(readValues(path)).rejects.toThrow(new CommandError(message.replace('FILE', path)));
  });

  test('a text that is not JSON', async () => {
    const path = file('given', '1,2\n3,4\n');
    await expect(readValues(path)).rejects.toThrow(CommandError);
    await expect(readValues(path)).rejects.toThrow(/^[^\n]*: it is not JSON \([^\n]*\)\n {2}give a picture \(such as PNG, JPEG or WebP\), a NumPy array \(\.npy\), or nested lists in JSON$/);
  });

  test('bytes that are nothing, a missing file, a folder, no name', async () => {
    const path = file('given', Uint8Array.from({ length: 100 }, (_, index) => index));
    await expect(readValues(path)).rejects.toThrow(`${path}: not a picture in a format that is read\n`);
    await expect(readValues(join(folder, 'none'))).rejects.toThrow(new CommandError(`${join(folder, 'none')}: there is no such file`));
    mkdirSync(join(folder, 'sub'));
    await expect(readValues(join(folder, 'sub'))).rejects.toThrow(new CommandError(`${join(folder, 'sub')}: a folder, not an image`));
    await expect(readValues('')).rejects.toThrow(new CommandError('the name of the image to read is empty'));
  });
});
