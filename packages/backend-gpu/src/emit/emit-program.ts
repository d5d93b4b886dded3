import { applySchedule, constantsOf, walk, type Buffer, type LoopNest, type Program, type Store } from '@xcorr/compiler';
import { isGraphics, type Target } from '../modes.ts';
import { forwardedMaps, type ElementMap } from './forward.ts';
import { functionsFor } from './functions/functions.ts';
import { literalOf } from './literal.ts';
import { createKernelWriting, type Common, type KernelWriting } from './kernel-writing.ts';
import { checkBuffers, checkKernel, describeBuffer } from './limits.ts';
import { packReads, type Packing } from './pack-reads.ts';
import type { FunctionPlan, GpuArtifact, KernelPlan } from './plan.ts';
import { emitBody } from './statements.ts';
import { planThreads, type ThreadLoop, type Threads } from './threads.ts';

/** A nest of which each iteration of the loops around its store is a thread. */
interface ThreadNest {
  readonly nest: LoopNest;
  readonly store: Store;
  readonly loops: readonly ThreadLoop[];
}

function threadsOf(nest: LoopNest): ThreadNest {
  const [found, another] = [...walk(nest.body)].filter(([each]) => each.kind === 'store');
  if (found === undefined || another !== undefined || found[0].kind !== 'store') throw new TypeError(`${nest.name} does not store one result`);
  const [store, around] = found;
  return { nest, store, loops: around.map(({ variable, extent }) => ({ variable, extent: literalOf(extent) })) };
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
    const thread = threadsOf(applySchedule(nest, schedule, constants));
    if (maps.has(thread.store.buffer)) return [];
    const result = bufferOf(thread.store.buffer);
    const write = (packing?: Packing): Written => writeKernel(thread, target, createKernelWriting(common, packing));
    const alone = write();
    const packing = alone.reads.size <= target.limits.reads ? undefined : packReads([...alone.reads].map(bufferOf), target, addBuffer, describeBuffer(result));
    const { reads, specials, calls, lines, threads } = packing === undefined ? alone : write(packing);
    const source = sourceOf([...reads, ...specials.keys()], lines);
    const names = functionsFor(calls).map(({ name }) => name);
    checkKernel({ source, calls: names }, result, target);
    const kernel = { name: nest.name, source, reads: [...reads], specials: [...specials.values()], writes: result.id, threads, calls: names };
    return [...(packing?.kernels ?? []), kernel];
  });
  const functions = functionsFor(kernels.flatMap(({ calls }) => calls));
  const plan = { mode: target.mode, functions, kernels };
  return { program: added.length === 0 ? program : { ...program, buffers: [...program.buffers, ...added] }, code: textOf(kernels, functions), plan };
}
