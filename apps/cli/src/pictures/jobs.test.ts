import { chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planJobs, type OutputOptions } from './jobs.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-jobs-'));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

const inFolder = (name: string): string => (name === '-' ? name : join(folder, name));

/** The names under which results are written, or the message of the refusal. */
async function plan(sources: readonly string[], output: string, options: Omit<OutputOptions, 'output'> = {}): Promise<unknown> {
  return planJobs(sources.map(inFolder), { output: output === '' ? '' : `${inFolder(output)}${output.endsWith('/') ? '/' : ''}`, ...options }).then(
    (jobs) => jobs.map(({ target, format }) => `${target.replace(`${folder}/`, '')} ${format}`),
    (error: unknown) => (error instanceof Error ? error.message.replaceAll(folder, 'FOLDER') : error),
  );
}

describe('where results go', () => {
  test('one into a file, whose ending says the format', async () => {
    expect(await plan(['a.png'], 'b.JPG')).toEqual(['b.JPG jpeg']);
    expect(await plan(['-'], 'b.webp')).toEqual(['b.webp webp']);
    expect(await plan(['a.png'], 'b.png', { format: 'png' })).toEqual(['b.png png']);
  });

  test('to standard output as PNG, or as asked', async () => {
    expect(await plan(['a.jpg'], '-')).toEqual(['- png']);
    expect(await plan(['a.jpg'], '-', { format: 'jpeg' })).toEqual(['- jpeg']);
  });

  test('several into a folder: names stay, and formats that can be written; it is not yet made', async () => {
    expect(await plan(['x/a.JPEG', 'b.gif', 'c', '-'], 'out')).toEqual(['out/a.JPEG jpeg', 'out/b.png png', 'out/c.png png', 'out/stdin.png png']);
    expect(await plan(['a.jpeg', 'b.png'], 'out', { format: 'jpeg' })).toEqual(['out/a.jpeg jpeg', 'out/b.jpg jpeg']);
    expect(existsSync(inFolder('out'))).toBe(false);
  });

  test('one into a folder, where the name ends as one, or there is one', async () => {
    mkdirSync(inFolder('there'));
    expect(await plan(['a.jpg'], 'there')).toEqual(['there/a.jpg jpeg']);
    expect(await plan(['a.jpg'], 'there', { format: 'webp' })).toEqual(['there/a.webp webp']);
    expect(await plan(['a.png'], 'out/')).toEqual(['out/a.png png']);
  });
});

describe('what is refused before any work', () => {
  test('two results of one name', async () => {
    expect(await plan(['x/a.png', 'y/a.png'], 'out')).toBe('FOLDER/x/a.png and FOLDER/y/a.png would both be written to FOLDER/out/a.png\n  filter them in two runs, into two folders');
    expect(await plan(['a.png', 'a.jpg'], 'out', { format: 'webp' })).toMatch(/^FOLDER\/a\.png and FOLDER\/a\.jpg would both be written to FOLDER\/out\/a\.webp\n/);
    expect(await plan(['a.gif', 'a.png'], 'out')).toMatch(/would both be written to FOLDER\/out\/a\.png\n/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a result in place of an input, of its own or another, by whatever link', async () => {
    writeFileSync(inFolder('a.png'), '');
    linkSync(inFolder('a.png'), inFolder('b.png'));
    expect(await plan(['a.png'], 'a.png')).toBe('FOLDER/a.png is an input, and would be replaced\n  name another output, or add --overwrite');
    expect(await plan(['a.png'], 'b.png')).toBe('FOLDER/b.png is an input, and would be replaced (it is FOLDER/a.png)\n  name another output, or add --overwrite');
    writeFileSync(inFolder('c.png'), '');
    expect(await plan(['a.png', 'c.png'], '.')).toMatch(/a\.png is an input, and would be replaced/);
    expect(await plan(['a.png'], 'a.png', { overwrite: true })).toEqual(['a.png png']);
    expect(await plan(['c.png'], 'a.png')).toEqual(['a.png png']);
  });

  test('outputs that cannot take them', async () => {
    writeFileSync(inFolder('file'), '');
    mkdirSync(inFolder('sub'));
    mkdirSync(inFolder('out'));
    mkdirSync(inFolder('out/a.png'));
    expect(await plan(['a.png'], '')).toBe('the name of the output is empty');
    expect(await plan(['a.png', 'b.png'], '')).toBe('the name of the output is empty');
    expect(await plan(['a.png', 'b.png'], '-')).toBe('2 pictures cannot go to standard output\n  name a folder with --output');
    expect(await plan(['-', '-'], 'out')).toBe('- is given twice; standard input can be read but once');
    expect(await plan(['a.png', 'b.png'], 'c.png')).toBe('FOLDER/c.png names one picture, and 2 are given\n  name a folder with --output');
    expect(await plan(['a.png', 'b.png'], 'file')).toBe('the folder FOLDER/file cannot be made: there is a file of that name\n  name another one with --output');
    expect(await plan(['a.png', 'b.png'], 'file/deep')).toBe('the folder FOLDER/file/deep cannot be made: what should hold it is a file\n  name another one with --output');
    expect(await plan(['a.png'], 'out')).toBe('FOLDER/out/a.png: a folder; give the name of a file in it');
    expect(await plan(['a.png', 'b.png'], 'out')).toBe('FOLDER/out/a.png: a folder; give the name of a file in it');
    expect(await plan(['a.png'], 'b.gif')).toBe('FOLDER/b.gif: the name does not say which format to write\n  let it end in one of .png, .jpg, .jpeg, .webp');
  });
});
