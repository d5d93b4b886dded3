import { js } from '@xcorr/backend-js';
import { describe, expect, test } from 'vitest';
import { expectations } from '../check/expectation.ts';
import { largestError } from '../check/largest-error.ts';
import { smallFilter, smallLayer, smallLearnKernel, smallLearnNet, smallSeparable } from '../testing.ts';
import { learning } from '../workloads/learning.ts';
import type { Workload } from '../workloads/workload.ts';
import { isRefusal, type Contender } from './contender.ts';
import { handJs } from './hand-js.ts';
import { handWasm } from './hand-wasm.ts';
import { naive } from './naive.ts';
import { xcorr } from './xcorr.ts';

// Those who need nothing installed compute the same, twice, the second time of other inputs.

const filters: readonly Workload[] = [smallFilter(9, 19, 1, 2), smallFilter(7, 10, 3, 3), smallFilter(12, 23, 5, 5), smallFilter(13, 15, 7, 7), smallFilter(19, 21, 15, 15), smallSeparable(80, 70)];
const layers: readonly Workload[] = [
  smallLayer({ batch: 2, channels: 3, height: 16, width: 16, features: 8, kernel: 7, stride: 2, padding: 3 }),
  smallLayer({ batch: 1, channels: 5, height: 9, width: 12, features: 4, kernel: 3, stride: 1, padding: 1 }),
  smallLayer({ batch: 1, channels: 6, height: 5, width: 4, features: 8, kernel: 1, stride: 1, padding: 0 }),
];
const training: readonly Workload[] = [smallLearnKernel(40, 21), smallLearnNet(), ...learning.filter(({ name }) => name.startsWith('learn-book'))];
const narrow: readonly Workload[] = [smallFilter(30, 1, 4, 1), smallFilter(17, 17, 17, 17), smallFilter(1, 40, 1, 9), smallFilter(3, 4, 2, 4)];

async function errorOf(contender: Contender, workload: Workload): Promise<number> {
  const { prepare } = await contender.open();
  const job = await prepare(workload);
  if (isRefusal(job)) throw new Error(job.cannot);
  const sets = [workload.inputs(0), workload.inputs(1)];
  const expected = expectations(workload, sets);
  const errors: number[] = [];
  for (const [set, inputs] of sets.entries()) {
    await job.feed(inputs);
    await job.run();
    errors.push(largestError(await job.result(), expected[set]));
  }
  return Math.max(...errors);
}

describe.each([naive, handJs, handWasm, xcorr('xcorr/js', 1, js)])('$name', (contender) => {
  test.each([...filters, ...layers])('$name', async (workload) => {
    expect(await errorOf(contender, workload)).toBeLessThan(2e-6);
  });

  test.each(training.filter((workload) => contender.name !== 'hand/wasm' || !workload.name.startsWith('learn-book')))('$name', async (workload) => {
    expect(await errorOf(contender, workload)).toBeLessThan(2e-5);
  });

  test.runIf(contender.name !== 'hand/wasm').each(narrow)('$name, narrow', async (workload) => {
    expect(await errorOf(contender, workload)).toBeLessThan(2e-6);
  });
});
