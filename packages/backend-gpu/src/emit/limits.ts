import type { Buffer, Program } from '@xcorr/compiler';
import { CompileError, elementCount, printShape } from '@xcorr/graph';
import type { Target } from '../modes.ts';
import { functionsFor } from './functions/functions.ts';
import { literalOf } from './literal.ts';
import type { KernelPlan } from './plan.ts';

/** What a buffer is to whoever reads an error. */
export function describeBuffer({ label, role, shape }: Buffer): string {
  const what = label === '' ? `a ${role}` : `the ${role === 'next' ? 'next state' : role} ${JSON.stringify(label)}`;
  return `${what} of shape ${printShape(shape)}`;
}

/** @throws CompileError when a buffer is of a type or a size that the target has not. */
export function checkBuffers({ buffers }: Program, { mode, limits }: Target): void {
  for (const buffer of buffers) {
    if (buffer.storage === 'float64')
      throw new CompileError(`gpu: ${describeBuffer(buffer)} is float64, and gpu.js computes in float32 alone; make it float32, or compile for a backend of the CPU`);
    const elements = literalOf(elementCount(buffer.shape));
    if (elements > limits.elements)
      throw new CompileError(`gpu: ${describeBuffer(buffer)} has ${elements} elements, and a buffer in ${mode} mode has at most ${limits.elements} here; work on it in parts`);
  }
}

/** Iterations of all loops that a thread runs, by its source. */
function iterationsOf(source: string): number {
  const around = [1];
  let total = 0;
  for (const line of source.split('\n')) {
    const [, end] = /^ *for \(let \w+ = 0; \w+ < (\d+);/.exec(line) ?? [];
    const times = around.at(-1) ?? 1;
    if (line.trimStart().startsWith('}')) around.pop();
    if (line.endsWith('{')) around.push(times * Number(end ?? 1));
    if (end !== undefined) total += times * Number(end);
  }
  return total;
}

/** The length of a source when what it calls stands in the place of each call, as compilers of shaders put it. */
function lengthWithCalls(source: string, names: readonly string[]): number {
  const lengths = new Map<string, number>();
  const lengthOf = (text: string): number => [...text.matchAll(/\b(\w+)\(/g)].reduce((length, [, name = '']) => length + (lengths.get(name) ?? 0), text.length);
  // What a function calls comes before it; its own name in its head is not known yet.
  for (const called of functionsFor(names)) lengths.set(called.name, lengthOf(called.source));
  return lengthOf(source);
}

/** The longest kernel, in characters, calls put in their places: compilers take ten seconds for such a one, and fail at longer ones. */
const longestKernel = 600_000;

/** @throws CompileError when a thread would have more to do than the target lets it. */
export function checkKernel({ source, calls }: Pick<KernelPlan, 'source' | 'calls'>, buffer: Buffer, { mode, limits }: Target): void {
  const iterations = iterationsOf(source);
  if (iterations > limits.iterations)
    throw new CompileError(`gpu: ${describeBuffer(buffer)} takes ${iterations} iterations for each element, and a thread in ${mode} mode runs at most ${limits.iterations} here; take its sums one axis at a time`);
  const length = lengthWithCalls(source, calls);
  if (length > longestKernel)
    throw new CompileError(
      `gpu: ${describeBuffer(buffer)} takes a kernel of ${length} characters with the functions that it calls, and compilers of kernels fail at more than ${longestKernel}; make a program of each of several steps, the results of one being inputs of the next`,
    );
}
