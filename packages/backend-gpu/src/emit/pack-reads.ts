import type { Buffer } from '@xcorr/compiler';
import { CompileError, elementCount } from '@xcorr/graph';
import type { Target } from '../modes.ts';
import { literalOf } from './literal.ts';
import type { KernelPlan } from './plan.ts';
import type { Place } from './writing.ts';

/** Buffers put one behind the other into another one, where a kernel reads more of them than it can. */
export interface Packing {
  /** What fills the buffers that hold others, in order. */
  readonly kernels: readonly KernelPlan[];
  readonly placeOf: (buffer: string) => Place;
}

/** A buffer that is read by itself, or several in one. */
interface Pack {
  readonly id: string;
  readonly elements: number;
  readonly data: Float64Array | undefined;
  readonly members: readonly string[];
}

type AddBuffer = (role: 'constant' | 'temporary', length: number, data?: Float64Array) => string;

/** Each element is that of the buffer in whose part it lies. */
function packingKernel(parts: readonly Pack[], id: string, elements: number): KernelPlan {
  let start = 0;
  const lines = parts.map(({ id: part, elements: count }, position) => {
    const place = start === 0 ? 'this.thread.x' : `this.thread.x - ${start}`;
    const condition = position === 0 ? `this.thread.x < ${count}` : `this.thread.x >= ${start} && this.thread.x < ${start + count}`;
    start += count;
    return `  if (${condition}) { packed = ${part}[${place}]; }`;
  });
  const reads = parts.map((part) => part.id);
  const source = [`function(${reads.join(', ')}) {`, '  let packed = 0;', ...lines, '  return packed;', '}'].join('\n');
  return { name: `pack_${id}`, source, reads, specials: [], writes: id, threads: [elements], calls: [] };
}

function concatenated(arrays: readonly Float64Array[], elements: number): Float64Array {
  const all = new Float64Array(elements);
  let start = 0;
  for (const array of arrays) {
    all.set(array, start);
    start += array.length;
  }
  return all;
}

/**
 * Packs the smallest buffers together until a kernel that reads all of them reads few enough: constants at once, others
 * by a kernel that copies them.
 *
 * @throws CompileError when they do not fit into one buffer.
 */
export function packReads(buffers: readonly Buffer[], { mode, limits }: Target, addBuffer: AddBuffer, result: string): Packing {
  const kernels: KernelPlan[] = [];
  const places = new Map<string, Place>();
  let packs: readonly Pack[] = buffers.map(({ id, shape, data, role }) => ({ id, elements: literalOf(elementCount(shape)), data: role === 'constant' ? data : undefined, members: [id] }));
  const pack = (parts: readonly Pack[]): void => {
    const elements = parts.reduce((sum, part) => sum + part.elements, 0);
    if (elements > limits.elements)
      throw new CompileError(
        `gpu: ${result} is computed of ${buffers.length} tensors, a kernel in ${mode} mode reads at most ${limits.reads} here, and together the smallest have ${elements} elements, more than the ${limits.elements} of one buffer; compute it in steps`,
      );
    const arrays = parts.flatMap(({ data }) => (data === undefined ? [] : [data]));
    const isConstant = arrays.length === parts.length;
    const data = isConstant ? concatenated(arrays, elements) : undefined;
    const id = addBuffer(isConstant ? 'constant' : 'temporary', elements, data);
    if (!isConstant) kernels.push(packingKernel(parts, id, elements));
    let start = 0;
    for (const part of parts) {
      for (const member of part.members) places.set(member, { buffer: id, offset: start + (places.get(member)?.offset ?? 0) });
      start += part.elements;
    }
    packs = [...packs.filter((each) => !parts.includes(each)), { id, elements, data, members: parts.flatMap(({ members }) => members) }];
  };
  const known = packs.filter(({ data }) => data !== undefined);
  if (known.length > 1) pack(known);
  while (packs.length > limits.reads) {
    const smallest = [...packs].sort((a, b) => a.elements - b.elements);
    pack(smallest.slice(0, Math.min(limits.reads, packs.length - limits.reads + 1)));
  }
  return { kernels, placeOf: (buffer) => places.get(buffer) ?? { buffer, offset: 0 } };
}
