import type { Backend } from '@xcorr/compiler';
import { emitProgram } from './emit/emit-program.ts';
import { load } from './load.ts';

export { mayMakeCode } from './load.ts';

/**
 * Runs programs as optimised JavaScript loops, synchronously, with sums in double precision.
 *
 * @example
 * const x = input('x', [2]);
 * compile({ inputs: { x }, outputs: { y: square(x) } }, js()).run({ x: [2, 3] }).y.toNested(); // => [4, 9]
 */
export function js(): Backend<'sync'> {
  return {
    name: 'js',
    mode: 'sync',
    machine: { registers: 16, lanes: 1, literalSizes: false },
    detect: () => undefined,
    emit: (program) => ({ program, code: emitProgram(program) }),
    load,
  };
}
