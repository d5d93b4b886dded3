import type { Backend } from '@xcorr/compiler';
import { emitBanded } from './emit-banded.ts';

/**
 * Nests of fewer operations run on the calling thread. So many take about 0.1 ms in Node 20. A thread that sleeps takes
 * its first band 30 to 90 microseconds after it was woken: where there was a second core, two threads did work of 0.16 ms
 * in 0.13, of 0.64 ms in 0.38.
 */
export const crossover = 800_000;

/** `js({ threads })`, on the machine of `js()`. */
export function threaded(machine: Backend['machine'], threads: number, from: number = crossover): Backend<'async'> {
  return {
    name: 'js',
    mode: 'async',
    machine,
    detect: () => Promise.resolve(undefined),
    emit: (program) => ({ program, code: emitBanded(program) }),
    // Whoever runs on one thread loads none of it.
    load: async (artifact) => (await import('./banded-program.ts')).loadOnThreads(artifact, threads, from),
  };
}
