import type { Backend } from '@xcorr/compiler';
import { load } from './load.ts';

/**
 * Runs programs as nested functions, one for each expression and statement, synchronously, with sums in double precision.
 * No code is made at run time, so it runs where a content security policy forbids that.
 *
 * @example
 * const x = input('x', [2]);
 * compile({ inputs: { x }, outputs: { y: square(x) } }, gpu()).run({ x: [2, 3] }).y.toNested(); // => [4, 9]
 */
export function gpu(): Backend<'sync'> {
  return {
    name: 'gpu',
    mode: 'sync',
    // Nothing is kept in registers and nothing runs in lanes: schedules are not carried out.
    machine: { registers: 1, lanes: 1, literalSizes: false },
    detect: () => undefined,
    // There is no code: functions are made where a program is loaded.
    emit: (program) => ({ program, code: '' }),
    load,
  };
}
