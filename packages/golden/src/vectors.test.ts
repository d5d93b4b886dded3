import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCorrelationVectors, vectorsFolder } from './vectors.ts';

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

function write(content: object): void {
  writeFileSync(join(folder, 'corr2d.json'), JSON.stringify(content));
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

test('cases that are missing, and data that does not fill its shape, are errors', () => {
  write({ count: 2, cases: [example] });
  expect(() => readCorrelationVectors(folder)).toThrow('corr2d.json: 1 cases, 2 are announced');
  write({ count: 1, cases: [{ ...example, y: { shape: [3], data: [1] } }] });
  expect(() => readCorrelationVectors(folder)).toThrow('corr2d.json.cases[0].y: 1 elements do not fill [3]');
});
