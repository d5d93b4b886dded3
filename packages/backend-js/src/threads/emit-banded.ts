import type { Program } from '@xcorr/compiler';
import { emitProgram, programSource } from '../emit/emit-program.ts';
import { isIndependent } from './independent.ts';

/** Into how many bands a nest's outermost loops are divided, for any number of threads: each takes some of them. */
export const bandsOfNest = 64;

/**
 * A program as the body of a JavaScript function that returns `{ whole, kernels, areBanded }`: what `js()` emits, which runs
 * where nothing is divided; a function `(memory, begin, end)` for each nest, and whether it runs bands. Others run whole,
 * whatever they are given. One function would not do for both: with bounds that are numbers it takes a tenth less time.
 */
export function emitBanded(program: Program): string {
  const { head, calls } = programSource(program, (nest) => (isIndependent(nest) ? bandsOfNest : undefined));
  const kernels = calls.map(({ name, operands, isBanded }) => `    ({ buffers, sizes }, begin, end) => ${name}(${[...operands, ...(isBanded ? ['begin', 'end'] : [])].join(', ')}),`);
  const whole = ['  whole: (() => {', emitProgram(program).trimEnd(), '  })(),'];
  return [...head, 'return {', ...whole, '  kernels: [', ...kernels, '  ],', `  areBanded: [${calls.map((call) => call.isBanded).join(', ')}],`, '};', ''].join('\n');
}
