import { allocate, elementCount, evaluateInteger, type FloatArray, type TypedArray } from '@xcorr/graph';
import { planArena } from '../memory.ts';
import type { Buffer, Program } from '../program.ts';

/** The arrays of a program for one binding of its named sizes, in the order of its buffers. */
export interface MemorySpace {
  readonly sizes: readonly number[];
  /** Arrays by buffer; inputs and outputs stand there during a run alone. */
  readonly arrays: TypedArray[];
  /** The shape of each buffer. */
  readonly shapes: readonly (readonly number[])[];
}

function viewOf(arena: ArrayBuffer, buffer: Buffer, offset: number, length: number): FloatArray {
  return buffer.storage === 'float64' ? new Float64Array(arena, offset, length) : new Float32Array(arena, offset, length);
}

/** Constants and states of a program: made once, the same for every binding of the named sizes. */
export function createPersistent(program: Program): ReadonlyMap<string, TypedArray> {
  return new Map(
    program.buffers.flatMap((buffer): readonly (readonly [string, TypedArray])[] => {
      if (buffer.role === 'constant' || buffer.role === 'state')
        return [[buffer.id, buffer.storage === 'float64' ? Float64Array.from(buffer.data ?? []) : Float32Array.from(buffer.data ?? [])]];
      return [];
    }),
  );
}

const nothing = new Float32Array(0);

/** Allocates what a program needs for these sizes, beside what persists. */
export function createMemorySpace(program: Program, persistent: ReadonlyMap<string, TypedArray>, sizes: ReadonlyMap<string, number>): MemorySpace {
  const arena = planArena(program, sizes);
  const bytes = new ArrayBuffer(arena.bytes);
  const places = new Map(arena.places.map((place) => [place.buffer, place.offset]));
  const shapes = program.buffers.map((buffer) => buffer.shape.map((size) => evaluateInteger(size, sizes)));
  const arrays = program.buffers.map((buffer): TypedArray => {
    const kept = persistent.get(buffer.id);
    if (kept !== undefined) return kept;
    const length = evaluateInteger(elementCount(buffer.shape), sizes);
    const offset = places.get(buffer.id);
    if (offset !== undefined) return viewOf(bytes, buffer, offset, length);
    return buffer.role === 'next' ? allocate(buffer.storage, length) : nothing;
  });
  return { sizes: program.sizes.map((name) => sizes.get(name) ?? 0), arrays, shapes };
}
