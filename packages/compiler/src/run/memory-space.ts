import { bytesOf, checkMemory, evaluateInteger, type Storage, type TypedArray } from '@xcorr/graph';
import { planArena } from '../memory.ts';
import type { Program } from '../program.ts';

/** The arrays of a program for one binding of its named sizes, in the order of its buffers. */
export interface MemorySpace extends Measures {
  readonly sizes: readonly number[];
  /** Arrays by buffer; those of inputs and outputs are set for each run. */
  readonly arrays: TypedArray[];
  /** What is copied when a run has ended: what a state becomes, and the state. */
  readonly commits: readonly { readonly from: TypedArray; readonly to: TypedArray }[];
}

type Constructor = { new (length: number): TypedArray; new (buffer: ArrayBuffer, offset: number, length: number): TypedArray; from: (values: ArrayLike<number>) => TypedArray };

/** The array that holds elements of each storage type. Uint8ClampedArray rounds half to even and saturates. */
export const arrayOf: Readonly<Record<Storage, Constructor>> = {
  uint8: Uint8ClampedArray,
  float32: Float32Array,
  float64: Float64Array,
};

/** An array of zeros. Each class is named: engines make such arrays several times faster than those of a class in a table. */
export function freshArray(storage: Storage, length: number): TypedArray {
  if (storage === 'float32') return new Float32Array(length);
  return storage === 'float64' ? new Float64Array(length) : new Uint8ClampedArray(length);
}

/** The states of a program, in its order: made once, the same for every binding of the named sizes. */
export function createStates(program: Program): readonly TypedArray[] {
  const states = program.buffers.filter((buffer) => buffer.role === 'state');
  return states.map((buffer) => arrayOf[buffer.storage].from(buffer.data ?? new Float64Array()));
}

const nothing = new Float32Array(0);

/** How large each buffer of a program is for some sizes. */
export interface Measures {
  /** The shape of each buffer. */
  readonly shapes: readonly (readonly number[])[];
  /** The number of elements of each buffer. */
  readonly lengths: readonly number[];
}

/**
 * The sizes of a program's buffers.
 *
 * @throws XcorrError when together they exceed the memory limit.
 */
export function measure(program: Program, sizes: ReadonlyMap<string, number>, memoryLimit: number | undefined): Measures {
  const shapes = program.buffers.map((buffer) => buffer.shape.map((size) => evaluateInteger(size, sizes)));
  const lengths = shapes.map((shape) => shape.reduce((product, size) => product * size, 1));
  const wanted = program.buffers.map(({ role, label, storage }, position) => ({
    label: label === '' ? `a ${role}` : `the ${role} ${JSON.stringify(label)}`,
    shape: shapes[position] ?? [],
    bytes: (lengths[position] ?? 0) * bytesOf[storage],
  }));
  checkMemory('run', wanted, memoryLimit);
  return { shapes, lengths };
}

/**
 * Allocates what a program needs for these sizes, beside what persists and what each run brings.
 *
 * @throws XcorrError when that, inputs and outputs included, exceeds the memory limit.
 */
export function createMemorySpace(
  program: Program,
  states: readonly TypedArray[],
  sizes: ReadonlyMap<string, number>,
  memoryLimit: number | undefined,
): MemorySpace {
  const { shapes, lengths } = measure(program, sizes, memoryLimit);
  const arena = planArena(program, sizes);
  const bytes = new ArrayBuffer(arena.bytes);
  const places = new Map(arena.places.map((place) => [place.buffer, place.offset]));
  let state = 0;
  const arrays = program.buffers.map((buffer, position): TypedArray => {
    if (buffer.role === 'state') return states[state++] ?? nothing;
    if (buffer.role === 'constant') return arrayOf[buffer.storage].from(buffer.data ?? new Float64Array());
    const length = lengths[position] ?? 0;
    const offset = places.get(buffer.id);
    if (offset !== undefined) return new arrayOf[buffer.storage](bytes, offset, length);
    return buffer.role === 'next' ? new arrayOf[buffer.storage](length) : nothing;
  });
  const at = (id: string | undefined): TypedArray => arrays[program.buffers.findIndex((buffer) => buffer.id === id)] ?? nothing;
  const commits = program.buffers.flatMap((buffer) => (buffer.role === 'next' ? [{ from: at(buffer.id), to: at(buffer.state) }] : []));
  return { sizes: program.sizes.map((name) => sizes.get(name) ?? 0), arrays, shapes, lengths, commits };
}

/** The states become what a run made them. */
export function commit({ commits }: MemorySpace): void {
  for (const { from, to } of commits) to.set(from);
}

/** Arrays of fewer elements are copied faster one by one, into room that is kept. */
export const fewElements = 16;

/** `keepStates` for a program that does it again and again: of few elements it makes no copies anew. */
export function createKeepStates(states: readonly TypedArray[]): () => () => void {
  if (states.some((state) => state.length > fewElements)) return () => keepStates(states);
  const kept = states.map((state) => ({ state, copy: new Float64Array(state.length) }));
  const restore = (): void => {
    for (const { state, copy } of kept) state.set(copy);
  };
  return () => {
    for (const { state, copy } of kept) for (let at = 0; at < copy.length; at++) copy[at] = state[at] ?? 0;
    return restore;
  };
}

/** Copies of all states now, and what puts them back: for runs of which a part may fail. */
export function keepStates(states: readonly TypedArray[]): () => void {
  const kept = states.map((state) => state.slice());
  return () => states.forEach((state, position) => state.set(kept[position] ?? state));
}
