import { broadcast, mul, neg, reshape, sub, transpose, type Tensor } from '@xcorr/graph';
import { rewrites, type Law, type Pass } from './rewrite.ts';

/** The one value of a tensor that is the same everywhere and known, or undefined. */
function uniform(tensor: Tensor): number | undefined {
  if (tensor.primitive === 'broadcast' || tensor.primitive === 'reshape' || tensor.primitive === 'transpose' || tensor.primitive === 'flip')
    return uniform(tensor.inputs[0]);
  if (tensor.primitive !== 'constant') return undefined;
  const [first] = tensor.attributes.data;
  return tensor.attributes.data.every((value) => value === first) ? first : undefined;
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
