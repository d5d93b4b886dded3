import type { Buffer, Program } from '@xcorr/compiler';
import { CompileError, literalShape, printShape, type Storage, type TypedArray } from '@xcorr/graph';
import type { LaunchPlan } from '../emit/plan.ts';
import type { Layout } from './device.ts';

/** Host arrays of each storage. Uint8ClampedArray rounds half to even and saturates. */
const arrayOf: Readonly<Record<Storage, { new (length: number): TypedArray; from: (values: ArrayLike<number>) => TypedArray }>> = {
  uint8: Uint8ClampedArray,
  float32: Float32Array,
  float64: Float64Array,
};

export function storedAs(storage: Storage, values: ArrayLike<number>): TypedArray {
  return arrayOf[storage].from(values);
}

/** Devices compute with float32 alone; bytes are whole numbers there. */
export function floatsOf(values: ArrayLike<number>): Float32Array {
  return values instanceof Float32Array ? values : new Float32Array(values);
}

/** The buffers of a program by what is done with them. */
export interface Buffers {
  readonly inputs: readonly Buffer[];
  readonly outputs: readonly Buffer[];
  readonly states: readonly Buffer[];
  readonly constants: readonly Buffer[];
  /** Of each state that is updated: the buffer that it becomes, itself where that is written in its place. */
  readonly updates: readonly { readonly state: string; readonly from: string }[];
  readonly layoutOf: (id: string) => Layout;
  /** By kernel: the temporaries that nobody reads after it. */
  readonly lastReads: readonly (readonly string[])[];
}

function elementsOf({ shape, label, role }: Buffer): number {
  const literal = literalShape(shape);
  if (literal === undefined) throw new CompileError(`gpu: the ${role} ${label} has the shape ${printShape(shape)}, and kernels are made for sizes that are numbers`);
  return literal.reduce((product, extent) => product * extent, 1);
}

export function buffersOf({ buffers }: Program, { kernels }: LaunchPlan): Buffers {
  const ofRole = (role: Buffer['role']): readonly Buffer[] => buffers.filter((buffer) => buffer.role === role);
  const written = new Map(kernels.map(({ writes, threads }) => [writes, threads]));
  const updates = [
    ...ofRole('next').flatMap(({ id, state }) => (state === undefined ? [] : [{ state, from: id }])),
    ...ofRole('state').flatMap(({ id }) => (written.has(id) ? [{ state: id, from: id }] : [])),
  ];
  // A state lies as what replaces it: kernels are compiled for one layout of each buffer.
  const sources = new Map(updates.map(({ state, from }) => [state, from]));
  const layouts = new Map(buffers.map((buffer): [string, Layout] => [buffer.id, written.get(sources.get(buffer.id) ?? buffer.id) ?? [Math.max(1, elementsOf(buffer))]]));
  const layoutOf = (id: string): Layout => {
    const layout = layouts.get(id);
    if (layout === undefined) throw new TypeError(`the plan uses ${JSON.stringify(id)}, which is no buffer of its program`);
    return layout;
  };
  const temporaries = new Set(ofRole('temporary').map(({ id }) => id));
  const lastUse = new Map(kernels.flatMap(({ reads, writes }, position) => [writes, ...reads].map((id) => [id, position] as const)));
  const lastReads = kernels.map((_, position) => [...lastUse].flatMap(([id, last]) => (last === position && temporaries.has(id) ? [id] : [])));
  return { inputs: ofRole('input'), outputs: ofRole('output'), states: ofRole('state'), constants: ofRole('constant'), updates, layoutOf, lastReads };
}
