import { NdArray } from '@xcorr/graph';
import { cannyFromGradients } from '@xcorr/image';
import type { Place } from '../compute/choose-place.ts';
import type { Compiled, Programs } from '../compute/programs.ts';
import { runInBands, type Report, type Wanted } from './bands.ts';
import { brightness, rowProgram, smoothing, type RowProgram } from './graphs.ts';
import type { Placed } from './paint.ts';
import type { Finding } from './request.ts';
import type { Plane } from './rows.ts';
import type { BorderName } from './state.ts';
import { rangeOf, type Range } from './strong-response.ts';

/** What was found in a picture, whole, before it is painted. */
export type Values = {
  readonly placed: Placed;
  /** The response; the gradient's magnitude and direction; or its derivatives dx and dy. */
  readonly arrays: readonly [Float32Array] | readonly [Float32Array, Float32Array];
  /** Of the response or the magnitude. */
  readonly range: Range;
  readonly run: number;
  readonly compile: number | undefined;
  readonly ranOn: string;
};

/** Where programs run, what keeps them, and what is told while they do. */
export type Work = { readonly place: Place; readonly programs: Programs; readonly wanted: Wanted; readonly report: Report };

/** A kernel that lies nowhere inside a picture whose border must not be seen. */
export class KernelOutreaches extends Error {
  override readonly name = 'KernelOutreaches';
  readonly rows: number;
  readonly columns: number;
  constructor(rows: number, columns: number) {
    super(`a kernel of ${rows} x ${columns} lies nowhere inside the picture`);
    this.rows = rows;
    this.columns = columns;
  }
}

/** GPUs have a program for each size, so their bands are alike: this many elements each, at most. */
const gpuBandElements = 2 ** 21;

type Task = { readonly key: string; readonly make: () => RowProgram; readonly plane: Plane; readonly border: BorderName; readonly constant: number };

type Done<Output> = { readonly outputs: Readonly<Record<string, Output>>; readonly placed: Placed; readonly run: number; readonly compiled: Compiled; readonly compile: number | undefined };

async function runTask<Output extends Float32Array | Uint8ClampedArray>({ key, make, plane, border, constant }: Task, allocate: (length: number) => Output, { place, programs, wanted, report }: Work): Promise<Done<Output> | undefined> {
  // Cheap, and pure: the graph is made anew, the program is kept.
  const { spec, reach, outputs: names } = make();
  const compiled = await programs.find(key, place, () => spec);
  const [aroundRows, aroundColumns] = [reach.low[0] + reach.high[0], reach.low[1] + reach.high[1]];
  const isInside = border === 'none';
  const placed = isInside
    ? { left: reach.low[1], top: reach.low[0], columns: plane.width - aroundColumns, rows: plane.height - aroundRows }
    : { left: 0, top: 0, columns: plane.width, rows: plane.height };
  if (placed.rows < 1 || placed.columns < 1) throw new KernelOutreaches(aroundRows + 1, aroundColumns + 1);
  const outputs = Object.fromEntries(names.map((name) => [name, allocate(placed.rows * placed.columns)]));
  const bandRows = place.kind === 'gpu' ? Math.min(placed.rows, Math.max(1, Math.floor(gpuBandElements / placed.columns))) : undefined;
  const times = await runInBands({ plane, reach, border, constant, program: compiled.program, outputs, columns: placed.columns, rows: placed.rows, bandRows }, wanted, report);
  if (times === undefined) return undefined;
  const compile = compiled.milliseconds === undefined && times.compile === 0 ? undefined : (compiled.milliseconds ?? 0) + times.compile;
  return { outputs, placed, run: times.run, compiled, compile };
}

/** The brightness of a picture of four channels, in bytes. */
export async function findBrightness(plane: Plane, work: Work): Promise<Plane | undefined> {
  const done = await runTask({ key: 'brightness', make: brightness, plane, border: 'zero', constant: 0 }, (length) => new Uint8ClampedArray(length), work);
  return done === undefined ? undefined : greyPlane(plane, done.outputs['bytes']);
}

function greyPlane({ width, height }: Plane, bytes: Uint8ClampedArray | undefined): Plane {
  return { width, height, channels: 1, data: bytes === undefined ? new Uint8Array(width * height) : new Uint8Array(bytes.buffer) };
}

/** Undefined where the work was not wanted any more. */
export async function findValues(plane: Plane, finding: Finding, work: Work): Promise<Values | undefined> {
  if (finding.kind === 'canny' && finding.smooth) {
    const smooth = await runTask({ key: 'smoothing', make: smoothing, plane, border: 'edge', constant: 0 }, (length) => new Uint8ClampedArray(length), work);
    if (smooth === undefined) return undefined;
    const values = await findValues(greyPlane(plane, smooth.outputs['bytes']), { ...finding, smooth: false }, work);
    return values && { ...values, run: values.run + smooth.run, compile: sumOf(values.compile, smooth.compile) };
  }
  const canny = finding.kind === 'canny';
  // Thresholds stand in no program.
  const key = JSON.stringify(canny ? [finding.kind, finding.aperture] : finding);
  const [border, constant] = canny ? (['edge', 0] as const) : [finding.border, finding.constant];
  const done = await runTask({ key, make: () => rowProgram(finding), plane, border, constant }, (length) => new Float32Array(length), work);
  if (done === undefined) return undefined;
  const [first = new Float32Array(), second] = Object.values(done.outputs);
  return {
    placed: done.placed,
    arrays: second === undefined ? [first] : [first, second],
    range: canny ? { least: 0, most: 0, strong: 1 } : rangeOf(first),
    run: done.run,
    compile: done.compile,
    ranOn: done.compiled.program.ranOn(),
  };
}

function sumOf(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined ? second : first + (second ?? 0);
}

/** Canny's lines of these gradients; thresholds in the units of Sobel's gradients of bytes. */
export function linesOf({ placed: { rows, columns }, arrays: [dx, dy] }: Pick<Values, 'placed' | 'arrays'>, options: Extract<Finding, { readonly kind: 'canny' }>): Uint8Array {
  const shape = [rows, columns];
  return cannyFromGradients(new NdArray(shape, dx), new NdArray(shape, dy ?? dx), { low: options.low, high: options.high, norm: options.norm }).data;
}
