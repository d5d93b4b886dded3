import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

// A backend of WebGL or WebGPU is judged where it runs: browsers load the suite as it is.

const testing = join(import.meta.dirname, '../testing');
const { outputFiles: [bundle], metafile } = await build({
  entryPoints: [join(testing, 'in-browser.ts')],
  bundle: true,
  write: false,
  metafile: true,
  platform: 'browser',
  format: 'iife',
  globalName: 'suite',
  conditions: ['@xcorr/source'],
  // The test runner is there, and is not used.
  alias: { vitest: join(testing, 'no-vitest.ts') },
  logLevel: 'silent',
});

/** What a page without Node's globals finds: for each check its status, and why it was not run. */
async function found(options: string): Promise<Readonly<Record<string, string>>> {
  const results: unknown = await runInContext(`${bundle?.text ?? ''}; suite.outcomes(${options}).then(JSON.stringify)`, createContext({ setTimeout }));
  const read: unknown = JSON.parse(String(results));
  const list: readonly { readonly name: string; readonly status: string; readonly reason?: string }[] = Array.isArray(read) ? read : [];
  return Object.fromEntries(list.map(({ name, status, reason }) => [name, reason === undefined ? status : `${status}: ${reason}`]));
}

test('a bundle for browsers needs nothing of Node', () => {
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(imported.filter((path) => path.startsWith('node:'))).toEqual([]);
});

test('without Node every check that applies passes, or is not run for a reason', async () => {
  const { 'programs: memory': memory, 'numbers: the folder of vectors': vectors, ...others } = await found('{}');
  expect(memory).toBe('not run: this engine does not collect when it is asked to; start it with --expose-gc');
  expect(vectors).toBe('not run: XCORR_VECTORS names no folder, and no vectors were handed over');
  expect(Object.keys(others).length).toBeGreaterThanOrEqual(8);
  expect(new Set(Object.values(others).filter((each) => !each.startsWith('does not apply: ')))).toEqual(new Set(['passed']));
});

test('vectors that are handed over are run', async () => {
  const elements = (...data: readonly number[]): object => ({ shape: [1, 1, 1, data.length], data });
  const attributes = { strides: [1, 1], padding: [[0, 0], [0, 0]], dilations: [1, 1], groups: 1 };
  const vector = (y: number): object => ({ id: 'of two', licence: 'MIT', attributes, x: elements(1, 2), w: elements(3), y: elements(3, y), tolerance: { ulp: 1 } });
  const given = (y: number): string => JSON.stringify({ only: ['numbers: the folder of vectors'], vectors: { correlations: [vector(y)], gradients: [], filters: [] } });
  expect(await found(given(6))).toEqual({ 'numbers: the folder of vectors': 'passed' });
  expect(await found(given(7))).toEqual({ 'numbers: the folder of vectors': 'failed' });
});
