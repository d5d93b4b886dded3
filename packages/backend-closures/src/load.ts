import type { Artifact, HostProgram } from '@xcorr/compiler';
import { CompileError } from '@xcorr/graph';
import { emitProgram } from './emit/emit-program.ts';

/**
 * Makes a program run: its functions are made of the program itself.
 *
 * @throws CompileError for an artifact that holds code: it was emitted by another backend.
 */
export function load({ program, code }: Artifact): HostProgram {
  if (code !== '') throw new CompileError('closures: the artifact holds code, and this backend makes none; it was emitted by another one');
  const emitted = emitProgram(program);
  const slots = new Float64Array(emitted.slots);
  return { ranOn: 'closures', run: (buffers, sizes) => emitted.run({ buffers, sizes, slots }) };
}
