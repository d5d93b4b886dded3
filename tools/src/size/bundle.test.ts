import { expect, test } from 'vitest';
import { example } from '../consumer/example.ts';
import { repository } from '../repository.ts';
import { bundle } from './bundle.ts';

test('what nobody uses is left out, and types are no bytes', async () => {
  const { minified, gzipped, modules } = await bundle('function unused() {}\nconst used: number = 1;\nexport { used };\n', repository);
  expect(minified).toBe('var e=1;export{e as used};\n'.length);
  expect(gzipped).toBeGreaterThan(0);
  expect(modules).toEqual([{ path: '<stdin>', bytes: 'var e=1;'.length }]);
});

test('what is imported when it is needed is counted apart', async () => {
  const [now, later] = [await bundle('export const a = 1;\n', repository), await bundle("export const a = 1;\nexport const load = () => import('@xcorr/backend-js');\n", repository)];
  expect(later.minified - now.minified).toBeLessThan(200);
  expect(later.modules.map(({ path }) => path)).toEqual(['<stdin>']);
  expect(now.onDemand).toEqual([]);
  const [js] = later.onDemand;
  expect(js?.name).toBe('index');
  expect(js?.minified).toBeGreaterThan(1000);
});

test('the first example loads neither threads nor devices: they are there on demand', async () => {
  const { onDemand } = await bundle(example(repository).text, repository);
  expect(onDemand.map(({ name }) => name).sort()).toEqual(['banded-program', 'on-device']);
});

test('a module of Node is not there', async () => {
  await expect(bundle("import { readFileSync } from 'node:fs';\nreadFileSync('a');\n", repository)).rejects.toThrow('Could not resolve "node:fs"');
});
