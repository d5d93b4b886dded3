import { expect, test } from 'vitest';
import { readRecordedFile, recordedFile } from './recorded-file.ts';

test('the file says where its numbers come from', () => {
  const { about, cases } = recordedFile();
  expect(about).toEqual({ library: 'TensorFlow.js', version: '4.22.0', kernels: '@tensorflow/tfjs-backend-cpu 4.22.0', licence: 'Apache-2.0', dtype: 'float32' });
  expect(cases.length).toBeGreaterThanOrEqual(75);
  expect(new Set(cases.map(({ operation }) => operation)).size).toBeGreaterThanOrEqual(35);
});

test('every number is one that float32 holds', () => {
  for (const { inputs } of recordedFile().cases) for (const { data } of Object.values(inputs)) expect(data.every((value) => Math.abs(Math.fround(value) - value) <= 1e-8)).toBe(true);
});

test.each([
  ['[]', 'vectors.json: the file is not an object'],
  ['{"about": {}, "cases": {}}', 'vectors.json: cases is not a list'],
  ['{"about": {}, "cases": [{"operation": 1}]}', 'vectors.json: cases[0].operation is not a text'],
  ['{"about": {}, "cases": [{"operation": "a", "id": "b", "attributes": {}, "inputs": {"x": {"shape": [2], "data": [1]}}}]}', 'vectors.json: cases[0].inputs.x.data is not a list of 2 numbers'],
])('%s', (json, message) => {
  expect(() => readRecordedFile(json)).toThrow(new TypeError(message));
});
