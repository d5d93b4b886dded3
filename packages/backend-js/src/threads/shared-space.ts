import { planArena, type Program } from '@xcorr/compiler';
import { bytesOf, elementCount, evaluateInteger, type Storage, type TypedArray } from '@xcorr/graph';

/** The memory of a program for some sizes, in which several threads may work. */
export interface SharedSpace {
  /** An array for each buffer, in the program's order. */
  readonly buffers: readonly TypedArray[];
  readonly sizes: readonly number[];
  /** What is copied when the program has run: what a state becomes, and the state. */
  readonly commits: readonly { readonly from: TypedArray; readonly to: TypedArray }[];
}

/** How bytes are had: of one thread's own, or shared. */
export type Allocate = (bytes: number) => ArrayBuffer | SharedArrayBuffer;

const arrayOn: Readonly<Record<Storage, (bytes: ArrayBuffer | SharedArrayBuffer, offset: number, length: number) => TypedArray>> = {
  uint8: (bytes, offset, length) => new Uint8ClampedArray(bytes, offset, length),
  float32: (bytes, offset, length) => new Float32Array(bytes, offset, length),
  float64: (bytes, offset, length) => new Float64Array(bytes, offset, length),
};

/** The states of a program as they are at first, in its order: the same for every binding of the named sizes. */
export function createStates(program: Program, allocate: Allocate): readonly TypedArray[] {
  return program.buffers.flatMap(({ role, storage, data }) => {
    if (role !== 'state') return [];
    const length = data?.length ?? 0;
    const state = arrayOn[storage](allocate(length * bytesOf[storage]), 0, length);
    state.set(data ?? []);
    return [state];
  });
}

export function createSharedSpace(program: Program, states: readonly TypedArray[], sizes: readonly number[], allocate: Allocate): SharedSpace {
  const bound = new Map(program.sizes.map((name, at) => [name, sizes[at] ?? 0]));
  const arena = planArena(program, bound);
  const bytes = allocate(arena.bytes);
  const places = new Map(arena.places.map((place) => [place.buffer, place.offset]));
  let state = 0;
  const buffers = program.buffers.map(({ id, role, shape, storage, data }): TypedArray => {
    const own = role === 'state' ? states[state++] : undefined;
    if (own !== undefined) return own;
    const length = data?.length ?? evaluateInteger(elementCount(shape), bound);
    const offset = places.get(id);
    const array = offset === undefined ? arrayOn[storage](allocate(length * bytesOf[storage]), 0, length) : arrayOn[storage](bytes, offset, length);
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
