import { applySchedule, constantsOf, walk, type Buffer, type LoopNest, type Program, type Store } from '@xcorr/compiler';
import { CompileError, elementCount, printShape } from '@xcorr/graph';
import type { Limits, Target } from '../modes.ts';
import { functionsFor } from './functions/functions.ts';
import { literalOf } from './integers.ts';
import { createKernelWriting, type KernelWriting } from './kernel-writing.ts';
import { packReads, type Packing } from './pack-reads.ts';
import type { FunctionPlan, GpuArtifact, KernelPlan } from './plan.ts';
import { emitBody } from './statements.ts';
import { planThreads, type Threads } from './threads.ts';

/** A nest of which each iteration of the loops around its store is a thread. */
interface ThreadNest {
  readonly nest: LoopNest;
  readonly store: Store;
  readonly loops: readonly { readonly variable: string; readonly extent: number }[];
}

function threadsOf(nest: LoopNest): ThreadNest {
  const [found, another] = [...walk(nest.body)].filter(([each]) => each.kind === 'store');
  if (found === undefined || another !== undefined || found[0].kind !== 'store') throw new TypeError(`${nest.name} does not store one result`);
  const [store, around] = found;
  return { nest, store, loops: around.map(({ variable, extent }) => ({ variable, extent: literalOf(extent) })) };
}

/** What a buffer is to whoever reads an error. */
export function describe({ label, role, shape }: Buffer): string {
  const what = label === '' ? `a ${role}` : `the ${role} ${JSON.stringify(label)}`;
  return `${what} of shape ${printShape(shape)}`;
}

function checkBuffers({ buffers }: Program, { mode, limits }: Target): void {
  for (const buffer of buffers) {
    if (buffer.storage === 'float64')
      throw new CompileError(`gpu: ${describe(buffer)} is float64, and gpu.js computes in float32 alone; make it float32, or compile for a backend of the CPU`);
    const elements = literalOf(elementCount(buffer.shape));
    if (elements > limits.elements)
      throw new CompileError(`gpu: ${describe(buffer)} has ${elements} elements, and a buffer in ${mode} mode has at most ${limits.elements} here; work on it in parts`);
  }
}

/** Iterations of all loops that a thread runs. */
function iterationsOf({ nest, loops }: ThreadNest): number {
  const isThread = new Set(loops.map(({ variable }) => variable));
  let total = 0;
  for (const [each, around] of walk(nest.body))
    if (each.kind === 'loop' && !isThread.has(each.variable)) total += [...around, each].reduce((count, loop) => (isThread.has(loop.variable) ? count : count * literalOf(loop.extent)), 1);
  return total;
}

/** The longest source of a kernel, in characters: compilers of shaders take seconds for such, and minutes for more. */
const longestSource = 60_000;

function checkKernel(source: string, thread: ThreadNest, buffer: Buffer, { mode, limits }: { readonly mode: string; readonly limits: Limits }): void {
  const iterations = iterationsOf(thread);
  if (iterations > limits.iterations)
    throw new CompileError(`gpu: ${describe(buffer)} takes ${iterations} iterations an element, and a thread in ${mode} mode runs at most ${limits.iterations} here; sum in two steps`);
  if (source.length > longestSource)
    throw new CompileError(`gpu: ${describe(buffer)} takes a kernel of ${source.length} characters, and compilers of shaders fail on more than ${longestSource}; compute parts of it as outputs or states of their own`);
}

/** The source of a kernel, and what it reads. */
function writeKernel(thread: ThreadNest, threads: (writing: KernelWriting) => Threads, makeWriting: () => KernelWriting): { readonly writing: KernelWriting; readonly lines: readonly string[]; readonly threads: Threads } {
  const writing = makeWriting();
  const planned = threads(writing);
  const places = planned.places;
  const isThread = (variable: string): boolean => places.has(variable);
  const body = emitBody(thread.nest.body, { ...writing, isThread, place: (variable) => places.get(variable) ?? variable });
  return { writing, lines: [...planned.lines, ...body], threads: planned };
}

const sourceOf = (parameters: readonly string[], lines: readonly string[]): string => [`function(${parameters.join(', ')}) {`, ...lines.map((line) => `  ${line}`), '}'].join('\n');

/** The plan as text to be read: every kernel with its threads, then the functions that they call. */
function textOf(kernels: readonly KernelPlan[], functions: readonly FunctionPlan[]): string {
  const heads = kernels.map(({ name, writes, threads, source }) => `// ${name}: ${writes}, ${threads.join(' x ')} threads\n${source}\n`);
  return [...heads, ...functions.map(({ source }) => `${source}\n`)].join('\n');
}

/**
 * A program as kernels of gpu.js, one a nest, and as text.
 *
 * @throws CompileError when a buffer is float64, or a buffer or kernel is larger than the target can take.
 */
export function emitProgram(program: Program, target: Target): GpuArtifact {
  checkBuffers(program, target);
  const buffers = new Map(program.buffers.map((buffer) => [buffer.id, buffer]));
  const constants = constantsOf(program);
  const added: Buffer[] = [];
  const addBuffer = (role: 'constant' | 'temporary', length: number, data?: Float64Array): string => {
    const id = `b_${added.length}`;
    const buffer: Buffer = { id, role, shape: [length], storage: 'float32', label: '', ...(data === undefined ? {} : { data }) };
    added.push(buffer);
    buffers.set(id, buffer);
    return id;
  };
  const bufferOf = (id: string): Buffer => {
    const buffer = buffers.get(id);
    if (buffer === undefined) throw new TypeError(`the program uses ${JSON.stringify(id)} where it is not known`);
    return buffer;
  };
  const tables = new Map<string, string>();
  const tableOf = (table: readonly number[]): string => {
    const key = table.join();
    const known = tables.get(key) ?? addBuffer('constant', table.length, Float64Array.from(table));
    tables.set(key, known);
    return known;
  };
  const kernels = program.nests.flatMap(({ nest, schedule }): readonly KernelPlan[] => {
    const thread = threadsOf(applySchedule(nest, schedule, constants));
    const planned = (writing: KernelWriting): Threads => planThreads(thread.loops, target.mode, target.limits.textureSide, writing.call);
    const write = (packing?: Packing): ReturnType<typeof writeKernel> => writeKernel(thread, planned, () => createKernelWriting(target.mode, (id) => bufferOf(id).storage, tableOf, packing));
    let written = write();
    let before: readonly KernelPlan[] = [];
    if (written.writing.reads().length > target.limits.reads) {
      const packing = packReads(written.writing.reads().map(bufferOf), target, addBuffer, describe(bufferOf(thread.store.buffer)));
      before = packing.kernels;
      written = write(packing);
    }
    const { writing, lines, threads } = written;
    const [reads, specials] = [writing.reads(), writing.specials()];
    const source = sourceOf([...reads, ...specials.keys()], lines);
    checkKernel(source, thread, bufferOf(thread.store.buffer), target);
    const calls = functionsFor(writing.calls()).map(({ name }) => name);
    return [...before, { name: nest.name, source, reads, specials: [...specials.values()], writes: thread.store.buffer, threads: threads.counts, calls }];
  });
  const functions = functionsFor(kernels.flatMap(({ calls }) => calls));
  const plan = { mode: target.mode, functions, kernels };
  return { program: added.length === 0 ? program : { ...program, buffers: [...program.buffers, ...added] }, code: textOf(kernels, functions), plan };
}
