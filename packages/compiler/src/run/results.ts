import { bytesOf, checkMemory, FeedError, givenList, isTypedArray, NdArray, suggest, ValueError, type TypedArray } from '@xcorr/graph';
import { arrayOf, type Measures, type MemorySpace } from './memory-space.ts';
import type { AbortSignalLike } from '../backend.ts';
import type { Slot } from './session.ts';

/** How often a program runs in one call, and which outputs are kept of every time. */
export interface RunOptions<Output extends string = string> {
  /** Default: 1. */
  readonly times?: number;
  /** Outputs whose values of all times are returned, along a new first axis of `times` elements. */
  readonly record?: readonly Output[];
}

/** What a call on a device may ask for besides. */
export interface DeviceRunOptions<Output extends string = string, Read extends Output = Output> extends RunOptions<Output> {
  /** The outputs that are read back; what is recorded must be among them. Default: all. */
  readonly results?: readonly Read[];
  /** Aborts the call, between two of its times; the states are then as they were before it. */
  readonly signal?: AbortSignalLike;
}

/** A record that takes any name, `__proto__` too, as an own property. */
export function recordOf<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  const result: Record<string, Value> = {};
  for (const [name, value] of entries) Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  return result;
}

/** @throws ValueError for a number of times that is none, or an output that is not there to be recorded. */
export function checkOptions({ times = 1, record = [] }: RunOptions, outputs: readonly Slot[]): void {
  if (!Number.isSafeInteger(times) || times < 1) throw new ValueError(`run: times ${times} is not a whole number of at least 1`);
  for (const name of givenList(record, 'run: record', "give the outputs' names: ['loss']")) {
    if (outputs.some((slot) => slot.name === name)) continue;
    const names = outputs.map((slot) => slot.name);
    throw new ValueError(`run: there is no output ${JSON.stringify(name)} to record; ${suggest(name, names, "program's outputs")}`);
  }
}

/** What a call needs to know of a session. */
export interface Ends {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
}

/** @throws XcorrError when what is recorded exceeds the memory limit. */
export function checkRecords({ outputs }: Pick<Ends, 'outputs'>, { shapes, lengths }: Measures, times: number, record: readonly string[]): void {
  checkMemory(
    'run',
    outputs.flatMap(({ buffer, name, position }) => {
      const bytes = (lengths[position] ?? 0) * times * bytesOf[buffer.storage];
      return record.includes(name) ? [{ label: `the record of ${JSON.stringify(name)}`, shape: [times, ...(shapes[position] ?? [])], bytes }] : [];
    }),
  );
}

/** Arrays of the caller's for all outputs; nothing is allocated. */
export function givenDestination({ outputs }: Ends, space: MemorySpace, given: Readonly<Record<string, unknown>>): void {
  if (typeof given !== 'object' || given === null) throw new FeedError(`runInto: an object with an array for each output is expected, not ${String(given)}`);
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

/** Whether two of these share memory. */
export function shareMemory(slots: readonly Slot[], { arrays }: MemorySpace): boolean {
  for (const one of slots) for (const other of slots) if (one !== other && overlaps(arrays[one.position], arrays[other.position])) return true;
  return false;
}

/** A feed that shares memory with an output of the same run is copied first. */
export function separate({ inputs, outputs }: Ends, { arrays }: MemorySpace): void {
  for (const { position } of inputs) {
    for (const output of outputs) {
      const data = arrays[position];
      if (data !== undefined && overlaps(data, arrays[output.position])) arrays[position] = data.slice();
    }
  }
}

function overlaps(a: TypedArray | undefined, b: TypedArray | undefined): boolean {
  return a !== undefined && b !== undefined && a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
