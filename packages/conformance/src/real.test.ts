import { js } from '@xcorr/backend-js';
import { expect, test } from 'vitest';
import { differential, printReport } from './differential.ts';

test('real: a thousand graphs over real numbers, within their error bounds', { timeout: 120_000 }, async () => {
  const report = await differential(js(), { set: 'real', seed: 20_261_121, graphs: 1000 });
  expect(report.failures.length, printReport(report)).toBe(0);
  expect(report.refusals.size).toBe(0);
  // Jumps nearer than the error.
  expect(report.unjudged / report.judged).toBeLessThan(0.01);
  const { primitives, laws, features } = report.coverage;
  const rare = [...primitives, ...laws, ...features].filter(([, count]) => count < 20);
  expect(rare, printReport(report)).toEqual([]);
});
