import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCorrelationVectors, readFilterVectors, vectorsFolder } from './vectors.ts';

const folder = mkdtempSync(join(tmpdir(), 'xcorr-vectors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const example = {
  id: 'example',
  licence: 'MIT',
  attrs: { strides: [1, 2], padding: [[0, 1], [2, 3]], dilation: [1, 1], groups: 1 },
  x: { shape: [1, 1, 1, 2], data: [1, 2] },
  w: { shape: [1, 1, 1, 1], data: [3] },
  y: { shape: [1, 1, 1, 2], data: [3, 6] },
  tol: { ulp: 1 },
};

function write(content: object, file = 'corr2d.json'): void {
  writeFileSync(join(folder, file), JSON.stringify(content));
}

test('no folder is named: nothing is asked for; a folder that is not there: an error', () => {
  expect(vectorsFolder({})).toBeUndefined();
  expect(vectorsFolder({ XCORR_VECTORS: folder })).toBe(folder);
  expect(() => vectorsFolder({ XCORR_VECTORS: '/no/such/folder' })).toThrow('XCORR_VECTORS: there is no folder /no/such/folder');
});

test('a case is read with the names that correlate takes', () => {
  write({ count: 1, cases: [example] });
  expect(readCorrelationVectors(folder)).toEqual([
    {
      id: 'example',
      licence: 'MIT',
      attributes: { strides: [1, 2], padding: [[0, 1], [2, 3]], dilations: [1, 1], groups: 1 },
      x: example.x,
      w: example.w,
      bias: undefined,
      y: example.y,
      tolerance: { ulp: 1 },
    },
  ]);
});

test('a filter keeps the words of the library that recorded it, and lacks those that only the other has', () => {
  const filter = {
    id: 'filter',
    licence: 'MIT',
    attrs: { flip: true, boundary: 'symmetric', scipyMode: 'reflect', cval: 5, origin: [-1, 0], outDtype: 'float32' },
    x: { shape: [1, 2], data: [1, 2] },
    w: { shape: [1, 1], data: [3] },
    y: { shape: [1, 2], data: [3, 6] },
    tol: { rtol: 0.5, atol: 0.25 },
  };
  write({ count: 2, cases: [filter, { ...filter, attrs: { flip: false, boundary: 'wrap', cval: 0, size: 'full' } }] }, 'filter2d.json');
  const { attrs, tol, ...same } = filter;
  expect(readFilterVectors(folder)).toEqual([
    { ...same, tolerance: tol, attributes: { boundary: 'symmetric', constant: 5, flip: true, origin: [-1, 0], size: undefined, dtype: 'float32' } },
    { ...same, tolerance: tol, attributes: { boundary: 'wrap', constant: 0, flip: false, origin: undefined, size: 'full', dtype: undefined } },
  ]);
  write({ count: 1, cases: [{ ...filter, attrs: { ...attrs, flip: 1 } }] }, 'filter2d.json');
  expect(() => readFilterVectors(folder)).toThrow('filter2d.json.cases[0].attrs.flip: true or false is expected, not 1');
  write({ count: 1, cases: [{ ...filter, attrs: { ...attrs, boundary: 'mirror' } }] }, 'filter2d.json');
  expect(() => readFilterVectors(folder)).toThrow('filter2d.json.cases[0].attrs.boundary: constant or edge or reflect or symmetric or wrap is expected, not "mirror"');
});

test('cases that are missing, and data that does not fill its shape, are errors', () => {
  write({ count: 2, cases: [example] });
  expect(() => readCorrelationVectors(folder)).toThrow('corr2d.json: 1 cases, 2 are announced');
  write({ count: 1, cases: [{ ...example, y: { shape: [3], data: [1] } }] });
  expect(() => readCorrelationVectors(folder)).toThrow('corr2d.json.cases[0].y: 1 elements do not fill [3]');
});
