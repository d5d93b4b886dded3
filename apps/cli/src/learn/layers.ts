import { abs, constant, conv2d, corr2d, flip, input, meanSquaredError, reduceMax, reshape, sub, transpose, type Tensor } from '@xcorr/graph';
import { kernels, type Kernel } from '@xcorr/image';
import { Activation, apply, Conv2d, initialise, minimise, Sequential, type ActivationName, type Layer, type Network, type Optimiser } from '@xcorr/nn';
import type { Fit, Size } from './fit.ts';
import { knownNames, type Known, type LearningStep } from './learning-step.ts';

/** Two layers, one behind the other: many channels between them, one before and one after. */
export interface TwoLayers {
  readonly first: Size;
  readonly second: Size;
  /** What is between the layers. Undefined: nothing, so that the two are one kernel. */
  readonly activation?: ActivationName | undefined;
  /** The kernels that made the target, where they are known. */
  readonly truth?: readonly [first: Kernel, second: Kernel];
}

/** What is learned: [rows, columns] of the pictures, and the channels between the layers. */
export interface LayersModel {
  readonly fit: Fit;
  readonly layers: TwoLayers;
  readonly channels: number;
  readonly whiten: boolean;
}

/** The size of the one kernel that two of these sizes are together, and of the window that their activation sees. */
export function composedSize(first: Size, second: Size): Size {
  return [first[0] + second[0] - 1, first[1] + second[1] - 1];
}

/** The names of the weights, [channels, 1, h, w] and [1, channels, h, w]. */
export const weightNames = ['first.weight', 'second.weight'] as const;

/** The network before the first step: weights are uniform, as PyTorch's are. */
export function initialLayers({ fit, layers: { first, second, activation }, channels }: LayersModel, seed: number): Network {
  const parts: Readonly<Record<string, Layer>> = {
    first: Conv2d({ outputs: channels, kernel: first, bias: false }),
    ...(activation === undefined ? {} : { between: Activation(activation) }),
    second: Conv2d({ outputs: 1, kernel: second, bias: false }),
  };
  return initialise(Sequential(parts), [1, 1, ...fit.input], { seed });
}

/** What a network makes of an image: [H, W] in, [H', W'] out. */
export function responseOf(network: Network, X: Tensor): Tensor {
  const made = apply(network, reshape(X, [1, 1, ...X.shape]));
  return reshape(made, made.shape.slice(2));
}

/**
 * The one kernel that two layers without an activation are: correlation by one kernel and then by another is correlation
 * by the strict convolution of the two, summed over the channels.
 */
export function composed(network: Network): Tensor | undefined {
  const [first, second] = weightNames.map((name) => network.parameters[name]);
  if (first === undefined || second === undefined) return undefined;
  const made = conv2d(transpose(first, [1, 0, 2, 3]), flip(second, [2, 3]), { padding: 'full' });
  return reshape(made, made.shape.slice(2));
}

/** The mean squared error of a network, and what it is a function of. */
function lossOfLayers({ fit, whiten }: LayersModel, network: Network): { readonly inputs: { readonly X: Tensor; readonly Y: Tensor }; readonly predicted: Tensor; readonly loss: Tensor } {
  const [X, Y] = [input('X', fit.input), input('Y', fit.target)];
  const predicted = responseOf(network, X);
  const loss = whiten ? meanSquaredError(corr2d(sub(predicted, Y), kernels['laplacian-4']), constant(0)) : meanSquaredError(predicted, Y);
  return { inputs: { X, Y }, predicted, loss };
}

/** A step of two layers: one program holds both, the loss, its gradients and the optimiser. */
export interface LayersStep extends Pick<LearningStep, 'inputs' | 'outputs' | 'updates'> {
  readonly state: Network['parameters'];
}

/** Distances are those of the one kernel that the layers are, and there are none where an activation is between them. */
export function layersStep(model: LayersModel, network: Network, optimiser: Optimiser, known: Known): LayersStep {
  const { inputs, loss } = lossOfLayers(model, network);
  const one = model.layers.activation === undefined ? composed(network) : undefined;
  const distances = Object.fromEntries(knownNames.flatMap((name) => (known[name] === undefined || one === undefined ? [] : [[name, reduceMax(abs(sub(one, constant(known[name]))))] as const])));
  return { inputs, state: network.parameters, outputs: { loss, ...distances }, updates: minimise(loss, network.parameters, optimiser).updates };
}

/** What is left to ask when the layers are learned. */
export interface LayersPrediction extends Pick<LayersStep, 'inputs' | 'state'> {
  readonly outputs: { readonly loss: Tensor; readonly prediction: Tensor };
}

export function layersPrediction(model: LayersModel, network: Network): LayersPrediction {
  const { inputs, loss, predicted } = lossOfLayers(model, network);
  return { inputs, state: network.parameters, outputs: { loss, prediction: predicted } };
}
