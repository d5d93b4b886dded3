import { mismatch, type CorrelationGradientVector, type CorrelationVector, type Elements, type FilterVector, type Tolerance } from '@xcorr/golden/vectors';
import { conv2d, corr2d, extend, flip, grad, input, mul, NdArray, pad, sum, type DType, type Tensor } from '@xcorr/graph';
import { required, runnerOf } from '../judge/runner.ts';
import { dtypes, eachCase, type Check, type Finding, type Subject } from '../suite/check.ts';
import { readVectors } from '../suite/vectors.ts';

const fed = ({ shape, data }: Elements, dtype: DType): NdArray => new NdArray(shape, dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data));

function differences(id: string, got: NdArray, want: Elements, tolerance: Tolerance): readonly string[] {
  const shapes = got.shape.join() === want.shape.join() ? undefined : `the shape is [${got.shape.join(', ')}], not [${want.shape.join(', ')}]`;
  const difference = shapes ?? mismatch(got.data, want.data, tolerance);
  return difference === undefined ? [] : [`${id}: ${difference}`];
}

async function ofCorrelation({ id, x, w, bias, y, attributes, tolerance }: CorrelationVector, { backend }: Subject, dtype: DType): Promise<readonly string[]> {
  const [X, W] = [input('X', x.shape, { dtype }), input('W', w.shape, { dtype })];
  const Y = conv2d(X, W, bias === undefined ? attributes : { ...attributes, bias: fed(bias, dtype) });
  const runner = await runnerOf({ inputs: { X, W }, outputs: { Y } }, backend);
  return differences(id, required(await runner.run({ X: fed(x, dtype), W: fed(w, dtype) }), 'Y'), y, tolerance);
}

async function ofGradient({ id, x, w, dy, dx, dw, attributes, tolerance }: CorrelationGradientVector, { backend }: Subject, dtype: DType): Promise<readonly string[]> {
  const [X, W, dY] = [input('X', x.shape, { dtype }), input('W', w.shape, { dtype }), input('dY', dy.shape, { dtype })];
  const [dX, dW] = grad(sum(mul(conv2d(X, W, attributes), dY)), [X, W]);
  const results = await (await runnerOf({ inputs: { X, W, dY }, outputs: { dX, dW } }, backend)).run({ X: fed(x, dtype), W: fed(w, dtype), dY: fed(dy, dtype) });
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

async function ofFilter({ id, x, w, y, attributes, tolerance }: FilterVector, { backend }: Subject, main: DType): Promise<readonly string[]> {
  const { dtype = main } = attributes;
  const [X, W] = [input('X', x.shape, { dtype }), input('W', w.shape, { dtype })];
  const runner = await runnerOf({ inputs: { X, W }, outputs: { Y: filtered(X, W, w, attributes) } }, backend);
  return differences(id, required(await runner.run({ X: fed(x, dtype), W: fed(w, dtype) }), 'Y'), y, tolerance);
}

const idOf = ({ id }: { readonly id: string }): string => id;

/** The vectors that were handed over, or those of the folder that XCORR_VECTORS names; each is a case. */
async function problemsOf(subject: Subject): Promise<Finding> {
  const vectors = subject.vectors ?? readVectors();
  if (vectors === undefined) return { problems: [], notRun: 'XCORR_VECTORS names no folder, and no vectors were handed over' };
  const main: DType = subject.dtypes.includes('float32') ? 'float32' : 'float64';
  const filters = vectors.filters.filter(({ attributes: { dtype = main } }) => subject.dtypes.includes(dtype));
  const cases: Record<string, readonly string[]> = {
    ...(await eachCase(vectors.correlations, idOf, (each) => ofCorrelation(each, subject, main))),
    ...(await eachCase(vectors.gradients, idOf, (each) => ofGradient(each, subject, main))),
    ...(await eachCase(filters, idOf, (each) => ofFilter(each, subject, main))),
  };
  // A backend that has not the dtype of some says why: they are one case, which it refuses.
  for (const dtype of dtypes.filter((each) => !subject.dtypes.includes(each))) {
    const others = vectors.filters.filter(({ attributes }) => attributes.dtype === dtype);
    const refusals = Object.values(await eachCase(others, idOf, (each) => ofFilter(each, subject, main))).flat();
    if (others.length > 0) cases[`filters of ${dtype}`] = refusals;
  }
  return { problems: [], cases };
}

export const vectorsCheck: Check = {
  promise: 'reference vectors come out within their tolerances: layers, their gradients, and filters with every border',
  runs: 'once',
  run: problemsOf,
};
