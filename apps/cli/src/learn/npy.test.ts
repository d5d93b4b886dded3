import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CommandError } from '../command-error.ts';
import { isNpy, readNpy } from './npy.ts';

/** Files that NumPy wrote: see numpy-arrays.py. */
const lines = readFileSync(join(import.meta.dirname, '__golden__/numpy-arrays.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
const numbersOf = (text: string): readonly number[] => text.split(',').map(Number);

const read = lines.filter((line) => !line.startsWith('refused')).map((line) => {
  const [descr = '', version = '', order = '', shape = '', values = '', file = ''] = line.split(' ');
  return { descr, version, order, shape: numbersOf(shape), values: numbersOf(values), bytes: bytesOf(file) };
});
const refused = lines.filter((line) => line.startsWith('refused')).map((line) => {
  const words = line.split(' ');
  return { what: words.slice(1, -1).join(' '), bytes: bytesOf(words.at(-1) ?? '') };
});

/** A file as NEP 1 describes it, from its header's text. */
function fileWith(dictionary: string, data: readonly number[] = [], version = 1): Uint8Array {
  const text = Buffer.from(`${dictionary}\n`, 'latin1');
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), version, 0, ...length, ...text, ...data]);
}

describe('files that NumPy wrote', () => {
  test('are of every plain type, order of bytes and of axes, and version', () => {
    expect(new Set(read.map(({ descr }) => descr)).size).toBe(3 + 2 * 9);
    expect(new Set(read.map(({ version, order }) => `${version} ${order}`)).size).toBe(6);
    expect(refused.length).toBe(9);
  });

  test.each(read)('$descr, version $version, order $order, $shape', ({ shape, values, bytes, version }) => {
    expect(isNpy(bytes)).toBe(true);
    expect(`${bytes[6] ?? ''}.${bytes[7] ?? ''}`).toBe(version);
    const array = readNpy(bytes, 'x.npy');
    expect(array.shape).toEqual(shape);
    expect([...array.data]).toEqual(values);
  });

  test.each(refused)('with $what are refused', ({ what, bytes }) => {
    expect(() => readNpy(bytes, 'x.npy')).toThrow(CommandError);
    expect(() => readNpy(bytes, 'x.npy')).toThrow(`x.npy: the NumPy array ${what === 'named fields' ? 'has' : 'holds'} ${what}`);
  });
});

describe('headers that NumPy does not write, and damage', () => {
  test('Python 2 wrote sizes with an L, and quotation marks may be double', () => {
    const bytes = fileWith('{"descr": "|u1", "fortran_order": False, "shape": (2L, 1L), }', [7, 9]);
    expect(readNpy(bytes, 'x.npy')).toEqual({ shape: [2, 1], data: Float64Array.of(7, 9) });
  });

  test('a header may be longer than a byte can say', () => {
    const dictionary = `{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), }${' '.repeat(500)}`;
    for (const version of [1, 2, 3]) expect([...readNpy(fileWith(dictionary, [7, 9], version), 'x.npy').data]).toEqual([7, 9]);
  });

  test('half precision knows infinities and not-a-number', () => {
    const bytes = fileWith("{'descr': '<f2', 'fortran_order': False, 'shape': (4,), }", [0, 0x7c, 0, 0xfc, 1, 0x7e, 0, 0x80]);
    expect([...readNpy(bytes, 'x.npy').data]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, -0]);
  });

  const plain = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }";
  test.each([
    [fileWith(plain, [1, 2, 3]), 'x.npy: the NumPy file is cut short: the shape [2, 2] of "|u1" needs 4 bytes, there are 3\n  save the one array anew: numpy.save(path, array)'],
    [fileWith(plain, [1, 2, 3, 4, 5]), 'x.npy: the NumPy file goes on after its array: the shape [2, 2] of "|u1" needs 4 bytes, there are 5\n  save the one array anew: numpy.save(path, array)'],
    [fileWith(plain).subarray(0, 40), 'x.npy: the NumPy file is cut short within its header\n  save the array anew: numpy.save(path, array)'],
    [fileWith(plain).subarray(0, 6), 'x.npy: the NumPy file is cut short within its header\n  save the array anew: numpy.save(path, array)'],
    [fileWith(plain, [], 4), 'x.npy: a NumPy file of version 4.0; versions 1.0, 2.0 and 3.0 are known\n  save the array anew: numpy.save(path, array)'],
    [fileWith("{'descr': '<q9', 'fortran_order': False, 'shape': (1, 1), }"), 'x.npy: the NumPy array holds the type "<q9", not plain real numbers\n  save plain numbers: numpy.save(path, array.astype("<f4"))'],
    [fileWith("{'fortran_order': False, 'shape': (1, 1), }"), 'x.npy: the header of the NumPy file does not say descr, fortran_order and shape as NumPy writes them\n  save the array anew: numpy.save(path, array)'],
    [fileWith("{'descr': '|u1', 'fortran_order': 0, 'shape': (1, 1), }"), 'x.npy: the header of the NumPy file does not say descr, fortran_order and shape as NumPy writes them\n  save the array anew: numpy.save(path, array)'],
    [fileWith("{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 1), }"), 'x.npy: the header of the NumPy file does not say descr, fortran_order and shape as NumPy writes them\n  save the array anew: numpy.save(path, array)'],
    [fileWith("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999, 1), }"), 'x.npy: the header of the NumPy file does not say descr, fortran_order and shape as NumPy writes them\n  save the array anew: numpy.save(path, array)'],
    [fileWith("{'descr': '<f8', 'fortran_order': True, 'shape': (4000000000, 4000000), }"), 'x.npy: the NumPy file is cut short: the shape [4000000000, 4000000] of "<f8" needs 128000000000000000 bytes, there are 0\n  save the one array anew: numpy.save(path, array)'],
  ])('%#', (bytes, message) => {
    expect(() => readNpy(bytes, 'x.npy')).toThrow(new CommandError(message));
  });

  test('whatever follows the magic text, what is thrown is designed', () => {
    const bytes = fc.tuple(fc.constantFrom(1, 2, 3), fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...read)).chain(([version, tail, { bytes: whole }]) =>
      fc.constantFrom(Uint8Array.from([0x93, ...Buffer.from('NUMPY'), version, 0, ...tail]), Uint8Array.from([...whole.subarray(0, 10 + tail.length), ...tail])),
    );
    fc.assert(
      fc.property(bytes, (file) => {
        try {
          readNpy(file, 'x.npy');
        } catch (error) {
          expect(error).toBeInstanceOf(CommandError);
        }
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });
});
