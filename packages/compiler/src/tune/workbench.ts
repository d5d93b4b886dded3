import type { TypedArray } from '@xcorr/graph';
import type { Backend } from '../backend.ts';
import { walk, type LoopNest } from '../nest.ts';
import type { Program, ScheduledNest } from '../program.ts';
import { freshArray, keepStates, type MemorySpace } from '../run/memory-space.ts';

/** A program's memory, in which its nests run together or apart. */
export interface Workbench {
  /** Makes what runs some of the program's nests once, under these schedules. */
  readonly load: (nests: readonly ScheduledNest[]) => () => void;
  /** The states as they were at first. */
  readonly restore: () => void;
  /** What a nest writes, of a run that begins with the states as they were. */
  readonly resultsOf: (nest: LoopNest, run: () => void) => readonly TypedArray[];
}

/** What no nest is likely to write. */
const unwritten = 77;

/** @param fed an array for each input, in the program's order */
export function createWorkbench(backend: Backend<'sync'>, program: Program, space: MemorySpace, fed: readonly TypedArray[]): Workbench {
  const target = backend.detect();
  const { buffers } = program;
  const inputs = [...fed];
  const arrays = buffers.map(({ role, storage }, at) => {
    if (role === 'input') return inputs.shift() ?? freshArray(storage, 0);
    return role === 'output' ? freshArray(storage, space.lengths[at] ?? 0) : (space.arrays[at] ?? freshArray(storage, 0));
  });
  const restore = keepStates(arrays.filter((_, at) => buffers[at]?.role === 'state'));
  return {
    load: (nests) => {
      const loaded = backend.load(backend.emit({ ...program, nests, invariant: 0 }, target));
      return () => loaded.run(arrays, space.sizes);
    },
    restore,
    resultsOf: ({ body }, run) => {
      const stored = new Set([...walk(body)].flatMap(([statement]) => (statement.kind === 'store' ? [statement.buffer] : [])));
      const written = buffers.flatMap(({ id, role }, at) => (stored.has(id) ? [{ role, array: arrays[at] ?? freshArray('float32', 0) }] : []));
      for (const { role, array } of written) if (role !== 'state') array.fill(unwritten);
      restore();
      run();
      const results = written.map(({ array }) => array.slice());
      restore();
      return results;
    },
  };
}

/** True when two runs gave the same: to the bit, but for the sign of zero, which rewrites ignore. */
export function isSame(a: readonly TypedArray[], b: readonly TypedArray[]): boolean {
  return a.every((array, at) => {
    const other = b[at];
    return other !== undefined && array.every((value: number, index: number) => value === other[index] || (Number.isNaN(value) && Number.isNaN(other[index])));
  });
}
