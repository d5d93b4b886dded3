import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readKernelFile } from './kernel-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-kernel-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function read(text: string): Promise<unknown> {
  const path = join(folder, 'k.json');
  writeFileSync(path, text);
  return readKernelFile(path).catch((error: unknown) => (error instanceof Error ? error.message.replaceAll(folder, 'FOLDER') : error));
}

test('a kernel alone, or in an object with other things', async () => {
  expect(await read('[[1, -1], [0, 0.5]]')).toEqual({ kernel: [[1, -1], [0, 0.5]] });
  expect(await read('{ "loss": 0.1, "kernel": [[1, -1]] }')).toEqual({ kernel: [[1, -1]] });
});

test('a bias beside it, unless that is 0', async () => {
  expect(await read('{ "kernel": [[1, -1]], "bias": -0.25 }')).toEqual({ kernel: [[1, -1]], bias: -0.25 });
  expect(await read('{ "kernel": [[1, -1]], "bias": 0 }')).toEqual({ kernel: [[1, -1]] });
});

test('the kernel of a strict convolution is flipped, to be correlated', async () => {
  expect(await read('{ "kernel": [[1, 2], [3, 4]], "convolve": true }')).toEqual({ kernel: [[4, 3], [2, 1]] });
  expect(await read('{ "kernel": [[1, 2], [3, 4]], "convolve": false }')).toEqual({ kernel: [[1, 2], [3, 4]] });
});

test.each([
  ['{ "kernels": [[1]] }', 'FOLDER/k.json: there is no "kernel" in it\n  { "kernel": [[1, -1]] } is expected, or rows of taps alone'],
  ['{ "kernel": [[1]], "bias": "1" }', 'FOLDER/k.json: the bias is "1"\n  a number is expected, which is added to every response (1 is white)'],
  ['{ "kernel": [[1]], "bias": 1e300 }', 'FOLDER/k.json: the bias is 1e+300\n  a number is expected, which is added to every response (1 is white)'],
  ['[[1e39, 0]]', 'the kernel in FOLDER/k.json: its taps are up to 1.0e+39, and squares of such responses are beyond float32\n  scale the taps, to about 1'],
  ['[]', 'the kernel in FOLDER/k.json: it has no rows\n  give at least one tap'],
  ['[[]]', 'the kernel in FOLDER/k.json: row 1 has no taps\n  give at least one tap'],
  ['[1, 2]', 'the kernel in FOLDER/k.json: row 1 is not a list of taps; rows of taps are expected, such as [[1, -1], [0, 0]]'],
  ['{ "kernel": 3 }', 'the kernel in FOLDER/k.json: rows of taps are expected, such as [[1, -1], [0, 0]]'],
  ['null', 'the kernel in FOLDER/k.json: rows of taps are expected, such as [[1, -1], [0, 0]]'],
  ['[[1, null]]', 'the kernel in FOLDER/k.json: tap 2 of row 1 is null, which is not a finite number'],
  ['[[1, "2"]]', 'the kernel in FOLDER/k.json: tap 2 of row 1 is "2", which is not a finite number'],
  ['[[1, 1e999]]', 'the kernel in FOLDER/k.json: tap 2 of row 1 is Infinity, which is not a finite number'],
  ['[[1, 2], [3]]', 'the kernel in FOLDER/k.json: row 1 has 2 taps, row 2 has 1 tap\n  give every row as many'],
  ['[[[1]]]', 'the kernel in FOLDER/k.json: tap 1 of row 1 is [1], which is not a finite number'],
])('%s is refused', async (text, message) => {
  expect(await read(text)).toBe(message);
});

test('what is no JSON, no file, or too large', async () => {
  expect(await read('[[1, NaN]]')).toMatch(/^FOLDER\/k\.json: it is not JSON \(.+\)\n {2}\{ "kernel": \[\[1, -1\]\] \} is expected, or rows of taps alone$/);
  expect(await read(' '.repeat(16_000_001))).toBe('FOLDER/k.json: 16000001 bytes are more than a kernel takes\n  a kernel is given by name, as taps, or in a JSON file');
  await expect(readKernelFile(folder)).rejects.toThrow(`${folder}: not a file, from which a kernel could be read\n  a kernel is given by name, as taps, or in a JSON file`);
  await expect(readKernelFile(join(folder, 'none.json'))).rejects.toThrow('there is no such file\n  a kernel is given by name, as taps, or in a JSON file');
});
