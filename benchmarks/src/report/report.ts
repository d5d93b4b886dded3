import type { Row } from '../row.ts';
import type { MemoryRow } from '../whole/processes.ts';
import type { BytesRow } from '../whole/shipped-bytes.ts';
import type { Machine } from './machine.ts';

/** All that a run measured. */
export interface Report {
  /** What was asked for, as one types it: a part is not taken for the whole. */
  readonly command: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly rows: readonly Row[];
  readonly memory: readonly MemoryRow[];
  readonly bytes: readonly BytesRow[];
}
