import { borderModes } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { checkedFile, recordedFiles } from './recorded-file.ts';

test('the file says where its numbers come from', () => {
  const { about, cases } = recordedFiles.tensorflow();
  expect(about).toEqual({ library: 'TensorFlow.js', version: '4.22.0', kernels: '@tensorflow/tfjs-backend-cpu 4.22.0', licence: 'Apache-2.0', dtype: 'float32' });
  expect(cases.length).toBeGreaterThanOrEqual(75);
  expect(new Set(cases.map(({ operation }) => operation)).size).toBeGreaterThanOrEqual(35);
});

test('every border is recorded of a picture that is smaller than it too', () => {
  const { about, cases } = recordedFiles.borders();
  expect(about).toEqual({ library: 'NumPy, SciPy', version: '2.4.6, 1.17.1', licence: 'BSD-3-Clause', dtype: 'float64' });
  for (const operation of ['extend', 'gradient of extend', 'filter'])
    for (const mode of borderModes) {
      const found = cases.filter((each) => each.operation === operation && each.attributes['mode'] === mode);
      expect(found.length).toBeGreaterThanOrEqual(4);
      expect(found.some(({ id }) => id.includes(operation === 'filter' ? 'larger than the picture' : 'three times the picture'))).toBe(true);
    }
});

test('every number is one that float32 holds', () => {
  const all = [recordedFiles.tensorflow(), recordedFiles.borders()].flatMap(({ cases }) => cases);
  for (const { inputs } of all) for (const { data } of Object.values(inputs)) expect(data.every((value) => Math.abs(Math.fround(value) - value) <= 1e-8)).toBe(true);
});

test.each([
  ['[]', 'recorded: the file is not an object'],
  ['{"about": {}, "cases": {}}', 'recorded: cases is not a list'],
  ['{"about": {}, "cases": [{"operation": 1}]}', 'recorded: cases[0].operation is not a text'],
  ['{"about": {}, "cases": [{"operation": "a", "id": "b", "attributes": {}, "inputs": {"x": {"shape": [2], "data": [1]}}}]}', 'recorded: cases[0].inputs.x.data is not a list of 2 numbers'],
])('%s', (json, message) => {
  expect(() => checkedFile(JSON.parse(json))).toThrow(new TypeError(message));
});
