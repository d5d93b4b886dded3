import type { FunctionName } from './functions/functions.ts';
import type { Packing } from './pack-reads.ts';
import type { StatementWriting } from './statements.ts';

/** What one kernel is written with, and what it turned out to need. */
export interface KernelWriting {
  readonly writing: Omit<StatementWriting, 'isThread' | 'place' | 'extentOf'>;
  /** The buffers that it reads, in the order in which it first does. */
  readonly reads: ReadonlySet<string>;
  /** Numbers that are given as arguments, by the names of these. */
  readonly specials: ReadonlyMap<string, number>;
  readonly calls: ReadonlySet<FunctionName>;
}

/** What all kernels of a program are written with. */
export type Common = Pick<StatementWriting, 'mode' | 'storageOf' | 'tableOf' | 'mapOf'>;

/** Reads, calls and numbers are noted as they are written; `packing` says which buffers are read as parts of others. */
export function createKernelWriting(common: Common, packing: Packing | undefined): KernelWriting {
  const reads = new Set<string>();
  const calls = new Set<FunctionName>();
  const specials = new Map<string, number>();
  const counts = new Map<string, number>();
  const fresh = (letter: string): string => {
    const count = counts.get(letter) ?? 0;
    counts.set(letter, count + 1);
    return `${letter}${count}`;
  };
  const special = (value: number): string => {
    for (const [name, known] of specials) if (Object.is(known, value)) return name;
    const name = fresh('v');
    specials.set(name, value);
    return name;
  };
  const call = (name: FunctionName, ...operands: readonly string[]): string => {
    calls.add(name);
    return `${name}(${operands.join(', ')})`;
  };
  const placeOf = packing?.placeOf ?? ((buffer: string) => ({ buffer, offset: 0 }));
  return { writing: { ...common, lines: [], placeOf, fresh, special, call, reads: (buffer) => void reads.add(buffer) }, reads, specials, calls };
}
