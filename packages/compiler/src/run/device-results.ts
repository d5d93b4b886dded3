import { NdArray, suggest, ValueError, type TypedArray } from '@xcorr/graph';
import type { DeviceRun } from '../backend.ts';
import { arrayOf, type Measures } from './memory-space.ts';
import { checkOptions, checkRecords, recordOf, type DeviceRunOptions, type Ends, type RunOptions } from './results.ts';

/** The arrays of an output that a call gives. */
interface FreshOutput {
  /** What one time gives. */
  readonly data: TypedArray;
  /** What all times give, one behind the other, where that is recorded. */
  readonly all: TypedArray | undefined;
  readonly result: NdArray;
}

/** Fresh arrays for the outputs of a call, undefined for those that are not asked for. */
function freshOutputs({ outputs }: Ends, { shapes, lengths }: Measures, { times = 1, record = [] }: RunOptions, isRead: (name: string) => boolean): readonly (FreshOutput | undefined)[] {
  checkRecords({ outputs }, { shapes, lengths }, times, record);
  return outputs.map(({ buffer, name, position }) => {
    if (!isRead(name)) return undefined;
    const length = lengths[position] ?? 0;
    const shape = shapes[position] ?? [];
    const data = new arrayOf[buffer.storage](length);
    const all = record.includes(name) ? new arrayOf[buffer.storage](length * times) : undefined;
    return { data, all, result: all === undefined ? new NdArray(shape, data) : new NdArray([times, ...shape], all) };
  });
}

function resultsOf({ outputs }: Ends, fresh: readonly (FreshOutput | undefined)[]): Record<string, NdArray> {
  return recordOf(outputs.flatMap(({ name }, at) => {
    const output = fresh[at];
    return output === undefined ? [] : [[name, output.result] as const];
  }));
}

/** Where a device writes what a call asks for. */
export interface DeviceDestination extends Pick<DeviceRun, 'times' | 'outputs' | 'records'> {
  readonly results: Readonly<Record<string, NdArray>>;
}

/** Fresh arrays for the outputs that a call on a device reads back. */
export function deviceDestination(ends: Ends, measures: Measures, options: DeviceRunOptions): DeviceDestination {
  checkOptions(options, ends.outputs);
  const names = ends.outputs.map((slot) => slot.name);
  const { times = 1, record = [], results = names } = options;
  for (const name of results)
    if (!names.includes(name)) throw new ValueError(`run: there is no output ${JSON.stringify(name)} to read; ${suggest(name, names, "program's outputs")}`);
  const unread = record.find((name) => !results.includes(name));
  if (unread !== undefined) throw new ValueError(`run: the output ${JSON.stringify(unread)} is recorded and not among results; name it there, too`);
  const fresh = freshOutputs(ends, measures, options, (name) => results.includes(name));
  return { times, outputs: fresh.map((output) => output?.data), records: fresh.map((output) => output?.all), results: resultsOf(ends, fresh) };
}
