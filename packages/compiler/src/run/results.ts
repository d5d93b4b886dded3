import { bytesOf, checkMemory, FeedError, isTypedArray, NdArray, suggest, ValueError, type TypedArray } from '@xcorr/graph';
import { arrayOf, type MemorySpace } from './memory-space.ts';
import type { Slot } from './session.ts';

/** How often a program runs in one call, and which outputs are kept of every time. */
export interface RunOptions<Output extends string = string> {
  /** Default: 1. */
  readonly times?: number;
  /** Outputs whose values of all times are returned, along a new first axis of `times` elements. */
  readonly record?: readonly Output[];
}

/** Where the outputs of a call go. */
export interface Destination {
  readonly times: number;
  /** Keeps what one time gave of the outputs that are recorded. */
  readonly keep: (time: number) => void;
  readonly results: Readonly<Record<string, NdArray>>;
}

/** A record that takes any name, `__proto__` too, as an own property. */
export function recordOf<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  const result: Record<string, Value> = {};
  for (const [name, value] of entries) Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  return result;
}

function checkOptions({ times = 1, record = [] }: RunOptions, outputs: readonly Slot[]): void {
  if (!Number.isSafeInteger(times) || times < 1) throw new ValueError(`run: times ${times} is not a whole number of at least 1`);
  const names = outputs.map((slot) => slot.name);
  for (const name of record)
    if (!names.includes(name)) throw new ValueError(`run: there is no output ${JSON.stringify(name)} to record; ${suggest(name, names, "program's outputs")}`);
}

/** What a call needs to know of a session. */
export interface Ends {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
}

/** Fresh arrays for all outputs of a call, put into the space; what is recorded of each time is copied out of them. */
export function freshDestination({ outputs }: Ends, space: MemorySpace, options: RunOptions): Destination {
  checkOptions(options, outputs);
  const { times = 1, record = [] } = options;
  checkMemory(
    'run',
    outputs.flatMap(({ buffer, name, position }) => {
      const bytes = (space.lengths[position] ?? 0) * times * bytesOf[buffer.storage];
      return record.includes(name) ? [{ label: `the record of ${JSON.stringify(name)}`, shape: [times, ...(space.shapes[position] ?? [])], bytes }] : [];
    }),
  );
  const recorded: { readonly from: TypedArray; readonly to: TypedArray }[] = [];
  const results = recordOf(
    outputs.map(({ buffer, name, position }): readonly [string, NdArray] => {
      const length = space.lengths[position] ?? 0;
      const shape = space.shapes[position] ?? [];
      const data = new arrayOf[buffer.storage](length);
      space.arrays[position] = data;
      if (!record.includes(name)) return [name, new NdArray(shape, data)];
      const all = new arrayOf[buffer.storage](length * times);
      recorded.push({ from: data, to: all });
      return [name, new NdArray([times, ...shape], all)];
    }),
  );
  const keep = (time: number): void => {
    for (const { from, to } of recorded) to.set(from, time * from.length);
  };
  return { times, keep, results };
}

/** Arrays of the caller's for all outputs; nothing is allocated. */
export function givenDestination({ outputs }: Ends, space: MemorySpace, given: Readonly<Record<string, unknown>>): void {
  const names = outputs.map((output) => output.name);
  for (const name of Object.keys(given))
    if (!names.includes(name)) throw new FeedError(`runInto: there is no output ${JSON.stringify(name)}; ${suggest(name, names, "program's outputs")}`);
  for (const { position } of outputs) space.arrays[position] = nothing;
  for (const { buffer, name, position } of outputs) {
    const target = Object.hasOwn(given, name) ? given[name] : undefined;
    const data: unknown = target instanceof NdArray ? target.data : target;
    const fits = buffer.storage === 'uint8' ? data instanceof Uint8ClampedArray : data instanceof arrayOf[buffer.storage];
    if (!isTypedArray(data) || !fits || data.length !== space.lengths[position])
      throw new FeedError(
        `runInto: the output ${JSON.stringify(name)} needs a ${arrayOf[buffer.storage].name} of ${space.lengths[position] ?? 0} elements, or an NdArray that holds one`,
      );
    const same = outputs.find((other) => other.position < position && overlaps(data, space.arrays[other.position]));
    if (same !== undefined) throw new FeedError(`runInto: the outputs ${JSON.stringify(same.name)} and ${JSON.stringify(name)} share memory; give each an array of its own`);
    space.arrays[position] = data;
  }
}

const nothing = new Float32Array(0);

/** A feed that shares memory with an output of the same run is copied first. */
export function separate({ inputs, outputs }: Ends, space: MemorySpace): void {
  for (const { position } of inputs) {
    const data = space.arrays[position];
    if (data !== undefined && outputs.some((output) => overlaps(data, space.arrays[output.position]))) space.arrays[position] = data.slice();
  }
}

function overlaps(a: TypedArray, b: TypedArray | undefined): boolean {
  return b !== undefined && a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
