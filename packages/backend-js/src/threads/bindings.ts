import type { Program } from '@xcorr/compiler';
import { elementCount, evaluateInteger, type TypedArray } from '@xcorr/graph';
import type { SharedMemory } from '@xcorr/threads';
import { weightsOf, type Weights } from './division.ts';
import type { BandedCode, Memory } from './load-banded.ts';
import type { Holding } from './pools.ts';
import { createReusedMemory } from './reused-memory.ts';
import { arrayFrom, boundSizes, createSpace, ownBytes, sharedBytes, type Space } from './space.ts';

/** Memory in which threads work together. */
export interface SharedSpace extends Space {
  readonly memory: SharedMemory<Memory>;
}

/** A program for some sizes. Memory is made when it is first asked for: few calls want both. */
export interface Binding {
  readonly sizes: readonly number[];
  readonly weights: Weights;
  /** For runs in the caller's arrays. */
  readonly alone: () => Space;
  /** In those, where an output goes that nobody asked for, by its position among the outputs. */
  readonly unread: (output: number) => TypedArray;
  /** For runs of which something is divided. */
  readonly shared: () => SharedSpace;
}

/** Of programs without threads as many bindings are kept ready. */
const keptBindings = 4;

/** What makes bindings of a program, or gives one of those that were used last. */
export function createBindings(program: Program, { areBanded }: Pick<BandedCode, 'areBanded'>, states: readonly TypedArray[], holding: Holding): (sizes: readonly number[]) => Binding {
  const reused = createReusedMemory(sharedBytes);
  const outputs = program.buffers.filter(({ role }) => role === 'output');
  /** The one used last comes first. */
  let kept: readonly (Binding & { readonly giveBack: () => void })[] = [];
  const bind = (sizes: readonly number[]): Binding & { readonly giveBack: () => void } => {
    const lease = reused.lease();
    let alone: Space | undefined;
    let shared: SharedSpace | undefined;
    const bound = boundSizes(program, sizes);
    const unread: TypedArray[] = [];
    return {
      sizes,
      weights: weightsOf(program, areBanded, bound),
      alone: () => (alone ??= createSpace(program, states, sizes, ownBytes, "caller's")),
      unread: (output) => {
        const { storage, shape } = outputs[output] ?? { storage: 'float32', shape: [0] };
        return (unread[output] ??= arrayFrom(ownBytes, storage, evaluateInteger(elementCount(shape), bound)));
      },
      shared: () => {
        if (shared !== undefined) return shared;
        const space = createSpace(program, states, sizes, lease.take, 'here');
        shared = { ...space, memory: holding.addMemory({ buffers: space.buffers, sizes }) };
        return shared;
      },
      giveBack: () => {
        if (shared !== undefined) holding.forget(shared.memory);
        lease.giveBack();
      },
    };
  };
  return (sizes) => {
    const [latest] = kept;
    if (latest?.sizes.every((size, at) => size === sizes[at]) === true) return latest;
    let binding = kept.find((each) => each.sizes.every((size, at) => size === sizes[at]));
    if (binding === undefined) {
      // Its memory first: the new one may take it.
      kept[keptBindings - 1]?.giveBack();
      binding = bind(sizes);
    }
    kept = [binding, ...kept.filter((each) => each !== binding)].slice(0, keptBindings);
    return binding;
  };
}
