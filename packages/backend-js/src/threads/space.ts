import { planArena, type Program } from '@xcorr/compiler';
import { bytesOf, elementCount, evaluateInteger, type Storage, type TypedArray } from '@xcorr/graph';

/** The memory of a program for some sizes. */
export interface Space {
  /** An array for each buffer, in the program's order; those of inputs and outputs may be set for each run. */
  readonly buffers: TypedArray[];
  readonly sizes: readonly number[];
  /** What is copied when the program has run: what a state becomes, and the state. */
  readonly commits: readonly { readonly from: TypedArray; readonly to: TypedArray }[];
}

/** How bytes are had: of one thread's own, or shared. */
export type Allocate = (bytes: number) => ArrayBuffer | SharedArrayBuffer;

export const ownBytes: Allocate = (bytes) => new ArrayBuffer(bytes);
export const sharedBytes: Allocate = (bytes) => new SharedArrayBuffer(bytes);

const arrayOn: Readonly<Record<Storage, (bytes: ArrayBuffer | SharedArrayBuffer, offset: number, length: number) => TypedArray>> = {
  uint8: (bytes, offset, length) => new Uint8ClampedArray(bytes, offset, length),
  float32: (bytes, offset, length) => new Float32Array(bytes, offset, length),
  float64: (bytes, offset, length) => new Float64Array(bytes, offset, length),
};

/** An array of so many elements. */
export function arrayFrom(allocate: Allocate, storage: Storage, length: number): TypedArray {
  return arrayOn[storage](allocate(length * bytesOf[storage]), 0, length);
}

/** The named sizes of a program, with their values. */
export function boundSizes(program: Program, sizes: readonly number[]): ReadonlyMap<string, number> {
  return new Map(program.sizes.map((name, at) => [name, sizes[at] ?? 0]));
}

/** The states of a program as they are at first, in its order: the same for every binding of the named sizes. */
export function createStates(program: Program, allocate: Allocate): readonly TypedArray[] {
  return program.buffers.flatMap(({ role, storage, data }) => {
    if (role !== 'state') return [];
    const state = arrayFrom(allocate, storage, data?.length ?? 0);
    state.set(data ?? []);
    return [state];
  });
}

const nothing = new Float32Array(0);

/** @param ends  whether inputs and outputs have arrays here, or each run brings the caller's */
export function createSpace(program: Program, states: readonly TypedArray[], sizes: readonly number[], allocate: Allocate, ends: 'here' | "caller's"): Space {
  const bound = boundSizes(program, sizes);
  const arena = planArena(program, bound);
  const bytes = allocate(arena.bytes);
  const places = new Map(arena.places.map((place) => [place.buffer, place.offset]));
  let state = 0;
  const buffers = program.buffers.map(({ id, role, shape, storage, data }): TypedArray => {
    if (role === 'state') return states[state++] ?? nothing;
    if (ends === "caller's" && (role === 'input' || role === 'output')) return nothing;
    const length = data?.length ?? evaluateInteger(elementCount(shape), bound);
    const offset = places.get(id);
    const array = offset === undefined ? arrayFrom(allocate, storage, length) : arrayOn[storage](bytes, offset, length);
    if (data !== undefined) array.set(data);
    return array;
  });
  const position = new Map(program.buffers.map(({ id }, at) => [id, at]));
  const commits = program.buffers.flatMap((buffer, at) => {
    const [from, to] = [buffers[at], buffers[position.get(buffer.state ?? '') ?? -1]];
    return buffer.role === 'next' && from !== undefined && to !== undefined ? [{ from, to }] : [];
  });
  return { buffers, sizes, commits };
}
