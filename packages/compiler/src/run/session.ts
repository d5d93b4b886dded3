import {
  allocate,
  bindSizes,
  FeedError,
  literalShape,
  NdArray,
  readFeed,
  type FedValue,
  type TypedArray,
} from '@xcorr/graph';
import type { CheckedSpec } from '../graph.ts';
import type { Buffer, Program } from '../program.ts';
import { createMemorySpace, createPersistent, type MemorySpace } from './memory-space.ts';

/** One run between its preparation and its end: where the kernel finds its arrays. */
export interface Prepared {
  readonly space: MemorySpace;
}

/** What a program keeps from run to run, and how feeds become arrays and arrays results. */
export interface Session {
  /** Checks feeds, finds room, allocates results. Nothing is changed when it throws. */
  readonly prepare: (feeds: Readonly<Record<string, unknown>>) => Prepared;
  /** Commits the states and takes the results out. */
  readonly finish: (prepared: Prepared) => Record<string, NdArray>;
  /** A copy of a state. */
  readonly readState: (position: number) => NdArray;
}

interface Slot {
  readonly buffer: Buffer;
  readonly position: number;
}

function slots(program: Program, role: Buffer['role']): readonly Slot[] {
  return program.buffers.flatMap((buffer, position) => (buffer.role === role ? [{ buffer, position }] : []));
}

/** The names nearest to a misspelt one. */
function suggestion(name: string, known: readonly string[]): string {
  const near = known.find((each) => each.toLowerCase() === name.toLowerCase() || distance(each, name) <= 2);
  return near === undefined ? `the program's inputs are ${known.map((each) => JSON.stringify(each)).join(', ') || 'none'}` : `did you mean ${JSON.stringify(near)}?`;
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

function stored(fed: FedValue, buffer: Buffer): TypedArray {
  const wanted = buffer.storage === 'float64' ? Float64Array : Float32Array;
  if (fed.data instanceof wanted) return fed.data;
  return wanted.from(fed.data);
}

/** How many bindings of named sizes keep their memory. */
const keptSpaces = 4;

export function createSession(program: Program, { graph, inputNames }: CheckedSpec): Session {
  const persistent = createPersistent(program);
  const inputs = slots(program, 'input');
  const outputs = slots(program, 'output');
  const states = slots(program, 'state');
  const nexts = slots(program, 'next').map((slot) => ({ ...slot, state: states.find((each) => each.buffer.id === slot.buffer.state) }));
  const spaces = new Map<string, MemorySpace>();

  const spaceFor = (fed: readonly FedValue[]): MemorySpace => {
    const key = program.sizes.length === 0 ? '' : fed.map((each) => each.shape.join('x')).join(',');
    const known = spaces.get(key);
    if (known !== undefined) return known;
    const sizes = bindSizes(inputs.map(({ buffer }, position) => ({ name: inputNames[position] ?? '', shape: buffer.shape, fed: fed[position]?.shape ?? [] })));
    const space = createMemorySpace(program, persistent, sizes);
    space.shapes.forEach((shape, position) => {
      if (shape.some((size) => size < 1))
        throw new FeedError(`run: ${program.buffers[position]?.label || 'a temporary'} would have the shape [${shape.join(', ')}] for these feeds\n  feed larger values: every axis must be at least 1`);
    });
    spaces.set(key, space);
    const [oldest] = spaces.keys();
    if (spaces.size > keptSpaces && oldest !== undefined) spaces.delete(oldest);
    return space;
  };

  return {
    prepare: (feeds) => {
      for (const name of Object.keys(feeds))
        if (!inputNames.includes(name)) throw new FeedError(`run: there is no input ${JSON.stringify(name)}; ${suggestion(name, inputNames)}`);
      const fed = inputs.map(({ buffer }, position) => {
        const name = inputNames[position] ?? '';
        if (!Object.hasOwn(feeds, name)) throw new FeedError(`run: the input ${JSON.stringify(name)} is not fed\n  give its value: run({ ${JSON.stringify(name)}: … })`);
        return readFeed(name, buffer.shape, feeds[name]);
      });
      const space = spaceFor(fed);
      inputs.forEach(({ buffer, position }, at) => {
        const value = fed[at];
        if (value !== undefined) space.arrays[position] = stored(value, buffer);
      });
      for (const { buffer, position } of outputs)
        space.arrays[position] = allocate(buffer.storage, (space.shapes[position] ?? []).reduce((product, size) => product * size, 1));
      return { space };
    },
    finish: ({ space }) => {
      for (const { position, state } of nexts) {
        const next = space.arrays[position];
        if (state !== undefined && next !== undefined) space.arrays[state.position]?.set(next);
      }
      const results: Record<string, NdArray> = {};
      outputs.forEach(({ position }, at) => {
        const { name } = graph.outputs[at] ?? { name: '' };
        const data = space.arrays[position];
        // An own property, whatever the name: `__proto__` is a name like any other.
        if (data !== undefined) Object.defineProperty(results, name, { value: new NdArray(space.shapes[position] ?? [], data), enumerable: true, configurable: true, writable: true });
      });
      return results;
    },
    readState: (at) => {
      const slot = states[at];
      const data = slot === undefined ? undefined : persistent.get(slot.buffer.id);
      if (slot === undefined || data === undefined) throw new TypeError('readState: there is no such state');
      return new NdArray(literalShape(slot.buffer.shape) ?? [], data.slice());
    },
  };
}
