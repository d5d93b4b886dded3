import { NdArray, ndarray } from '@xcorr/graph';
import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { anyArray, anyDamage, damaged, namedArrays } from '../../testing/arrays.ts';
import { message, rejection } from '../../testing/message.ts';
import { recorded } from '../../testing/recorded.ts';
import { seeded } from '../../testing/seeded.ts';
import { FormatError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { readNpy, writeNpy } from './npy.ts';
import { readNpz, writeNpz } from './npz.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { encodeText, joined, viewOf } from './text.ts';

const file = (name: string): Uint8Array => recorded(`files/${name}`);

/** What recorded/record-files.py puts into an array. */
function values(count: number, kind: 'fraction' | 'signed' | 'unsigned' | 'boolean' = 'fraction'): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const whole = index - 2;
    return { fraction: whole / 4, signed: whole, unsigned: Math.abs(whole), boolean: Number(whole !== 0) }[kind];
  });
}

function checkRead(array: NdArray | undefined, shape: readonly number[], kind?: 'fraction' | 'signed' | 'unsigned' | 'boolean'): void {
  expect(array?.shape).toEqual(shape);
  expect([...(array?.data ?? [])]).toEqual(values(shape.reduce((a, b) => a * b, 1), kind));
}

/** That nothing but a FormatError comes of it, and no array larger than the file could hold. */
async function checkDamaged(read: () => unknown): Promise<void> {
  const outcome: unknown = await Promise.resolve()
    .then(read)
    .catch((error: unknown) => error);
  if (outcome instanceof Error) expect(outcome).toBeInstanceOf(FormatError);
}

test('the checksum of the digits 1 to 9 is the published one', () => {
  expect(crc32(encodeText('123456789'))).toBe(0xcbf43926);
  expect(crc32(encodeText('6789'), crc32(encodeText('12345')))).toBe(0xcbf43926);
});

describe('npy, as NumPy writes it', () => {
  test.each(['little-f2', 'little-f4', 'little-f8', 'big-f4', 'big-f8', 'version-2', 'version-3'])('%s', (name) => {
    checkRead(readNpy(file(`${name}.npy`)), [2, 3]);
  });

  test.each([
    { name: 'u1', kind: 'unsigned' },
    { name: 'i1', kind: 'signed' },
    { name: 'little-i2', kind: 'signed' },
    { name: 'little-u2', kind: 'unsigned' },
    { name: 'big-i4', kind: 'signed' },
    { name: 'little-u4', kind: 'unsigned' },
    { name: 'little-i8', kind: 'signed' },
    { name: 'little-u8', kind: 'unsigned' },
    { name: 'b1', kind: 'boolean' },
  ] as const)('$name', ({ name, kind }) => {
    checkRead(readNpy(file(`${name}.npy`)), [2, 3], kind);
  });

  test('scalars, vectors, four axes, Fortran’s order', () => {
    checkRead(readNpy(file('scalar.npy')), []);
    checkRead(readNpy(file('vector.npy')), [11]);
    checkRead(readNpy(file('four-axes.npy')), [2, 1, 3, 2]);
    checkRead(readNpy(file('fortran.npy')), [2, 3, 4]);
  });

  test.each(['scalar.npy', 'vector.npy', 'four-axes.npy', 'little-f4.npy', 'little-f8.npy', 'u1.npy'])('%s is written byte for byte as NumPy does', (name) => {
    expect(writeNpy(readNpy(file(name)))).toEqual(file(name));
  });

  test('what is not read is named', () => {
    expect(message(() => readNpy(file('objects.npy')))).toBe('npy: an array of Python objects, which are pickled; only arrays of numbers are read');
    expect(message(() => readNpy(file('records.npy')))).toBe('npy: an array of records; only arrays of numbers are read');
    expect(message(() => readNpy(file('complex.npy')))).toContain('npy: elements of the type "<c8"; read are b1, u1');
    expect(message(() => readNpy(file('empty.npy')))).toBe('npy: the shape [0, 3] has no elements; arrays have at least one');
    expect(message(() => readNpy(file('vector.npy').slice(0, -1)))).toBe('npy: the shape [11] of float32 takes 44 bytes, and there are 43');
    expect(message(() => readNpy(encodeText('not NumPy at all')))).toBe('npy: the file does not begin as one of NumPy does');
    expect(message(() => readNpy(file('vector.npy').slice(0, 20)))).toBe('npy: the file is cut short in its header');
  });

  test('a shape that no memory holds is refused by the bytes that are there', () => {
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }\n";
    const prefix = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0);
    expect(message(() => readNpy(joined([prefix, encodeText(header), new Uint8Array(8)])))).toContain('and there are 8');
  });

  test('whole numbers that float64 does not hold are refused', () => {
    const bytes = file('little-i8.npy');
    viewOf(bytes).setBigInt64(128, 2n ** 53n, true);
    expect(message(() => readNpy(bytes))).toBe('the whole number 9007199254740992 is beyond 2^53: float64 does not hold it exactly');
  });
});

describe('npz', () => {
  test.each(['stored.npz', 'deflated.npz'])('%s, as NumPy writes it', async (name) => {
    const arrays = await readNpz(file(name));
    expect([...arrays.keys()]).toEqual(['0.weight', '0.bias']);
    checkRead(arrays.get('0.weight'), [2, 1, 3, 3]);
    checkRead(arrays.get('0.bias'), [2]);
    expect(arrays.get('0.bias')?.data).toBeInstanceOf(Float64Array);
  });

  test('errors', async () => {
    expect(await rejection(readNpz(encodeText('no archive, but long enough to be one')))).toBe('zip: there is no directory at its end: it is no zip file, or cut short');
    expect(await rejection(readNpz(file('stored.npz'), { byteLimit: 100 }))).toContain('bytes unpacked, and at most 100 are read');
    const changed = file('stored.npz');
    const last = changed.findLastIndex((byte, index) => byte === 0xbf && index < 500);
    changed[last] = 0x3f;
    expect(await rejection(readNpz(changed))).toMatch(/^zip: "0\.\w+\.npy" is damaged: its checksum is wrong$/);
    expect(message(() => writeNpz([['a', ndarray(1)], ['a', ndarray(2)]]))).toBe('npz: two arrays are named "a"');
  });

  test('what claims to be small and is large is stopped when it is larger', async () => {
    const bomb = writeNpz([['a', new NdArray([2 ** 20], new Uint8Array(2 ** 20))]]);
    const content = deflateRawSync(bomb.slice(35, 35 + 2 ** 20));
    // The entry as it was written, with other content: deflated, and said to have 64 bytes.
    const [local, central] = [bomb.slice(0, 35), bomb.slice(-(46 + 5 + 22), -22)];
    for (const [header, at] of [[local, 8], [central, 10]] as const) viewOf(header).setUint16(at, 8, true);
    for (const [header, at] of [[local, 18], [central, 20]] as const) viewOf(header).setUint32(at, content.length, true);
    for (const [header, at] of [[local, 22], [central, 24]] as const) viewOf(header).setUint32(at, 64, true);
    const end = bomb.slice(-22);
    viewOf(end).setUint32(16, 35 + content.length, true);
    expect(await rejection(readNpz(joined([local, content, central, end])))).toBe('zip: "a.npy" has more than the 64 bytes that it was said to have');
    for (const [header, at] of [[local, 22], [central, 24]] as const) viewOf(header).setUint32(at, 2 ** 30, true);
    expect(await rejection(readNpz(joined([local, content, central, end])))).toBe('zip: "a.npy" has 1048576 bytes, and 1073741824 were said');
    content.fill(0xff, 0, 10);
    expect(await rejection(readNpz(joined([local, content, central, end])))).toBe('zip: "a.npy" is damaged: it cannot be unpacked');
  });
});

describe('safetensors', () => {
  test('as the library of that name writes it, byte for byte', () => {
    const { arrays, metadata } = readSafetensors(file('ours.safetensors'));
    checkRead(arrays.get('0.weight'), [2, 1, 3, 3]);
    checkRead(arrays.get('0.bias'), [2]);
    checkRead(arrays.get('10'), [3], 'unsigned');
    checkRead(arrays.get('scalar'), []);
    expect([...metadata]).toEqual([['epoch', '7']]);
    expect(writeSafetensors(arrays, Object.fromEntries(metadata))).toEqual(file('ours.safetensors'));
  });

  test('every type that float32 or float64 holds', () => {
    const { arrays } = readSafetensors(file('types.safetensors'));
    for (const [name, array] of arrays) checkRead(array, [2, 3], name.startsWith('f') ? 'fraction' : name.startsWith('i') ? 'signed' : name.startsWith('u') ? 'unsigned' : 'boolean');
    expect(arrays.size).toBe(12);
  });

  test('bfloat16 is the upper half of float32, float16 has subnormal numbers', () => {
    const { arrays } = readSafetensors(withHeader({ b: tensor('BF16', [2], 0, 4), h: tensor('F16', [4], 4, 12) }, Uint8Array.of(0x80, 0x3f, 0x20, 0xc0, 1, 0, 0, 0x7c, 0, 0x80, 0xff, 0x7b)));
    expect(arrays.get('b')?.toNested()).toEqual([1, -2.5]);
    expect(arrays.get('h')?.toNested()).toEqual([2 ** -24, Infinity, -0, 65504]);
  });

  test('errors', () => {
    const whole = file('ours.safetensors');
    expect(message(() => readSafetensors(new Uint8Array(7)))).toBe('safetensors: 7 bytes; a file has at least 8, the length of its header');
    expect(message(() => readSafetensors(new Uint8Array(8).fill(255)))).toContain('safetensors: a header of 18446744073709551615 bytes; this is no such file');
    expect(message(() => readSafetensors(whole.slice(0, 100)))).toContain('in a file of 100: it is cut short');
    expect(message(() => readSafetensors(whole.slice(0, -1)))).toBe('safetensors: the tensor "10" ends at byte 95 of the data, and there are 94: the file is cut short');
    expect(message(() => readSafetensors(joined([whole, new Uint8Array(2)])))).toBe('safetensors: 2 bytes behind the last tensor');
    expect(message(() => readSafetensors(withHeader('{')))).toBe('safetensors: the header is no JSON');
    expect(message(() => readSafetensors(withHeader([])))).toBe('safetensors: the header is no object');
    expect(message(() => readSafetensors(withHeader({ a: tensor('F8_E4M3', [1], 0, 1) }, new Uint8Array(1))))).toContain('safetensors: the tensor "a" is of the type "F8_E4M3"; read are BOOL, U8');
    expect(message(() => readSafetensors(withHeader({ a: tensor('toString', [1], 0, 1) }, new Uint8Array(1))))).toContain('is of the type "toString"');
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(message(() => readSafetensors(withHeader(`{"a":{"dtype":${deep},"shape":[],"data_offsets":[0,0]}}`)))).toContain('safetensors: the tensor "a" is of the type a value of type object');
    expect(message(() => readSafetensors(withHeader(`{"a":{"dtype":"U8","shape":[${deep}],"data_offsets":[0,0]}}`)))).toBe('safetensors: the tensor "a": a value of type object is no size of an axis');
    expect(message(() => readSafetensors(withHeader({ a: tensor('F32', [3], 0, 8) }, new Uint8Array(8))))).toBe('safetensors: the tensor "a": the shape [3] of float32 takes 12 bytes, and there are 8');
    expect(message(() => readSafetensors(withHeader({ a: tensor('U8', [2], 0, 2), b: tensor('U8', [2], 1, 3) }, new Uint8Array(3))))).toBe('safetensors: the tensor "b" begins at byte 1 of the data, and the one before it ends at 2');
    expect(message(() => readSafetensors(withHeader({ a: tensor('U8', [1.5], 0, 2) }, new Uint8Array(2))))).toBe('safetensors: the tensor "a": 1.5 is no size of an axis');
    expect(message(() => readSafetensors(withHeader({ a: tensor('U8', [0], 0, 0) })))).toContain('has no elements');
    expect(message(() => readSafetensors(withHeader({ a: tensor('U8', Array.from({ length: 40 }, () => 1), 0, 1) }, new Uint8Array(1))))).toContain('40 axes; at most 32 are read');
    expect(message(() => readSafetensors(withHeader({ __metadata__: { a: 1 } })))).toBe('safetensors: the metadata "a" is no text');
    expect(message(() => writeSafetensors([['__metadata__', ndarray(1)]]))).toBe("safetensors: the name __metadata__ is the format's own");
    expect(message(() => writeSafetensors([['a', ndarray(1)], ['a', ndarray(2)]]))).toBe('safetensors: two arrays are named "a"');
  });
});

function tensor(dtype: string, shape: readonly number[], begin: number, end: number): unknown {
  return { dtype, shape, data_offsets: [begin, end] };
}

/** A file with this header, as it is or as JSON. */
function withHeader(header: unknown, data = new Uint8Array()): Uint8Array {
  const text = encodeText(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  viewOf(length).setUint32(0, text.length, true);
  return joined([length, text, data]);
}

describe('what is written is read again', () => {
  test('npy', () => {
    fc.assert(fc.property(anyArray, (array) => {
      expect(readNpy(writeNpy(array))).toEqual(array);
    }), seeded(200));
  });

  test('npz', async () => {
    await fc.assert(fc.asyncProperty(namedArrays, async (arrays) => {
      expect(await readNpz(writeNpz(arrays))).toEqual(arrays);
    }), seeded(100));
  });

  test('safetensors', () => {
    const usable = namedArrays.filter((arrays) => !arrays.has('__metadata__'));
    fc.assert(fc.property(usable, fc.dictionary(fc.string(), fc.string()), (arrays, metadata) => {
      const read = readSafetensors(writeSafetensors(arrays, metadata));
      // Maps are equal in any order.
      expect(read.arrays).toEqual(arrays);
      expect(read.metadata).toEqual(new Map(Object.entries(metadata)));
    }), seeded(200));
  });
});

describe('damaged files give an error of the format, or what they still hold', () => {
  const damages = fc.array(anyDamage, { minLength: 1, maxLength: 4 });

  test('npy', async () => {
    await fc.assert(fc.asyncProperty(anyArray, damages, async (array, list) => checkDamaged(() => readNpy(damaged(writeNpy(array), list)))), seeded(1000));
  });

  test('safetensors', async () => {
    const usable = namedArrays.filter((arrays) => !arrays.has('__metadata__'));
    await fc.assert(fc.asyncProperty(usable, damages, async (arrays, list) => checkDamaged(() => readSafetensors(damaged(writeSafetensors(arrays, { a: 'b' }), list)))), seeded(1000));
  });

  test('npz, stored and deflated', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom('stored.npz', 'deflated.npz'), damages, async (name, list) => checkDamaged(async () => readNpz(damaged(file(name), list)))), seeded(1000));
  });

  test('any bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      await checkDamaged(() => readNpy(bytes));
      await checkDamaged(() => readSafetensors(bytes));
      await checkDamaged(async () => readNpz(bytes));
    }), seeded(300));
  });
});
