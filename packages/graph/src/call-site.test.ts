import { expect, test } from 'vitest';
import { captureCallSite, printCallSite } from './call-site.ts';
import { corr2d } from './ops/convolution.ts';
import { input } from './ops/source.ts';
import { callSiteOf, type Tensor } from './tensor.ts';

/** The line of this file that calls this function. */
function here(): string {
  return printCallSite(captureCallSite(here)) ?? '';
}

function siteOf(tensor: Tensor): string {
  return printCallSite(callSiteOf(tensor)) ?? '';
}

test('a tensor knows the line that made it', () => {
  const [made, line] = [input('X', [1]), here()];
  expect(siteOf(made)).toBe(line);
  expect(line).toMatch(/^call-site\.test\.ts:\d+$/);
});

test('the line is the caller’s, however deep the operation builds', () => {
  const [y, line] = [corr2d(input('X', [2, 2]), [[12.5]]), here()];
  const weight = y.inputs[0]?.inputs[1];
  expect(siteOf(y)).toBe(line);
  expect(weight === undefined ? '' : siteOf(weight)).toBe(line);
});

test.each([
  ['    at build (/home/anna/edges.ts:12:9)', 'edges.ts:12'],
  ['    at file:///home/anna/edges.ts:12:9', 'edges.ts:12'],
  ['    at async Promise.all (file:///home/anna/my%20work/edges.ts:12:9)', 'edges.ts:12'],
  ['    at build (C:\\work\\edges.ts:12:9)', 'edges.ts:12'],
  ['    at https://example.org/assets/edges.js?v=3:12:9', 'edges.js:12'],
  ['build@https://example.org/assets/edges.js:12:9', 'edges.js:12'],
  ['    at add (/home/anna/node_modules/@xcorr/graph/dist/ops.js:3:1)\n    at /home/anna/edges.ts:12:9', 'edges.ts:12'],
  ['    at compile (/home/anna/node_modules/xcorr/dist/index.js:3:1)', undefined],
  ['    at node:internal/main:3:1', undefined],
  ['', undefined],
])('the trace %j', (stack, site) => {
  expect(printCallSite({ stack: `Error\n${stack}` })).toBe(site);
});

test('without a trace there is no line', () => {
  expect(printCallSite(undefined)).toBeUndefined();
  expect(printCallSite({})).toBeUndefined();
});
