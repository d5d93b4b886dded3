import { NdArray, type TypedArray } from '@xcorr/graph';
import { freshArray, type MemorySpace } from './memory-space.ts';
import { checkOptions, checkRecords, recordOf, type Ends, type RunOptions } from './results.ts';

/** Where the outputs of a call go. */
export interface Destination {
  readonly results: Readonly<Record<string, NdArray>>;
  /** Keeps what one time gave of the outputs that are recorded. */
  readonly keep: (time: number) => void;
}

/** Fresh arrays for all outputs of a call, put into a space. */
export type FreshResults = (space: MemorySpace, times: number, record: readonly string[]) => Destination;

/** What all times give of an output, one behind the other, and what one of them gives. */
interface Recorded {
  readonly all: TypedArray;
  readonly data: TypedArray;
}

/** Copies of few elements are made faster one by one. */
const fewElements = 16;

function append(recorded: readonly Recorded[], time: number): void {
  for (const { all, data } of recorded) {
    const start = time * data.length;
    if (data.length > fewElements) all.set(data, start);
    else for (let at = 0; at < data.length; at++) all[start + at] = data[at] ?? 0;
  }
}

/** Records of fewer elements need no look at the memory limit. */
const smallRecord = 2 ** 16;

/**
 * What makes the results of a program's calls. It is written for calls that take a microsecond: nothing is looked up by
 * name that is known beforehand.
 */
export function createFreshResults({ outputs }: Pick<Ends, 'outputs'>): FreshResults {
  // Written into a copy, a name is an own property from the start: `__proto__`, too.
  const none = recordOf(outputs.map(({ name }) => [name, new NdArray([1], new Float32Array(1))]));
  return (space, times, record) => {
    const { arrays, shapes, lengths } = space;
    const results = { ...none };
    const recorded: Recorded[] = [];
    for (const { buffer, name, position } of outputs) {
      const length = lengths[position] ?? 0;
      const shape = shapes[position] ?? [];
      const data = freshArray(buffer.storage, length);
      arrays[position] = data;
      if (!record.includes(name)) {
        results[name] = new NdArray(shape, data);
        continue;
      }
      if (length * times > smallRecord) checkRecords({ outputs }, space, times, record);
      const all = freshArray(buffer.storage, length * times);
      results[name] = new NdArray([times, ...shape], all);
      recorded.push({ all, data });
    }
    return { results, keep: (time) => append(recorded, time) };
  };
}

const once: readonly string[] = [];

/** How often a call runs and what it records. @throws ValueError when that cannot be. */
export function readOptions({ outputs }: Pick<Ends, 'outputs'>, options: RunOptions | undefined): { readonly times: number; readonly record: readonly string[] } {
  if (options === undefined) return { times: 1, record: once };
  checkOptions(options, outputs);
  return { times: options.times ?? 1, record: options.record ?? once };
}
