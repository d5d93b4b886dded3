import { ValueError, XcorrError } from '../errors.ts';
import { gradAs } from '../grad.ts';
import { interpret, type Feeds } from '../interpreter/interpret.ts';
import { positions } from '../interpreter/values.ts';
import { NdArray } from '../ndarray.ts';
import { cast } from '../ops/elementwise.ts';
import { input } from '../ops/source.ts';
import { rebuild } from '../rebuild.ts';
import { labelOf, type Tensor } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';
import { probe } from './probe.ts';
import { checkTargets, inner } from './products.ts';
import { chosen, pseudoRandom } from './pseudo-random.ts';
import { printGradientReport, summary, type GradientProbe, type GradientReport } from './report.ts';

export interface CheckGradsOptions {
  /** How far elements are moved at most, in units of the largest that moves or of 1. Default: 2^-10. */
  readonly step?: number;
  /** The relative error from which a gradient is wrong. Default: 1e-6. */
  readonly tolerance?: number;
  /** How many elements of each tensor are moved one by one; of more, as many are chosen. Default: 32. */
  readonly elements?: number;
  /** In how many directions all elements of each tensor are moved at once. Default: 3. */
  readonly directions?: number;
  /** 2 compares gradients of the gradient too. Default: 1. */
  readonly order?: 1 | 2;
  /** Chooses elements and directions. Default: 1. */
  readonly seed?: number;
}

/** The gradient is not what differences of the loss say. */
export class GradientError extends XcorrError {
  override readonly name = 'GradientError';
  readonly report: GradientReport;

  constructor(report: GradientReport) {
    super(`checkGrads: ${printGradientReport(report)}`);
    this.report = report;
  }
}

/**
 * Compares the gradients of a scalar with differences of the reference interpreter, at one point, and says where they
 * differ. Beside a kink there is nothing to compare, and it is reported so: 0, the derivative of `relu` at 0, is a
 * convention that no difference shows.
 *
 * @param loss   a scalar
 * @param wrt    tensors that it depends on: inputs, states, constants or any between
 * @param feeds  the point: values of the inputs, and of states that do not have their initial ones
 * @throws ShapeError when the loss is no scalar or does not depend on one of `wrt`.
 * @throws FeedError when an input is not fed.
 * @throws ValueError when an option is out of its range, or the loss is not finite at this point.
 * @example
 * const x = input('x', [2]);
 * const { agreed, differed, notJudged } = gradientReport(sum(relu(x)), [x], { x: [0, 3] }, { directions: 0 });
 * [agreed, differed, notJudged]; // => [1, 0, 1]
 */
export function gradientReport(loss: Tensor, wrt: readonly Tensor[], feeds: Feeds = {}, options: CheckGradsOptions = {}): GradientReport {
  checkTargets('checkGrads', loss, wrt);
  const { order = 1 } = options;
  checkOptions(options);
  const gradients = gradAs('checkGrads', loss, wrt);
  const given = { feeds, inputs: topologicalOrder([loss]).filter(({ primitive }) => primitive === 'input') };
  const first = probes(1, loss, gradients, wrt, given, options);
  if (order === 1) return summary(first);
  const names = unused([loss, ...gradients], wrt.length);
  const directions = wrt.map((target, position) => cast(input(names[position] ?? '', target.shape, { dtype: 'float64' }), target.dtype));
  const drawn = interpret([...wrt, ...given.inputs], feeds).slice(0, wrt.length).map(({ shape, data }, position) => [names[position] ?? '', new NdArray(shape, pseudoRandom(data.length, (options.seed ?? 1) + 50 + position))] as const);
  const slope = inner(gradients, directions);
  const second = probes(2, slope, gradAs('checkGrads', slope, wrt), wrt, { ...given, feeds: { ...feeds, ...Object.fromEntries(drawn) } }, options);
  return summary([...first, ...second]);
}

/**
 * Throws unless the gradients of a scalar are what differences of the reference interpreter say, at one point: a test of
 * one line for a loss or a layer of your own.
 *
 * @param loss   a scalar
 * @param wrt    tensors that it depends on: inputs, states, constants or any between
 * @param feeds  the point: values of the inputs, and of states that do not have their initial ones
 * @returns the report, as `gradientReport` gives it
 * @throws GradientError that shows what differs, or that nothing could be judged; and what `gradientReport` throws.
 * @see Griewank and Walther, "Evaluating Derivatives"; JAX `jax.test_util.check_grads`; PyTorch `torch.autograd.gradcheck`
 * @example
 * const K = state('K', [[0.3, 0.7]]);
 * const loss = meanSquaredError(corr2d(input('X', [2, 3]), K), [[1, 2], [3, 4]]);
 * checkGrads(loss, [K], { X: [[1, 2, 3], [4, 5, 6]] }, { order: 2 }).agreed; // => 10
 */
export function checkGrads(loss: Tensor, wrt: readonly Tensor[], feeds: Feeds = {}, options: CheckGradsOptions = {}): GradientReport {
  const report = gradientReport(loss, wrt, feeds, options);
  if (report.differed > 0 || report.agreed === 0) throw new GradientError(report);
  return report;
}

function checkOptions({ step = 1, tolerance = 1, elements = 1, directions = 1 }: CheckGradsOptions): void {
  for (const [name, value] of Object.entries({ step, tolerance }))
    if (!Number.isFinite(value) || value <= 0) throw new ValueError(`checkGrads: ${name} ${value} is not a positive number`);
  for (const [name, value] of Object.entries({ elements, directions }))
    if (!Number.isInteger(value) || value < 0) throw new ValueError(`checkGrads: ${name} ${value} is not a whole number of at least 0`);
  if (elements + directions === 0) throw new ValueError('checkGrads: 0 elements and 0 directions leave nothing to compare; ask for at least one');
}

/** The point, and the inputs whose feeds bind the named sizes, needed or not. */
interface Given {
  readonly feeds: Feeds;
  readonly inputs: readonly Tensor[];
}

function probes(order: 1 | 2, scalar: Tensor, gradients: readonly Tensor[], wrt: readonly Tensor[], given: Given, options: CheckGradsOptions): readonly GradientProbe[] {
  const { step = 2 ** -10, tolerance = 1e-6, elements = 32, directions = 3, seed = 1 } = options;
  const [value, ...values] = interpret([scalar, ...wrt, ...gradients, ...given.inputs], given.feeds);
  const centre = value?.data[0] ?? Number.NaN;
  if (!Number.isFinite(centre))
    throw new ValueError(`checkGrads: the ${order === 1 ? 'loss' : 'slope of the loss'} is ${centre} at this point; give feeds where it is a finite number`);
  return wrt.flatMap((target, index) => {
    const at = values[index]?.data ?? new Float64Array();
    const shape = values[index]?.shape ?? [];
    const valueAt = movable(scalar, target, shape, given);
    const subject = { at, value: centre, gradient: values[wrt.length + index]?.data ?? new Float64Array(at.length), valueAt };
    const every = Array.from(positions(shape));
    const alone = chosen(every.length, elements, seed + index).map((offset) => ({ position: every[offset], direction: at.map((_, each) => (each === offset ? 1 : 0)) }));
    const together = Array.from({ length: directions }, (_, each) => ({ position: undefined, direction: pseudoRandom(at.length, seed + 100 * (each + 1) + index) }));
    return [...alone, ...together].map(({ position, direction }) => ({
      order,
      tensor: labelOf(target) ?? `tensor ${index}`,
      position,
      ...probe(subject, direction, step, tolerance),
    }));
  });
}

/** The scalar as a function of a tensor in double precision, whatever the tensor's storage is and however it was computed. */
function movable(scalar: Tensor, target: Tensor, shape: readonly number[], { feeds, inputs }: Given): (point: Float64Array) => number {
  const [name = ''] = unused([scalar, ...inputs], 1);
  const done = new Map<Tensor, Tensor>([[target, cast(input(name, target.shape, { dtype: 'float64' }), target.dtype)]]);
  for (const node of topologicalOrder([scalar])) if (node !== target) done.set(node, rebuild(node, (operand) => done.get(operand) ?? operand));
  const moved = done.get(scalar) ?? scalar;
  return (point) => interpret([moved, ...inputs], { ...feeds, [name]: new NdArray(shape, point) })[0]?.data[0] ?? Number.NaN;
}

/** Names that no input or state of the graph has: they are longer. */
function unused(roots: readonly Tensor[], count: number): readonly string[] {
  const longest = topologicalOrder(roots).reduce((length, node) => (node.primitive === 'input' || node.primitive === 'state' ? Math.max(length, node.attributes.name.length) : length), 0);
  return Array.from({ length: count }, (_, index) => `${'_'.repeat(longest + 1)}${index}`);
}
