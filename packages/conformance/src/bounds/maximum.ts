import { equalShapes, type NodeOf, type Tensor, type Values } from '@xcorr/graph';
import type { Bounded, BoundsScope } from './scope.ts';

/** The maximum over some axes and what repeats it over them again: equal(x, broadcast(reshape(reduceMax(x)))). */
interface OwnMaximum {
  readonly maximum: NodeOf<'reduceMax'>;
  readonly repeated: readonly Tensor[];
}

function ownMaximum({ inputs: [x, other] }: NodeOf<'equal'>): OwnMaximum | undefined {
  const kept = other.primitive === 'broadcast' ? other.inputs[0] : other;
  if (kept.primitive !== 'reshape') return undefined;
  const [maximum] = kept.inputs;
  if (maximum.primitive !== 'reduceMax' || maximum.inputs[0] !== x) return undefined;
  const { axes } = maximum.attributes;
  if (!equalShapes(kept.shape, x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)))) return undefined;
  return { maximum, repeated: kept === other ? [kept] : [kept, other] };
}

/**
 * The bounds of equal(x, the maximum of x), as the gradient of reduceMax asks it: infinite or 0. The two sides err
 * alike, being one number, so an element that is the only one near enough to be the largest surely is. Elements that
 * come within their errors of one another are a tie that nobody can decide: they are not judged.
 *
 * @returns undefined when the node asks something else
 */
export function boundsOfOwnMaximum(node: NodeOf<'equal'>, scope: BoundsScope): Float64Array | undefined {
  const own = ownMaximum(node);
  if (own === undefined) return undefined;
  const [x, m] = [scope.operand(node.inputs[0]), scope.operand(node.inputs[1])];
  const error = (each: Bounded, position: number): number => each.bounds[position] ?? Infinity;
  const near = x.values.data.map((value, position) =>
    Math.abs(value - (m.values.data[position] ?? Number.NaN)) <= error(x, position) + error(m, position) ? 1 : 0,
  );
  const { maximum, repeated } = own;
  const total: NodeOf<'sum'> = { primitive: 'sum', inputs: maximum.inputs, attributes: maximum.attributes, shape: maximum.shape, dtype: maximum.dtype };
  const counts = [total, ...repeated].reduce<Values>((values, each) => scope.means(each, () => values), { shape: x.values.shape, data: near });
  return near.map((isNear, position) => {
    const carried = error(x, position) + error(m, position);
    if (!(carried < Infinity) || !Number.isFinite(m.values.data[position])) return Infinity;
    return isNear === 0 || carried === 0 || counts.data[position] === 1 ? 0 : Infinity;
  });
}
