import { cast, constant, correlate, NdArray, rebuild, reshape, transpose, type NodeOf, type Tensor } from '@xcorr/graph';
import { isPlain } from './is-plain.ts';
import { kernelOf, planOf, type Passes } from './kernel-plan.ts';
import { remade, type Pass } from './rewrite.ts';

/** Both passes of a correlation are in double precision, whatever its dtype: what is between them is not rounded to less. */
const double = 'float64';

const literals = (shape: readonly number[], data: Float64Array): Tensor => constant(new NdArray(shape, data), { dtype: double });

/** One after the other. */
const joined = (parts: readonly Float64Array[]): Float64Array => Float64Array.from(parts.flatMap((part) => [...part]));

/** What is made of a correlation that has passes. */
type Making = (node: NodeOf<'correlate'>, passes: Passes) => Tensor;

/** correlate(x, w) with w = the sum over r of u[r] v[r], written as that sum. */
const asProduct: Making = ({ inputs: [x, w], attributes: { groups, ...rest }, dtype }, { rank, groups: factors }) => {
  const [outputs = 1, inputs = 1, height = 1, width = 1] = kernelOf(w)?.shape ?? [];
  const rows = (outputs / groups) * height;
  // Matrix products, a group each: [rows, groups * rank] and [groups * inputs * width, rank] give [rows, groups * inputs * width].
  const left = Float64Array.from({ length: rows * groups * rank }, (_, at) => factors[Math.floor(at / rank) % groups]?.left[Math.floor(at / (groups * rank)) * rank + (at % rank)] ?? 0);
  const columns = inputs * width;
  const right = Float64Array.from({ length: groups * columns * rank }, (_, at) => factors[Math.floor(at / (columns * rank))]?.right[(at % rank) * columns + (Math.floor(at / rank) % columns)] ?? 0);
  const product = correlate(literals([rows, groups * rank], left), literals([groups * columns, rank], right), { groups });
  const kernel = reshape(transpose(reshape(product, [outputs / groups, height, groups, inputs, width]), [2, 0, 3, 1, 4]), [outputs, inputs, height, width]);
  return correlate(x, cast(kernel, dtype), { ...rest, groups });
};

/** correlate(correlate(x, v), u): along rows, then along columns. */
const asPasses: Making = ({ inputs: [x, w], attributes: { strides: [down = 1, across = 1], dilations: [apart = 1, aside = 1], groups }, dtype }, { rank, groups: factors }) => {
  const [outputs = 1, inputs = 1, height = 1, width = 1] = kernelOf(w)?.shape ?? [];
  const v = literals([groups * rank, inputs, 1, width], joined(factors.map(({ right }) => right)));
  const left = joined(factors.map((each) => each.left));
  const u = literals([outputs, rank, height, 1], left.map((_, at) => left[(Math.floor(at / (rank * height)) * height + (at % height)) * rank + (Math.floor(at / height) % rank)] ?? 0));
  const between = correlate(cast(x, double), v, { strides: [1, across], dilations: [1, aside], groups });
  return cast(correlate(between, u, { strides: [down, 1], dilations: [apart, 1], groups }), dtype);
};

function making(make: Making): Pass['run'] {
  return (roots) =>
    remade(roots, (tensor, result) => {
      const node = rebuild(tensor, result);
      // Padding and spreading stand apart already.
      const kernel = tensor.primitive === 'correlate' && isPlain(tensor) ? kernelOf(tensor.inputs[1]) : undefined;
      const passes = tensor.primitive === 'correlate' && kernel !== undefined ? planOf(tensor, kernel).passes : undefined;
      return passes === undefined || node.primitive !== 'correlate' ? node : make(node, passes);
    });
}

/**
 * A kernel known when the program is made that is a sum of few products of a column and a row becomes two passes, where the
 * taps that are saved are worth more than what is written in between:
 *
 *   correlate(x, sum over r of u[r] v[r]) = sum over r of correlate(correlate(x, v[r]), u[r])
 *
 * Taps may differ by half a unit in their last place from the products (a Gaussian that was rounded), and nothing else is
 * lost but to double precision: the error constant is that of one correlation, and one more for the taps.
 */
export const separateKernels: Pass = { name: 'separate kernels', isAlgebra: true, approximated: making(asProduct), run: making(asPasses) };
