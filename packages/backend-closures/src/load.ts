import type { Artifact, Kernel } from '@xcorr/compiler';
import { emitProgram } from './emit/emit-program.ts';

/** Makes a program run: its functions are made of the program itself, whoever emitted it. */
export function load({ program }: Artifact): Kernel<'sync'> {
  const emitted = emitProgram(program);
  const slots = new Float64Array(emitted.slots);
  return { run: (buffers, sizes) => emitted.run({ buffers, sizes, slots }) };
}
