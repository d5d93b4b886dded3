import { averagePool, conv2d, corr2d, correlateTransposed, evaluate, grad, input, matmul, mean, mul, NdArray, roundTo, sum, tabulate, type DType, type Tensor } from '@xcorr/graph';
import { required, resultsOf } from '../judge/runner.ts';
import { createRandom } from '../random.ts';
import { unitRoundoff, type Check, type Finding, type Subject } from '../suite/check.ts';

export const accuracyNames = [
  'accuracy: short sums',
  'accuracy: long sums',
  'accuracy: means',
  'accuracy: matrix products',
  'accuracy: filters',
  'accuracy: layers',
  'accuracy: transposed layers',
  'accuracy: gradients of layers',
  'accuracy: average pools',
] as const;
export type AccuracyName = (typeof accuracyNames)[number];

/** An operation that is linear in each of its operands, so that over their magnitudes it is the sum of the magnitudes of its terms. */
interface Sum {
  readonly operation: string;
  readonly domain: string;
  readonly shapes: readonly (readonly number[])[];
  readonly make: (operands: readonly [Tensor, Tensor, Tensor]) => Tensor;
  /** How its operands are drawn. Default: from -2 to 2. */
  readonly draw?: (position: number) => number;
}

const layer = { groups: 2, padding: 1, strides: 2 } as const;
const layerShapes = [[2, 8, 9, 10], [6, 4, 3, 3], [2, 6, 5, 5]];

const sums: Readonly<Record<AccuracyName, Sum>> = {
  'accuracy: short sums': { operation: 'short sums', domain: '300 rows of 9 terms, -2 to 2', shapes: [[300, 9]], make: ([x]) => sum(x, { axes: 1 }) },
  // Rounded at each step in single precision, this sum would lose nine of its 24 bits.
  'accuracy: long sums': { operation: 'sum', domain: '100,000 terms of one sign, 0.1 or more', shapes: [[100_000]], make: ([x]) => sum(x), draw: (position) => 0.1 + (position % 3) / 7 },
  'accuracy: means': { operation: 'mean', domain: '40 rows of 999 terms, -2 to 2', shapes: [[40, 999]], make: ([x]) => mean(x, { axes: 1 }) },
  'accuracy: matrix products': { operation: 'matmul', domain: '[20, 300] and [300, 12], -2 to 2', shapes: [[20, 300], [300, 12]], make: ([a, b]) => matmul(a, b) },
  'accuracy: filters': { operation: 'corr2d', domain: '24 x 24 by 7 x 7, -2 to 2', shapes: [[24, 24], [7, 7]], make: ([x, k]) => corr2d(x, k, { padding: 'same' }) },
  'accuracy: layers': { operation: 'conv2d', domain: '[2, 8, 9, 10] by [6, 4, 3, 3], strides 2, -2 to 2', shapes: layerShapes, make: ([x, w]) => conv2d(x, w, layer) },
  'accuracy: transposed layers': { operation: 'correlateTransposed', domain: '[1, 6, 6, 6] by [6, 4, 3, 3], strides 2, -2 to 2', shapes: [[1, 6, 6, 6], [6, 4, 3, 3]], make: ([y, w]) => correlateTransposed(y, w, { strides: 2 }) },
  'accuracy: gradients of layers': { operation: 'gradients of conv2d', domain: '[2, 8, 9, 10] by [6, 4, 3, 3], strides 2, -2 to 2', shapes: layerShapes, make: ([x, w, dy]) => grad(sum(mul(conv2d(x, w, layer), dy)), [w])[0] },
  'accuracy: average pools': { operation: 'averagePool', domain: '[1, 2, 12, 15] by 5 x 5, -2 to 2', shapes: [[1, 2, 12, 15]], make: ([x]) => averagePool(x, [5, 5], { strides: 2 }) },
};

/** The largest c for which |got - want| = c u sum |terms|. */
async function measured({ backend, dtype, errorConstant }: Subject, { operation, domain, shapes, make, draw }: Sum): Promise<Finding> {
  const random = createRandom(20_261_125);
  const source = (position: number): Tensor => input(`x${position}`, shapes[position] ?? [], { dtype });
  const operands = [source(0), source(1), source(2)] as const;
  const y = make(operands);
  const values = shapes.map((shape) => Float64Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, position) => roundTo[dtype](draw?.(position) ?? random.uniform(-2, 2))));
  const feeds = (of: (value: number) => number): Readonly<Record<string, NdArray>> =>
    Object.fromEntries(shapes.map((shape, position) => [`x${position}`, arrayOf(shape, (values[position] ?? new Float64Array()).map(of), dtype)]));
  const inputs = Object.fromEntries(operands.slice(0, shapes.length).map((operand, position) => [`x${position}`, operand]));
  const got = required(await resultsOf({ inputs, outputs: { y } }, backend, feeds((value) => value)), 'y').data;
  const inDouble = inDoublePrecision(shapes, make);
  const want = inDouble(values);
  const terms = inDouble(values.map((each) => each.map(Math.abs)));
  const errors = Array.from(want, (value, position) => Math.abs((got[position] ?? Number.NaN) - value) / (unitRoundoff[dtype] * (terms[position] ?? 0)));
  const largest = errors.reduce((most, error) => (error <= most ? most : error), 0);
  const problems = largest <= errorConstant ? [] : [`${operation} errs by ${largest.toPrecision(3)} x 2^${Math.log2(unitRoundoff[dtype])} x the sum of |terms|; ${errorConstant} is allowed`];
  return { problems, measured: [{ operation, dtype, measure: 'c', domain, largest, allowed: errorConstant }] };
}

function arrayOf(shape: readonly number[], values: Float64Array, dtype: DType): NdArray {
  return new NdArray(shape, dtype === 'float32' ? Float32Array.from(values) : values);
}

/** What the interpreter says, in float64 whatever is asked of the backend. */
function inDoublePrecision(shapes: readonly (readonly number[])[], make: Sum['make']): (values: readonly Float64Array[]) => ArrayLike<number> {
  const source = (position: number): Tensor => input(`x${position}`, shapes[position] ?? [], { dtype: 'float64' });
  const y = make([source(0), source(1), source(2)]);
  return (values) => evaluate(y, Object.fromEntries(shapes.map((shape, position) => [`x${position}`, new NdArray(shape, values[position] ?? new Float64Array())]))).data;
}

const accuracyCheck = (sum: Sum): Check => ({
  promise: `${sum.operation} errs by at most c x 2^-24 x the sum of the magnitudes of its terms`,
  runs: 'for each dtype',
  run: (subject) => measured(subject, sum),
});

/** How exact sums are. */
export const accuracyChecks: Readonly<Record<AccuracyName, Check>> = tabulate(accuracyNames, (name) => accuracyCheck(sums[name]));
