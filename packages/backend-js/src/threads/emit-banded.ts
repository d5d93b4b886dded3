import type { Program } from '@xcorr/compiler';
import { programSource } from '../emit/emit-program.ts';
import { isIndependent } from './independent.ts';

/** Into how many bands a nest's outermost loops are divided, for any number of threads: each takes some of them. */
export const bandsOfNest = 64;

/**
 * A program as the body of a JavaScript function that returns `{ kernels, areBanded }`, a function
 * `(memory, begin, end)` for each nest and whether it runs bands. Others run whole, whatever they are given.
 */
export function emitBanded(program: Program): string {
  const { head, calls } = programSource(program, (nest) => (isIndependent(nest) ? bandsOfNest : undefined));
  const kernels = calls.map(({ name, operands, isBanded }) => `    ({ buffers, sizes }, begin, end) => ${name}(${[...operands, ...(isBanded ? ['begin', 'end'] : [])].join(', ')}),`);
  return [...head, 'return {', '  kernels: [', ...kernels, '  ],', `  areBanded: [${calls.map((call) => call.isBanded).join(', ')}],`, '};', ''].join('\n');
}
