import type { Storage } from '@xcorr/graph';
import type { ModeName } from '../modes.ts';
import type { FunctionName } from './functions/functions.ts';
import type { Packing } from './pack-reads.ts';
import type { StatementWriting } from './statements.ts';

/** What one kernel is written with, and what it turned out to need. */
export interface KernelWriting extends Omit<StatementWriting, 'isThread' | 'place'> {
  /** The buffers that it reads, in the order in which it first does. */
  readonly reads: () => readonly string[];
  /** Numbers that are given as arguments, by the names of these. */
  readonly specials: () => ReadonlyMap<string, number>;
  readonly calls: () => readonly FunctionName[];
}

/** Whole numbers of a table are kept in single precision, which holds them exactly below this. */
const exact = 2 ** 24;

/** Reads, calls and numbers are noted as they are written; `packing` says which buffers are read as parts of others. */
export function createKernelWriting(mode: ModeName, storageOf: (buffer: string) => Storage, tableOf: (table: readonly number[]) => string, packing?: Packing): KernelWriting {
  const reads = new Set<string>();
  const calls = new Set<FunctionName>();
  const specials = new Map<string, number>();
  const counts = new Map<string, number>();
  const fresh = (letter: string): string => {
    const count = counts.get(letter) ?? 0;
    counts.set(letter, count + 1);
    return `${letter}${count}`;
  };
  const read = (buffer: string, index: string): string => {
    const { buffer: from, offset } = packing?.placeOf(buffer) ?? { buffer, offset: 0 };
    reads.add(from);
    const bare = offset === 0 && index.startsWith('(') && index.lastIndexOf('(') === 0 ? index.slice(1, -1) : index;
    return `${from}[${offset === 0 ? bare : `${index} + ${offset}`}]`;
  };
  const call = (name: FunctionName, ...operands: readonly string[]): string => {
    calls.add(name);
    return `${name}(${operands.join(', ')})`;
  };
  return {
    mode,
    lines: [],
    storageOf,
    fresh,
    read,
    call,
    special: (value) => {
      for (const [name, known] of specials) if (Object.is(known, value)) return name;
      const name = fresh('v');
      specials.set(name, value);
      return name;
    },
    tableElement: (table, index, lines) => {
      if (table.some((each) => Math.abs(each) >= exact)) throw new TypeError('an index of a table is larger than single precision holds');
      // In an index, gpu.js reads no element of another array as an integer: it must stand in a local first.
      const name = fresh('p');
      lines.push(`const ${name} = ${read(tableOf(table), index)};`);
      return mode === 'cpu' ? name : call('wholeOf', name);
    },
    reads: () => [...reads],
    specials: () => specials,
    calls: () => [...calls],
  };
}
