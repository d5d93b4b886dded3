import { grad, maxPool, mean, mul, reduceMax, square, sum, topologicalOrder, type Tensor } from '@xcorr/graph';
import { over, type Bench, type Recipe } from './bench.ts';

/** A scalar that depends on every element of a tensor. */
function lossOf(x: Tensor, bench: Bench): Tensor {
  const { random } = bench;
  if (bench.set === 'real' && random.chance(0.3)) return mean(square(x));
  return random.pick([sum(square(x)), sum(mul(x, bench.partner(x))), sum(x)]);
}

/**
 * What depends on an input or a state. Tensors of constants alone may be left from graphs before this one, and stand
 * where they were made then: what is drawn must not depend on them.
 */
function varying(nodes: readonly Tensor[]): readonly Tensor[] {
  const found = new Set<Tensor>();
  for (const node of nodes) {
    const operands: readonly Tensor[] = node.inputs;
    if (node.primitive === 'input' || node.primitive === 'state' || operands.some((each) => found.has(each))) found.add(node);
  }
  return [...found];
}

/** Tensors that a loss was computed from: sources above all, sometimes what stands between. */
function targetsOf(loss: Tensor, { random }: Bench): readonly Tensor[] {
  const reached = varying(topologicalOrder([loss])).filter((each) => each !== loss);
  const sources = reached.filter((each) => each.inputs.length === 0);
  const among = sources.length > 0 && random.chance(0.75) ? sources : reached;
  return random.shuffled(among).slice(0, random.integer(1, 2));
}

/** Derived tensors make the graph deep, sources only wide. */
const isDerived = (tensor: Tensor): boolean => tensor.inputs.length > 0;

export const gradient: Recipe = over((x, bench) => {
  const loss = lossOf(x, bench);
  const targets = targetsOf(loss, bench);
  if (targets.length === 0) return undefined;
  const gradients: readonly Tensor[] = grad(loss, targets);
  return bench.random.chance(0.3) ? [loss, ...gradients] : gradients;
}, isDerived);

export const secondGradient: Recipe = over((x, bench) => {
  const loss = lossOf(x, bench);
  const [first] = targetsOf(loss, bench);
  if (first === undefined) return undefined;
  const [slope] = grad(loss, [first]);
  const curved = lossOf(slope, bench);
  const [second] = targetsOf(curved, bench);
  return second === undefined ? undefined : grad(curved, [second]);
}, isDerived);

/** The gradient goes to the largest elements of values that the program computes itself. */
export const gradientOfMaximum: Recipe = over((x, bench) => {
  const { random } = bench;
  const largest = x.shape.length === 4 && random.chance(0.5) ? maxPool(x, [random.integer(1, 2), random.integer(1, 3)]) : reduceMax(x, { axes: random.integer(0, x.shape.length - 1) });
  const loss = random.chance(0.5) ? sum(square(largest)) : sum(mul(largest, bench.partner(largest)));
  const targets = targetsOf(loss, bench);
  return targets.length === 0 ? undefined : grad(loss, targets);
}, (x) => isDerived(x) && x.shape.length > 0);
