import { givenOptions, NdArray, type TypedArray } from '@xcorr/graph';
import { fewElements, freshArray, type MemorySpace } from './memory-space.ts';
import type { Slot } from './session.ts';
import { checkOptions, checkRecords, recordOf, type Ends, type RunOptions } from './results.ts';

/** What all times give of an output, one behind the other, and what one of them gives. */
export interface Recorded {
  readonly all: TypedArray;
  readonly data: TypedArray;
}

/** Fresh arrays for all outputs of a call, put into a space. */
export interface FreshResults {
  readonly once: (space: MemorySpace) => Readonly<Record<string, NdArray>>;
  /** For a call of several times, of which these outputs are recorded: `append` has to follow each time. */
  readonly recorded: (space: MemorySpace, times: number, record: readonly string[]) => { readonly results: Readonly<Record<string, NdArray>>; readonly records: readonly Recorded[] };
}

/** Keeps what one time gave of the outputs that are recorded. */
export function append(records: readonly Recorded[], time: number): void {
  for (const { all, data } of records) {
    const { length } = data;
    if (length > fewElements) all.set(data, time * length);
    else for (let at = 0; at < length; at++) all[time * length + at] = data[at] ?? 0;
  }
}

/** Records of fewer elements need no look at the memory limit. */
const smallRecord = 2 ** 16;

/**
 * What makes the results of a program's calls. It is written for calls that take a microsecond, in programs beside many
 * others: nothing is looked up by name that is known beforehand, and objects grow by their names, which engines do
 * faster than copying those of many kinds.
 */
export function createFreshResults({ outputs }: Pick<Ends, 'outputs'>): FreshResults {
  // Written into a copy of one that has it as its own, this name is an own property, too.
  const own = outputs.some(({ name }) => name === '__proto__') ? recordOf(outputs.map(({ name }) => [name, new NdArray([1], new Float32Array(1))])) : undefined;
  const fresh = ({ buffer, position }: Slot, { arrays, lengths }: MemorySpace): TypedArray => {
    const data = freshArray(buffer.storage, lengths[position] ?? 0);
    arrays[position] = data;
    return data;
  };
  const kept: (TypedArray | undefined)[] = [];
  /** For what one time gives of an output that is recorded: few elements have room that is kept, since nobody is given it. */
  const passing = (output: Slot, space: MemorySpace): TypedArray => {
    const { position } = output;
    const length = space.lengths[position] ?? 0;
    if (length > fewElements) return fresh(output, space);
    let data = kept[position];
    if (data?.length !== length) data = freshArray(output.buffer.storage, length);
    kept[position] = data;
    space.arrays[position] = data;
    return data;
  };
  return {
    once: (space) => {
      const results: Record<string, NdArray> = own === undefined ? {} : { ...own };
      for (const output of outputs) results[output.name] = new NdArray(space.shapes[output.position] ?? [], fresh(output, space));
      return results;
    },
    recorded: (space, times, record) => {
      const results: Record<string, NdArray> = own === undefined ? {} : { ...own };
      const records: Recorded[] = [];
      for (const output of outputs) {
        const { buffer, name, position } = output;
        const shape = space.shapes[position] ?? [];
        if (!record.includes(name)) {
          results[name] = new NdArray(shape, fresh(output, space));
          continue;
        }
        const data = passing(output, space);
        if (data.length * times > smallRecord) checkRecords({ outputs }, space, times, record);
        const all = freshArray(buffer.storage, data.length * times);
        results[name] = new NdArray([times, ...shape], all);
        records.push({ all, data });
      }
      return { results, records };
    },
  };
}

/** How often a call runs and what it records. @throws ValueError when that cannot be. */
export function readOptions({ outputs }: Pick<Ends, 'outputs'>, options: RunOptions): { readonly times: number; readonly record: readonly string[] } {
  checkOptions(givenOptions(options, 'run', '{ times: 10 }'), outputs);
  const { times = 1, record = [] } = options;
  return { times, record };
}
