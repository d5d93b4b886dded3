import type { Backend } from '@xcorr/compiler';
import type { ThreadCosts } from './division.ts';
import { emitBanded } from './emit-banded.ts';

/** `js({ threads })`, on the machine of `js()`. What threads cost is as measured, unless it is given. */
export function threaded(machine: Backend['machine'], threads: number, costs?: ThreadCosts): Backend<'async'> {
  return {
    name: 'js',
    mode: 'async',
    machine,
    detect: () => Promise.resolve(undefined),
    emit: (program) => ({ program, code: emitBanded(program) }),
    // Whoever runs on one thread loads none of it.
    load: async (artifact) => (await import('./banded-program.ts')).loadOnThreads(artifact, threads, costs),
  };
}
