import { applySchedule, constantsOf, walk, type Buffer, type LoopNest, type Program, type Schedule, type Store } from '@xcorr/compiler';
import { CompileError, elementCount, printShape } from '@xcorr/graph';
import { isGraphics, type Limits, type Target } from '../modes.ts';
import { forwardedMaps, type ElementMap } from './forward.ts';
import { functionsFor } from './functions/functions.ts';
import { literalOf } from './integers.ts';
import { createKernelWriting, type Common, type KernelWriting } from './kernel-writing.ts';
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

/** Innermost sums that stay loops take four terms a turn: what a turn costs beside its term is as much as the term. */
function inFours(nest: LoopNest, schedule: Schedule): Schedule {
  const isWritten = new Set(schedule.map(({ loop }) => loop));
  return [...walk(nest.body)].flatMap(([each, around]) =>
    each.kind === 'loop' && each.role === 'reduce' && literalOf(each.extent) >= 8 && ![...around, each].some(({ variable }) => isWritten.has(variable)) && each.body.every(({ kind }) => kind !== 'loop')
      ? [{ kind: 'block', loop: each.variable, factor: 4 }]
      : [],
  );
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

/** A kernel's lines, and what they turned out to need. */
interface Written extends Omit<KernelWriting, 'writing'> {
  readonly lines: readonly string[];
  readonly threads: Threads['counts'];
}

function writeKernel({ nest, loops }: ThreadNest, { limits }: Target, { writing, ...needs }: KernelWriting): Written {
  const { counts, lines, places } = planThreads(loops, limits.textureSide, writing);
  const extentOf = (variable: string): number => {
    throw new TypeError(`the loop variable ${variable} stands outside of its loop`);
  };
  const body = emitBody(nest.body, { ...writing, isThread: (variable) => places.has(variable), place: (variable) => places.get(variable) ?? variable, extentOf });
  return { ...needs, lines: [...lines, ...body], threads: counts };
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
  // Where reading is a matter of a processor's cache, maps are better made once.
  const maps = isGraphics[target.mode] ? forwardedMaps(program) : new Map<string, ElementMap>();
  const common: Common = { mode: target.mode, storageOf: (id) => bufferOf(id).storage, tableOf, mapOf: (id) => maps.get(id) };
  const kernels = program.nests.flatMap(({ nest, schedule }): readonly KernelPlan[] => {
    const thread = threadsOf(applySchedule(nest, [...schedule, ...inFours(nest, schedule)], constants));
    if (maps.has(thread.store.buffer)) return [];
    const result = bufferOf(thread.store.buffer);
    const write = (packing?: Packing): Written => writeKernel(thread, target, createKernelWriting(common, packing));
    const alone = write();
    const packing = alone.reads.size <= target.limits.reads ? undefined : packReads([...alone.reads].map(bufferOf), target, addBuffer, describe(result));
    const { reads, specials, calls, lines, threads } = packing === undefined ? alone : write(packing);
    const source = sourceOf([...reads, ...specials.keys()], lines);
    checkKernel(source, thread, result, target);
    const kernel = { name: nest.name, source, reads: [...reads], specials: [...specials.values()], writes: result.id, threads, calls: functionsFor(calls).map(({ name }) => name) };
    return [...(packing?.kernels ?? []), kernel];
  });
  const functions = functionsFor(kernels.flatMap(({ calls }) => calls));
  const plan = { mode: target.mode, functions, kernels };
  return { program: added.length === 0 ? program : { ...program, buffers: [...program.buffers, ...added] }, code: textOf(kernels, functions), plan };
}
