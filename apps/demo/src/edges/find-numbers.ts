import { ndarray, type NdArray } from '@xcorr/graph';
import { cannyFromGradients } from '@xcorr/image';
import type { Place } from '../compute/choose-place.ts';
import { timedRun, type Programs } from '../compute/programs.ts';
import { matrixProgram } from './graphs.ts';
import type { Facts } from './outcome.ts';
import type { Finding } from './request.ts';

type Rows = readonly (readonly number[])[];

/** What is found in a small matrix, number by number. */
export async function findNumbers(matrix: Rows, finding: Finding, place: Place, programs: Programs): Promise<{ readonly values: Readonly<Record<string, Rows>>; readonly facts: Facts }> {
  const key = JSON.stringify(['matrix', finding.kind === 'canny' ? [finding.aperture, finding.smooth] : finding]);
  const { program, milliseconds } = await programs.find(key, place, () => matrixProgram(finding).spec);
  const { results, milliseconds: run, compile: made } = await timedRun(program, ndarray(matrix));
  const values = Object.fromEntries(Object.entries(results).map(([name, array]) => [name, rowsOf(array)]));
  const { dx, dy } = results;
  const lines = finding.kind === 'canny' && dx !== undefined && dy !== undefined ? cannyFromGradients(dx, dy, finding) : undefined;
  const shown = lines === undefined ? values : { edges: rowsFrom(lines.data, lines.width).map((row) => row.map((byte) => (byte === 0 ? 0 : 1))) };
  const compile = milliseconds === undefined && made === 0 ? undefined : (milliseconds ?? 0) + made;
  const edges = lines?.data.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0);
  return { values: shown, facts: { run, compile, ranOn: program.ranOn(), notes: place.notes, range: undefined, edges } };
}

function rowsOf({ shape, data }: NdArray): Rows {
  return rowsFrom(data, shape[1] ?? 0);
}

function rowsFrom(data: ArrayLike<number>, columns: number): Rows {
  const rows = columns === 0 ? 0 : data.length / columns;
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => data[row * columns + column] ?? 0));
}
