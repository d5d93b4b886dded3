import { abs, add, div, elementCount, exp, log, max, min, mul, neg, reduceMax, relu, reshape, sigmoid, sub, stopGradient, suggest, sum, tanh, ValueError, type Tensor } from '@xcorr/graph';
import { inputError } from './checks.ts';
import type { ActivationLayer, ActivationName, FlattenLayer, LayerRule } from './layer.ts';

/** log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)): no exponential overflows. */
function softplus(x: Tensor): Tensor {
  return add(max(x, 0), log(add(1, exp(neg(abs(x))))));
}

function softmax(x: Tensor): Tensor {
  const powers = exp(sub(x, stopGradient(reduceMax(x, { axes: -1, keepAxes: true }))));
  return div(powers, sum(powers, { axes: -1, keepAxes: true }));
}

/** 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))). */
function gelu(x: Tensor): Tensor {
  const inner = mul(Math.sqrt(2 / Math.PI), mul(x, add(1, mul(0.044715, mul(x, x)))));
  return mul(mul(0.5, x), add(1, tanh(inner)));
}

/**
 * The activations by name, as functions of tensors.
 *
 * | | |
 * |---|---|
 * | `relu`, `sigmoid`, `tanh` | |
 * | `leakyRelu` | slope 0.01 below 0 (PyTorch's; Keras's `LeakyReLU` has 0.3) |
 * | `elu` | exp(x) - 1 below 0 |
 * | `softplus`, `silu` | log(1 + exp(x)), x * sigmoid(x) |
 * | `gelu` | by the hyperbolic tangent: PyTorch's `approximate='tanh'`, Flax's default |
 * | `softmax` | over the last axis |
 *
 * @see Hendrycks, Gimpel, "Gaussian Error Linear Units", 2016; Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units", 2015
 * @example
 * evaluate(activations.leakyRelu(constant([-100, 2]))).toNested(); // => [-1, 2]
 */
export const activations: Readonly<Record<ActivationName, (x: Tensor) => Tensor>> = {
  relu: (x) => relu(x),
  leakyRelu: (x) => add(relu(x), mul(0.01, min(x, 0))),
  elu: (x) => add(relu(x), sub(exp(min(x, 0)), 1)),
  sigmoid: (x) => sigmoid(x),
  tanh: (x) => tanh(x),
  softplus,
  silu: (x) => mul(x, sigmoid(x)),
  gelu,
  softmax,
};

/**
 * An activation as a layer.
 *
 * @throws ValueError when there is none of that name.
 * @example
 * evaluate(apply(initialise(Activation('relu'), [2]), constant([-1, 2]))).toNested(); // => [0, 2]
 */
export function Activation(name: ActivationName): ActivationLayer {
  if (!Object.hasOwn(activations, name)) throw new ValueError(`Activation: there is no ${JSON.stringify(name)}; ${suggest(name, Object.keys(activations), 'activations')}`);
  return { kind: 'Activation', name };
}

/**
 * All axes but the first as one: what stands between convolutions and dense layers.
 *
 * @returns a layer from [N, ...] to [N, product of the others]
 * @example
 * apply(initialise(Flatten(), [2, 3, 4]), input('x', [2, 3, 4])).shape; // => [2, 12]
 */
export function Flatten(): FlattenLayer {
  return { kind: 'Flatten' };
}

export const applyActivation: LayerRule<ActivationLayer> = ({ name }, x) => activations[name](x);

export const applyFlatten: LayerRule<FlattenLayer> = (_, x, { title }) => {
  const [batch, ...rest] = x.shape;
  if (batch === undefined) throw inputError(title, 'the input is a scalar', x, '', 'give it an axis of batches');
  return reshape(x, [batch, elementCount(rest)]);
};
