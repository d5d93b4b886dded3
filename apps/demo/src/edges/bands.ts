import { NdArray, type TypedArray } from '@xcorr/graph';
import { pause } from '../compute/pause.ts';
import { timedRun, type Program } from '../compute/programs.ts';
import type { Reach } from './graphs.ts';
import { gatherRows, type Plane } from './rows.ts';
import type { BorderName } from './state.ts';

/** Says whether the work is still wanted. */
export type Wanted = { readonly isWanted: () => boolean };

/** Called between bands with the rows that are done, of how many. */
export type Report = (done: number, of: number) => void;

export type Bands = {
  readonly plane: Plane;
  readonly reach: Reach;
  readonly border: BorderName;
  readonly constant: number;
  readonly program: Program;
  /** Where each output goes, whole. */
  readonly outputs: Readonly<Record<string, TypedArray>>;
  /** Columns of an output. */
  readonly columns: number;
  readonly rows: number;
  /** Rows of a band where all bands are alike; otherwise they grow until one takes `bandMilliseconds`. */
  readonly bandRows: number | undefined;
};

export type BandTimes = { readonly run: number; /** What the first run of a size took, where a program is made for it. */ readonly compile: number };

/** Between two bands a message is heard: what cancels waits no longer than this, about. */
const bandMilliseconds = 24;
const firstElements = 65_536;

/**
 * Runs a program over a picture in bands of rows. A band gets the rows around it that the program reads, those beyond the
 * border too, so that the bands together are what the program would give for the whole.
 *
 * @returns the time in programs; undefined where the work was not wanted any more
 */
export async function runInBands(bands: Bands, { isWanted }: Wanted, report: Report): Promise<BandTimes | undefined> {
  const { rows, bandRows } = bands;
  const times = { run: 0, compile: 0 };
  let height = Math.min(rows, bandRows ?? Math.max(1, Math.round(firstElements / bands.columns)));
  let done = 0;
  while (done < rows) {
    // Bands that must be alike overlap at the end.
    const first = bandRows === undefined ? done : Math.min(done, rows - height);
    const count = Math.min(height, rows - first);
    const { milliseconds, compile } = await runBand(bands, first, count);
    times.run += milliseconds;
    times.compile += compile;
    done = first + count;
    if (bandRows === undefined) height = Math.max(1, Math.round(count * Math.min(4, Math.max(0.25, bandMilliseconds / Math.max(milliseconds, 0.1)))));
    if (done < rows) {
      report(done, rows);
      await pause();
    }
    if (!isWanted()) return undefined;
  }
  report(rows, rows);
  return times;
}

async function runBand({ plane, reach, border, constant, program, outputs, columns }: Bands, first: number, count: number): Promise<{ readonly milliseconds: number; readonly compile: number }> {
  const above = border === 'none' ? 0 : reach.low[0];
  const height = count + reach.low[0] + reach.high[0];
  const data = gatherRows(plane, first - above, height, border, constant);
  const X = new NdArray(plane.channels === 1 ? [height, plane.width] : [height, plane.width, plane.channels], data);
  const { results, milliseconds, compile } = await timedRun(program, X);
  for (const [name, whole] of Object.entries(outputs)) {
    const values = results[name];
    if (values !== undefined) whole.set(values.data, first * columns);
  }
  return { milliseconds, compile };
}
