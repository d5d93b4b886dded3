import { dirname } from 'node:path';
import { accessSync, constants } from 'node:fs';
import type { Report } from './report/report.ts';

/** How many of a report's rows have no figure: of times, of memory and of bytes. */
export function missingFigures({ rows, memory, bytes }: Pick<Report, 'rows' | 'memory' | 'bytes'>): number {
  const isMissing = (figure: number | null): boolean => figure === null;
  return [...rows.map((row) => row.milliseconds), ...memory.map((row) => row.megabytes), ...bytes.map((row) => row.bytes)].filter(isMissing).length;
}

/** @throws Error where nothing was chosen: a name that is misspelt must not pass for a run without faults. */
export function checkSomething({ rows, memory, bytes }: Pick<Report, 'rows' | 'memory' | 'bytes'>): void {
  if (rows.length + memory.length + bytes.length === 0) throw new Error('--only and --contenders leave nothing to measure');
}

/** Before hours are spent. @throws Error where a file cannot be written. */
export function checkWritable(file: string | undefined): void {
  if (file === undefined) return;
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new Error(`${file} cannot be written: its folder is not there, or is not yours`);
  }
}
