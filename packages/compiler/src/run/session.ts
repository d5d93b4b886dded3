import {
  bindSizes,
  checkSizes,
  FeedError,
  literalShape,
  NdArray,
  readFeed,
  suggest,
  topologicalOrder,
  type FedValue,
  type TypedArray,
} from '@xcorr/graph';
import type { CheckedSpec } from '../graph.ts';
import type { Buffer, Program } from '../program.ts';
import { arrayOf, createMemorySpace, createStates } from './memory-space.ts';
import { createBounded, type Variant } from './variants.ts';

export interface Slot {
  readonly buffer: Buffer;
  /** The name by which the caller knows it. */
  readonly name: string;
  /** Its position among the program's buffers. */
  readonly position: number;
}

/** What a program keeps from run to run, and how feeds become arrays. */
export interface Session<Kernel> {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  /** Checks the feeds and puts them into the space of their sizes. Nothing that persists is changed. */
  readonly feed: (feeds: Readonly<Record<string, unknown>>) => Variant<Kernel>;
  /** The states become what the run made them. */
  readonly commit: (variant: Variant<Kernel>) => void;
  /** Copies of all states now, and what puts them back: for runs of which a part may fail. */
  readonly keepStates: () => () => void;
  /** A copy of a state. */
  readonly readState: (position: number) => NdArray;
  /** The bindings of named sizes that are kept ready, at most four; the one used last comes last. */
  readonly variants: () => readonly Variant<Kernel>[];
}

/** What a session needs to know of its program. */
export interface SessionOptions<Kernel> {
  readonly program: Program;
  readonly checked: CheckedSpec;
  readonly memoryLimit: number | undefined;
  /** The program that runs for some sizes, loaded. */
  readonly programFor: (sizes: ReadonlyMap<string, number>) => { readonly program: Program; readonly kernel: Kernel };
}

function slots(program: Program, role: Buffer['role'], names?: readonly string[]): readonly Slot[] {
  const found = program.buffers.flatMap((buffer, position) => (buffer.role === role ? [{ buffer, position }] : []));
  return found.map((slot, at) => ({ ...slot, name: names?.[at] ?? slot.buffer.label }));
}

/** The caller's own array where it can be read as it is. */
function stored(fed: FedValue, { storage }: Buffer): TypedArray {
  if (storage === 'uint8' || fed.data instanceof arrayOf[storage]) return fed.data;
  return arrayOf[storage].from(fed.data);
}

/** How many bindings of named sizes are kept ready. */
const keptVariants = 4;

export function createSession<Kernel>({ program, checked, memoryLimit, programFor }: SessionOptions<Kernel>): Session<Kernel> {
  const { graph, inputNames } = checked;
  const states = createStates(program);
  const stateSlots = slots(program, 'state');
  const inputs = slots(program, 'input', inputNames);
  const nodes = topologicalOrder([...graph.outputs.map((each) => each.tensor), ...graph.updates.map((each) => each.next)]);
  const variants = createBounded<Variant<Kernel>>(keptVariants);

  const variantFor = (fed: readonly FedValue[]): Variant<Kernel> => {
    const key = program.sizes.length === 0 ? '' : fed.map((each) => each.shape.join('x')).join(',');
    return variants.get(key, () => {
      const sizes = bindSizes(inputs.map(({ buffer, name }, at) => ({ name, shape: buffer.shape, fed: fed[at]?.shape ?? [] })));
      checkSizes(nodes, sizes);
      const made = programFor(sizes);
      return { ...made, sizes, space: createMemorySpace(made.program, states, sizes, memoryLimit) };
    });
  };

  return {
    inputs,
    outputs: slots(program, 'output'),
    variants: variants.values,
    feed: (feeds) => {
      if (typeof feeds !== 'object' || feeds === null) throw new FeedError(`run: an object with a value for each input is expected, not ${String(feeds)}`);
      for (const name of Object.keys(feeds))
        if (!inputNames.includes(name)) throw new FeedError(`run: there is no input ${JSON.stringify(name)}; ${suggest(name, inputNames, "program's inputs")}`);
      const fed = inputs.map(({ buffer, name }) => {
        if (!Object.hasOwn(feeds, name))
          throw new FeedError(`run: the input ${JSON.stringify(name)} is not fed\n  give its value: run({ ${JSON.stringify(name)}: … })`);
        return readFeed(name, buffer.shape, buffer.storage, feeds[name]);
      });
      const variant = variantFor(fed);
      inputs.forEach(({ buffer, position }, at) => {
        const value = fed[at];
        if (value !== undefined) variant.space.arrays[position] = stored(value, buffer);
      });
      return variant;
    },
    commit: ({ space }) => {
      for (const { from, to } of space.commits) to.set(from);
    },
    keepStates: () => {
      const kept = states.map((state) => state.slice());
      return () => states.forEach((state, position) => state.set(kept[position] ?? state));
    },
    readState: (at) => {
      const slot = stateSlots[at];
      const data = states[at];
      if (slot === undefined || data === undefined) throw new TypeError('readState: there is no such state');
      return new NdArray(literalShape(slot.buffer.shape) ?? [], data.slice());
    },
  };
}
