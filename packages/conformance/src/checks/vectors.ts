import type { ProgramSpec } from '@xcorr/compiler';
import { mismatch, type CorrelationGradientVector, type CorrelationVector, type Elements, type FilterVector, type Tolerance } from '@xcorr/golden/vectors';
import { conv2d, corr2d, extend, flip, grad, input, mul, NdArray, pad, sum, type DType, type Tensor } from '@xcorr/graph';
import { required, runnerOf, type Runner } from '../judge/runner.ts';
import { dtypes, eachCase, type Check, type Finding, type Subject } from '../suite/check.ts';
import { readVectors } from '../suite/vectors.ts';

const fed = ({ shape, data }: Elements, dtype: DType): NdArray => new NdArray(shape, dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data));

function differences(id: string, got: NdArray, want: Elements, tolerance: Tolerance): readonly string[] {
  const shapes = got.shape.join() === want.shape.join() ? undefined : `the shape is [${got.shape.join(', ')}], not [${want.shape.join(', ')}]`;
  const difference = shapes ?? mismatch(got.data, want.data, tolerance);
  return difference === undefined ? [] : [`${id}: ${difference}`];
}

/** Compiles what makes the program of a vector, once for all vectors that have the same: its parts tell programs apart. */
type Programs = (parts: readonly unknown[], make: () => ProgramSpec) => Promise<Runner>;

function programsOf({ backend }: Subject): Programs {
  const known = new Map<string, Promise<Runner>>();
  return (parts, make) => {
    const key = JSON.stringify(parts);
    const runner = known.get(key) ?? runnerOf(make(), backend);
    known.set(key, runner);
    return runner;
  };
}

async function ofCorrelation({ id, x, w, bias, y, attributes, tolerance }: CorrelationVector, programs: Programs, dtype: DType): Promise<readonly string[]> {
  const runner = await programs(['correlation', dtype, x.shape, w.shape, attributes, bias], () => {
    const [X, W] = [input('X', x.shape, { dtype }), input('W', w.shape, { dtype })];
    const Y = conv2d(X, W, bias === undefined ? attributes : { ...attributes, bias: fed(bias, dtype) });
    return { inputs: { X, W }, outputs: { Y } };
  });
  return differences(id, required(await runner.run({ X: fed(x, dtype), W: fed(w, dtype) }), 'Y'), y, tolerance);
}

async function ofGradient({ id, x, w, dy, dx, dw, attributes, tolerance }: CorrelationGradientVector, programs: Programs, dtype: DType): Promise<readonly string[]> {
  const runner = await programs(['gradients', dtype, x.shape, w.shape, attributes], () => {
    const [X, W, dY] = [input('X', x.shape, { dtype }), input('W', w.shape, { dtype }), input('dY', dy.shape, { dtype })];
    const [dX, dW] = grad(sum(mul(conv2d(X, W, attributes), dY)), [X, W]);
    return { inputs: { X, W, dY }, outputs: { dX, dW } };
  });
  const results = await runner.run({ X: fed(x, dtype), W: fed(w, dtype), dY: fed(dy, dtype) });
  return [...differences(`${id}, dX`, required(results, 'dX'), dx, tolerance), ...differences(`${id}, dW`, required(results, 'dW'), dw, tolerance)];
}

/**
 * How far SciPy's filters reach before and behind an element along an axis of some taps.
 *
 *   scipy.ndimage  tap floor(taps / 2) + origin lies on the element, in strict convolutions too
 *   scipy.signal   `same` is cut from `full` (taps - 1) - floor(taps / 2) behind its beginning
 */
function reach(taps: number, axis: 0 | 1, { flip: isFlipped, origin, size }: FilterVector['attributes']): readonly [number, number] {
  if (size === 'valid') return [0, 0];
  if (size === 'full') return [taps - 1, taps - 1];
  const shift = origin?.[axis] ?? (size === 'same' && isFlipped && taps % 2 === 0 ? -1 : 0);
  const before = Math.floor(taps / 2) + shift;
  const ends = [before, taps - 1 - before] as const;
  return isFlipped ? [ends[1], ends[0]] : ends;
}

function filtered(X: Tensor, W: Tensor, { shape: [rows = 1, columns = 1] }: Elements, attributes: FilterVector['attributes']): Tensor {
  const [vertical, horizontal] = [reach(rows, 0, attributes), reach(columns, 1, attributes)];
  const margins = { low: [vertical[0], horizontal[0]], high: [vertical[1], horizontal[1]] };
  const { boundary, constant: value } = attributes;
  return corr2d(boundary === 'constant' ? pad(X, { ...margins, value }) : extend(X, { ...margins, mode: boundary }), attributes.flip ? flip(W) : W);
}

async function ofFilter({ id, x, w, y, attributes, tolerance }: FilterVector, programs: Programs, main: DType): Promise<readonly string[]> {
  const { dtype = main } = attributes;
  const runner = await programs(['filter', dtype, x.shape, w.shape, attributes], () => {
    const [X, W] = [input('X', x.shape, { dtype }), input('W', w.shape, { dtype })];
    return { inputs: { X, W }, outputs: { Y: filtered(X, W, w, attributes) } };
  });
  return differences(id, required(await runner.run({ X: fed(x, dtype), W: fed(w, dtype) }), 'Y'), y, tolerance);
}

const idOf = ({ id }: { readonly id: string }): string => id;

/** The vectors that were handed over, or those of the folder that XCORR_VECTORS names; each is a case. */
async function problemsOf(subject: Subject): Promise<Finding> {
  const vectors = subject.vectors ?? readVectors();
  if (vectors === undefined) return { problems: [], notRun: 'XCORR_VECTORS names no folder, and no vectors were handed over' };
  const programs = programsOf(subject);
  const main: DType = subject.dtypes.includes('float32') ? 'float32' : 'float64';
  const filters = vectors.filters.filter(({ attributes: { dtype = main } }) => subject.dtypes.includes(dtype));
  const cases: Record<string, readonly string[]> = {
    ...(await eachCase(vectors.correlations, subject.backend, idOf, (each) => ofCorrelation(each, programs, main))),
    ...(await eachCase(vectors.gradients, subject.backend, idOf, (each) => ofGradient(each, programs, main))),
    ...(await eachCase(filters, subject.backend, idOf, (each) => ofFilter(each, programs, main))),
  };
  // A backend that has not the dtype of some says why: they are one case, which it refuses.
  for (const dtype of dtypes.filter((each) => !subject.dtypes.includes(each))) {
    const others = vectors.filters.filter(({ attributes }) => attributes.dtype === dtype);
    const refusals = Object.values(await eachCase(others, subject.backend, idOf, (each) => ofFilter(each, programs, main))).flat();
    if (others.length > 0) cases[`filters of ${dtype}`] = refusals;
  }
  return { problems: [], cases };
}

export const vectorsCheck: Check = {
  promise: 'reference vectors come out within their tolerances: layers, their gradients, and filters with every border',
  runs: 'once',
  run: problemsOf,
};
