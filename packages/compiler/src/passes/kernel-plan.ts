import { elementCount, literalShape, type NodeOf, type Tensor } from '@xcorr/graph';
import { nominal } from '../lower/ranges.ts';
import { factorMatrix, type MatrixFactors } from './factor-matrix.ts';
import { foldedElements } from './fold-constants.ts';

/** A kernel known when the program is made, as rows of taps that are known. */
export interface Kernel {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Two passes in the place of a kernel: along rows, then along columns, over `rank` channels a group in between. */
export interface Passes {
  readonly rank: number;
  /** The factors of each group's taps. */
  readonly groups: readonly MatrixFactors[];
}

export interface Plan {
  /** Multiplications and additions for all elements of the result, with what is written and read in between. */
  readonly cost: number;
  /** undefined: as it is. */
  readonly passes: Passes | undefined;
}

/**
 * What it costs to write an element in double precision between two passes and to read it again, in taps. Measured in
 * JavaScript at 1920 x 1080: two passes of 3 taps take as long as 3 x 3 taps, of 5 half as long as 5 x 5, of 15 a tenth of 15 x 15.
 */
export const temporaryCost = 6;

/** Half a unit in the last place: what a tap may differ from the product in its place. */
const halfUnit = { float32: 2 ** -24, float64: 2 ** -53 };

/** Beyond this the rounding of double precision between the passes would show in a result of the dtype. */
const largestGrowth = { float32: 2 ** 24, float64: 2 };

const taps = (data: Float64Array): number => data.reduce((count, tap) => count + (tap === 0 ? 0 : 1), 0);

/** The taps of a group as a matrix: an output channel and a row of the kernel by an input channel and a column. */
function groupMatrix({ shape: [outputs = 1, inputs = 1, height = 1, width = 1], data }: Kernel, groups: number, group: number): Parameters<typeof factorMatrix>[0] {
  const [rows, columns] = [(outputs / groups) * height, inputs * width];
  return {
    rows,
    columns,
    data: Float64Array.from({ length: rows * columns }, (_, position) => {
      const [row, column] = [Math.floor(position / columns), position % columns];
      const output = group * (outputs / groups) + Math.floor(row / height);
      return data[((output * inputs + Math.floor(column / width)) * height + (row % height)) * width + (column % width)] ?? 0;
    }),
  };
}

/** Whether what is rounded between the passes is too little to be seen: no product is cancelled by others but for a small part of it. */
function isStable({ columns, data }: ReturnType<typeof groupMatrix>, { rank, left, right }: MatrixFactors, growth: number): boolean {
  return data.every((tap, position) => {
    const [i, j] = [Math.floor(position / columns), position % columns];
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += Math.abs((left[i * rank + r] ?? 0) * (right[r * columns + j] ?? 0));
    return sum <= growth * Math.abs(tap);
  });
}

/** The elements of a group's kernel, times the products that are looked for: finding factors takes time, too. */
const factoredElements = 8192;

const plans = new WeakMap<Tensor, Plan>();

/** The cheapest way to compute a correlation with a kernel that is known: as it is, or in two passes. */
export function planOf(node: NodeOf<'correlate'>, kernel: Kernel): Plan {
  const known = plans.get(node);
  if (known !== undefined) return known;
  const plan = cheapest(node, kernel);
  plans.set(node, plan);
  return plan;
}

function cheapest({ inputs: [x], attributes: { groups }, shape, dtype }: NodeOf<'correlate'>, kernel: Kernel): Plan {
  const [outputs = 1, inputs = 1, height = 1, width = 1] = kernel.shape;
  const count = (sizes: Tensor['shape']): number => nominal(elementCount(sizes));
  const places = count(shape) / outputs;
  const asItIs: Plan = { cost: taps(kernel.data) * places, passes: undefined };
  if (kernel.shape.length !== 4 || height === 1 || width === 1) return asItIs;
  // Rows are as many as before in between, columns as many as after.
  const between = (places / nominal(shape[2] ?? 1)) * nominal(x.shape[2] ?? 1);
  const elements = kernel.data.length / groups;
  const most = Math.min((outputs / groups) * height, inputs * width, factoredElements / elements + 1);
  // Half of the factors' elements may be zeros.
  for (let rank = 1; rank < most && groups * rank * (temporaryCost + (inputs * width) / 2) * between + (rank * outputs * height * places) / 2 < asItIs.cost; rank++) {
    const found = Array.from({ length: groups }, (_, group) => {
      const matrix = groupMatrix(kernel, groups, group);
      const factors = factorMatrix(matrix, rank, halfUnit[dtype]);
      return factors !== undefined && isStable(matrix, factors, largestGrowth[dtype]) ? factors : undefined;
    }).filter((factors) => factors !== undefined);
    if (found.length < groups) continue;
    const [before, after] = [found.reduce((sum, { right }) => sum + taps(right), 0), found.reduce((sum, { left }) => sum + taps(left), 0)];
    const cost = (before + groups * rank * temporaryCost) * between + after * places;
    return cost < asItIs.cost ? { cost, passes: { rank, groups: found } } : asItIs;
  }
  return asItIs;
}

/** The taps of a constant, if it is not too large to be looked at. */
export function kernelOf(tensor: Tensor): Kernel | undefined {
  const shape = literalShape(tensor.shape);
  if (tensor.primitive !== 'constant' || shape === undefined || tensor.attributes.data.length > foldedElements) return undefined;
  return { shape, data: tensor.attributes.data };
}
