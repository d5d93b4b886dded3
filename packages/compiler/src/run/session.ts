import {
  bindSizes,
  checkSizes,
  FeedError,
  literalShape,
  NdArray,
  readFeed,
  topologicalOrder,
  type FedValue,
  type TypedArray,
} from '@xcorr/graph';
import type { CheckedSpec } from '../graph.ts';
import type { Buffer, Program } from '../program.ts';
import { arrayOf, createMemorySpace, createPersistent, type MemorySpace } from './memory-space.ts';
import { suggest } from './suggest.ts';

export interface Slot {
  readonly buffer: Buffer;
  /** The name by which the caller knows it. */
  readonly name: string;
  /** Its position among the program's buffers. */
  readonly position: number;
}

/** What a program keeps from run to run, and how feeds become arrays. */
export interface Session {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  /** Checks the feeds and puts them into the space of their sizes. Nothing that persists is changed. */
  readonly feed: (feeds: Readonly<Record<string, unknown>>) => MemorySpace;
  /** The states become what the run made them. */
  readonly commit: (space: MemorySpace) => void;
  /** A copy of a state. */
  readonly readState: (position: number) => NdArray;
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

/** How many bindings of named sizes keep their memory. */
const keptSpaces = 4;

export function createSession(program: Program, { graph, inputNames }: CheckedSpec, memoryLimit: number | undefined): Session {
  const persistent = createPersistent(program);
  const inputs = slots(program, 'input', inputNames);
  const outputs = slots(program, 'output');
  const states = slots(program, 'state');
  const nexts = slots(program, 'next').map((slot) => ({ ...slot, state: states.find((each) => each.buffer.id === slot.buffer.state) }));
  const nodes = topologicalOrder([...graph.outputs.map((each) => each.tensor), ...graph.updates.map((each) => each.next)]);
  const spaces = new Map<string, MemorySpace>();

  const spaceFor = (fed: readonly FedValue[]): MemorySpace => {
    const key = program.sizes.length === 0 ? '' : fed.map((each) => each.shape.join('x')).join(',');
    const known = spaces.get(key);
    if (known !== undefined) return known;
    const sizes = bindSizes(inputs.map(({ buffer, name }, at) => ({ name, shape: buffer.shape, fed: fed[at]?.shape ?? [] })));
    checkSizes(nodes, sizes);
    const space = createMemorySpace(program, persistent, sizes, memoryLimit);
    spaces.set(key, space);
    const [oldest] = spaces.keys();
    if (spaces.size > keptSpaces && oldest !== undefined) spaces.delete(oldest);
    return space;
  };

  return {
    inputs,
    outputs,
    feed: (feeds) => {
      for (const name of Object.keys(feeds))
        if (!inputNames.includes(name)) throw new FeedError(`run: there is no input ${JSON.stringify(name)}; ${suggest(name, inputNames, 'inputs')}`);
      const fed = inputs.map(({ buffer, name }) => {
        if (!Object.hasOwn(feeds, name))
          throw new FeedError(`run: the input ${JSON.stringify(name)} is not fed\n  give its value: run({ ${JSON.stringify(name)}: … })`);
        return readFeed(name, buffer.shape, buffer.storage, feeds[name]);
      });
      const space = spaceFor(fed);
      inputs.forEach(({ buffer, position }, at) => {
        const value = fed[at];
        if (value !== undefined) space.arrays[position] = stored(value, buffer);
      });
      return space;
    },
    commit: (space) => {
      for (const { position, state } of nexts) {
        const next = space.arrays[position];
        if (state !== undefined && next !== undefined) space.arrays[state.position]?.set(next);
      }
    },
    readState: (at) => {
      const slot = states[at];
      const data = slot === undefined ? undefined : persistent.get(slot.buffer.id);
      if (slot === undefined || data === undefined) throw new TypeError('readState: there is no such state');
      return new NdArray(literalShape(slot.buffer.shape) ?? [], data.slice());
    },
  };
}
