import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { ndarray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { useTemporaryFolder } from '../../testing/folder.ts';
import { rejection } from '../../testing/message.ts';
import { Dense, initialise, initialValues, load } from '../index.ts';
import { checkpointFile, readParameters, writeParameters } from './index.ts';

const { path, folder } = useTemporaryFolder();

describe('parameters', () => {
  const network = initialise(Dense(2), [1, 3], { seed: 3 });

  test.each(['a.safetensors', 'a.npz', 'A.NPZ'])('%s', async (name) => {
    await writeParameters(path(name), initialValues(network));
    const read = await readParameters(path(name));
    expect(read).toEqual(initialValues(network));
    expect(initialValues(load(initialise(Dense(2), [1, 3]), read))).toEqual(initialValues(network));
    expect(readdirSync(folder())).toEqual([name]);
  });

  test('a.npy holds one array', async () => {
    await writeParameters(path('a.npy'), [['weight', ndarray([[1, 2]])]]);
    expect((await readParameters(path('a.npy'))).get('array')?.toNested()).toEqual([[1, 2]]);
    expect(await rejection(writeParameters(path('a.npy'), initialValues(network)))).toBe('npy: 2 arrays, and a file holds one; write .npz or .safetensors');
  });

  test('errors name the file', async () => {
    expect(await rejection(readParameters(path('none.npz')))).toBe(`${path('none.npz')}: there is no such file`);
    expect(await rejection(readParameters(path('a.txt')))).toBe(`${path('a.txt')}: the name does not say of which format it is; let it end in .safetensors, .npz, .npy`);
    expect(await rejection(readParameters(path('toString')))).toContain('does not say of which format');
    writeFileSync(path('a.npz'), 'no archive');
    expect(await rejection(readParameters(path('a.npz')))).toBe(`${path('a.npz')}: zip: there is no directory at its end: it is no zip file, or cut short`);
    expect(await rejection(readParameters(path('a.npz'), { byteLimit: 9 }))).toBe(`${path('a.npz')}: 10 bytes, and at most 9 are read; raise byteLimit if that is right`);
    mkdirSync(path('b.npz'));
    expect(await rejection(readParameters(path('b.npz')))).toBe(`${path('b.npz')}: not a plain file`);
    expect(await rejection(writeParameters(path('none/a.npz'), []))).toBe(`${path('none/a.npz')}: cannot be written (ENOENT)\n  look at the folder ${path('none')}: that it is there, may be written to, and has room`);
  });
});

describe('a checkpoint', () => {
  test('is replaced whole, and what stood half written beside it is taken over', async () => {
    expect((await checkpointFile(path('run'))).bytes).toBe(undefined);
    writeFileSync(path('.run.xcorr-tmp'), 'half of a longer checkp');
    const { save } = await checkpointFile(path('run'));
    await save(Uint8Array.of(1, 2, 3));
    await save(Uint8Array.of(4, 5));
    expect((await checkpointFile(path('run'))).bytes).toEqual(Uint8Array.of(4, 5));
    expect(readdirSync(folder())).toEqual(['run']);
  });

  test('what cannot be written leaves the old one', async () => {
    const { save } = await checkpointFile(path('run'));
    await save(Uint8Array.of(1));
    mkdirSync(path('.run.xcorr-tmp'));
    expect(await rejection(save(Uint8Array.of(2)))).toContain('cannot be written (EISDIR)');
    expect([...readFileSync(path('run'))]).toEqual([1]);
  });

  test('a link keeps pointing where it did', async () => {
    writeFileSync(path('real'), '');
    symlinkSync(path('real'), path('link'));
    await (await checkpointFile(path('link'))).save(Uint8Array.of(7));
    expect(lstatSync(path('link')).isSymbolicLink()).toBe(true);
    expect([...readFileSync(path('real'))]).toEqual([7]);
  });
});
