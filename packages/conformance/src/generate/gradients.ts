import { grad, mean, mul, square, sum, topologicalOrder, type Tensor } from '@xcorr/graph';
import { over, type Bench, type Recipe } from './bench.ts';

/** A scalar that depends on every element of a tensor. */
function lossOf(x: Tensor, bench: Bench): Tensor {
  const { random } = bench;
  if (bench.set === 'real' && random.chance(0.3)) return mean(square(x));
  return random.pick([sum(square(x)), sum(mul(x, bench.partner(x))), sum(x)]);
}

/** Tensors that a loss was computed from: sources above all, sometimes what stands between. */
function targetsOf(loss: Tensor, { random }: Bench): readonly Tensor[] {
  const reached = topologicalOrder([loss]).filter((each) => each !== loss && each.primitive !== 'constant' && each.primitive !== 'size');
  const sources = reached.filter((each) => each.primitive === 'input' || each.primitive === 'state');
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
