import type { Backend } from '@xcorr/compiler';
import { ValueError } from '@xcorr/graph';
import { keptLoads } from './emit/carried-loads.ts';
import { emitProgram } from './emit/emit-program.ts';
import { load } from './load.ts';
import { threaded } from './threads/threaded.ts';

export { mayMakeCode } from './load.ts';

export interface JsOptions {
  /** How many threads work on a program together, the caller among them. */
  readonly threads: number;
}

const machine: Backend['machine'] = { registers: 16, lanes: 1, literalSizes: false, keptLoads };

/** More threads than any machine has cores for are a mistake. */
const mostThreads = 256;

/**
 * Runs programs as optimised JavaScript loops, synchronously, with sums in double precision.
 *
 * With `threads`, asynchronously: outermost loops of nests that are large enough run in bands, on a pool of threads over
 * shared memory, with the bits that one thread gives. Programs of as many threads share a pool; `dispose` gives it back.
 *
 * @throws ValueError for a number of threads that is none. What it compiles throws CompileError where a page shares no
 * memory with threads: it must be isolated from other origins.
 * @example
 * const x = input('x', [2]);
 * compile({ inputs: { x }, outputs: { y: square(x) } }, js()).run({ x: [2, 3] }).y.toNested(); // => [4, 9]
 * @example
 * const x = input('x', [2]);
 * const program = await compile({ inputs: { x }, outputs: { y: square(x) } }, js({ threads: 2 }));
 * (await program.run({ x: [2, 3] })).y.toNested(); // => [4, 9]
 */
export function js(): Backend<'sync'>;
export function js(options: JsOptions): Backend<'async'>;
export function js(options?: JsOptions): Backend<'sync'> | Backend<'async'> {
  if (options === undefined) return { name: 'js', mode: 'sync', machine, detect: () => undefined, emit: (program) => ({ program, code: emitProgram(program) }), load };
  const { threads } = options;
  if (!Number.isSafeInteger(threads) || threads < 1 || threads > mostThreads) throw new ValueError(`js: threads ${threads} is not a whole number from 1 to ${mostThreads}`);
  return threaded(machine, threads);
}
