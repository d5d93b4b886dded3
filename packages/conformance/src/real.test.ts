import { js } from '@xcorr/backend-js';
import { expect, test } from 'vitest';
import { differential, printReport } from './differential.ts';

/** `npm run test:full` runs more of them. */
const graphs = process.env['XCORR_FULL'] === '1' ? 6000 : 1000;

test('real: a thousand graphs over real numbers, within their error bounds', { timeout: 600_000 }, async () => {
  const report = await differential(js(), { set: 'real', seed: 20_261_121, graphs });
  process.stdout.write(`${printReport(report)}\n`);
  expect(report.failures.length, printReport(report)).toBe(0);
  expect(report.refusals.size).toBe(0);
  // Jumps nearer than the error.
  expect(report.unjudged / report.judged).toBeLessThan(0.01);
  const { primitives, laws, features } = report.coverage;
  const rare = [...primitives, ...laws, ...features].filter(([, count]) => count < 20);
  expect(rare, printReport(report)).toEqual([]);
});
