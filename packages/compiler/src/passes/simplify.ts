import { broadcast, equalShapes, mul, neg, pad, reshape, sub, transpose, type NodeOf, type Shape, type Tensor } from '@xcorr/graph';
import { rewrites, type Law, type Pass } from './rewrite.ts';
import { uniform } from './uniform.ts';

const withoutUnits = (shape: Shape): Shape => shape.filter((size) => size !== 1);

/** The pad of an operand with other unit axes; undefined where a unit axis is made by the pad, or shapes differ by more. */
function padBehind(shape: Shape, padded: NodeOf<'pad'>): Tensor | undefined {
  const { inputs: [x], attributes: { low, high, interior, value } } = padded;
  if (!equalShapes(withoutUnits(shape), withoutUnits(padded.shape)) || padded.shape.some((size, axis) => size === 1 && x.shape[axis] !== 1)) return undefined;
  const kept = padded.shape.flatMap((size, axis) => (size === 1 ? [] : [axis]));
  let next = 0;
  const axes = shape.map((size) => (size === 1 ? -1 : (kept[next++] ?? -1)));
  const over = <Entry>(list: readonly Entry[], none: Entry): readonly Entry[] => axes.map((axis) => list[axis] ?? none);
  return pad(reshape(x, over(x.shape, 1)), { low: over(low, 0), high: over(high, 0), interior: over(interior, 0), value });
}

/** Laws of algebra. They take values as finite and ignore the sign of zero. */
export const laws: readonly Law[] = [
  { text: 'x + 0 = x', apply: (y) => (y.primitive === 'add' && uniform(y.inputs[1]) === 0 ? y.inputs[0] : undefined) },
  { text: '0 + x = x', apply: (y) => (y.primitive === 'add' && uniform(y.inputs[0]) === 0 ? y.inputs[1] : undefined) },
  { text: 'x - 0 = x', apply: (y) => (y.primitive === 'sub' && uniform(y.inputs[1]) === 0 ? y.inputs[0] : undefined) },
  { text: 'x * 1 = x', apply: (y) => (y.primitive === 'mul' && uniform(y.inputs[1]) === 1 ? y.inputs[0] : undefined) },
  { text: '1 * x = x', apply: (y) => (y.primitive === 'mul' && uniform(y.inputs[0]) === 1 ? y.inputs[1] : undefined) },
  { text: 'x / 1 = x', apply: (y) => (y.primitive === 'div' && uniform(y.inputs[1]) === 1 ? y.inputs[0] : undefined) },
  { text: '-(-x) = x', apply: (y) => (y.primitive === 'neg' && y.inputs[0].primitive === 'neg' ? y.inputs[0].inputs[0] : undefined) },
  { text: 'x + x = 2 * x', apply: (y) => (y.primitive === 'add' && y.inputs[0] === y.inputs[1] ? mul(2, y.inputs[0]) : undefined) },
  { text: 'x + -y = x - y', apply: (y) => (y.primitive === 'add' && y.inputs[1].primitive === 'neg' ? sub(y.inputs[0], y.inputs[1].inputs[0]) : undefined) },
  { text: '-x * y = -(x * y)', apply: (y) => (y.primitive === 'mul' && y.inputs[0].primitive === 'neg' ? neg(mul(y.inputs[0].inputs[0], y.inputs[1])) : undefined) },
  { text: 'reshape(reshape(x)) = reshape(x)', apply: (y) => (y.primitive === 'reshape' && y.inputs[0].primitive === 'reshape' ? reshape(y.inputs[0].inputs[0], y.shape) : undefined) },
  { text: 'broadcast(broadcast(x)) = broadcast(x)', apply: (y) => (y.primitive === 'broadcast' && y.inputs[0].primitive === 'broadcast' ? broadcast(y.inputs[0].inputs[0], y.shape) : undefined) },
  // One picture in two layouts is padded once: what is left is an index.
  {
    text: 'pad(transpose(x)) = transpose(pad(x))',
    apply: (y) => {
      if (y.primitive !== 'pad' || y.inputs[0].primitive !== 'transpose') return undefined;
      const { inputs: [x], attributes: { permutation } } = y.inputs[0];
      const back = <Entry>(list: readonly Entry[]): readonly Entry[] => permutation.map((_, axis) => list[permutation.indexOf(axis)]).flatMap((entry) => (entry === undefined ? [] : [entry]));
      const { low, high, interior, value } = y.attributes;
      return transpose(pad(x, { low: back(low), high: back(high), interior: back(interior), value }), permutation);
    },
  },
  { text: 'reshape(pad(x)) = pad(reshape(x))', apply: (y) => (y.primitive === 'reshape' && y.inputs[0].primitive === 'pad' ? padBehind(y.shape, y.inputs[0]) : undefined) },
  {
    text: 'transpose(transpose(x)) = transpose(x)',
    apply: (y) => {
      if (y.primitive !== 'transpose') return undefined;
      const [inner] = y.inputs;
      if (inner.primitive !== 'transpose') return undefined;
      const { permutation } = inner.attributes;
      return transpose(inner.inputs[0], y.attributes.permutation.map((axis) => permutation[axis] ?? axis));
    },
  },
];

/** Applies the laws of algebra everywhere. */
export const simplify: Pass = rewrites('simplify', laws);
