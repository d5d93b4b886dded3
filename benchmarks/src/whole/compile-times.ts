import { performance } from 'node:perf_hooks';
import { js } from '@xcorr/backend-js';
import { compiled } from '../contenders/xcorr.ts';
import { measuredRow, type Row } from '../row.ts';
import { spread } from '../statistics.ts';
import type { Workload } from '../workloads/workload.ts';

/** Milliseconds from the first node of the graph to a program that is ready to run, once the compiler itself is warm. */
export function compileTimes(workloads: readonly Workload[], rounds: number): readonly Row[] {
  const samples = new Map(workloads.map((workload) => [workload, emptySamples()]));
  // The first rounds warm the compiler up.
  for (let round = -5; round < rounds; round++)
    for (const [workload, taken] of samples) {
      const start = performance.now();
      compiled(workload, js());
      if (round >= 0) taken.push(performance.now() - start);
    }
  return [...samples].map(([workload, taken]) => measuredRow({ workload: `compile-${workload.name}`, contender: 'xcorr/js', threads: 1 }, spread(taken), null));
}

function emptySamples(): number[] {
  return [];
}
