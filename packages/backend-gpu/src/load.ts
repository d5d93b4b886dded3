import type { Artifact, HostProgram } from '@xcorr/compiler';
import { emitProgram } from './emit/emit-program.ts';

/** Makes a program run: its functions are made of the program itself, whoever emitted it. */
export function load({ program }: Artifact): HostProgram {
  const emitted = emitProgram(program);
  const slots = new Float64Array(emitted.slots);
  return { ranOn: 'gpu', run: (buffers, sizes) => emitted.run({ buffers, sizes, slots }) };
}
