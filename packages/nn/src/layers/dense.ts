import { add, correlate, elementCount, reshape } from '@xcorr/graph';
import type { Initialiser } from '../initialisers/initialiser.ts';
import { checkNames, type Names } from '../settings.ts';
import { channelsOf, checkCount, inputError } from './checks.ts';
import type { DenseLayer, LayerRule } from './layer.ts';

/** How a dense layer is asked for, besides its outputs. */
export interface DenseSettings {
  /** Default: the size of the last axis of what the layer is first applied to. */
  readonly inputs?: number;
  /** Default: true. */
  readonly bias?: boolean;
  /** How the weight starts. Default: as the network says. */
  readonly weight?: Initialiser;
  /** How the bias starts. Default: as the network says. */
  readonly biases?: Initialiser;
}

const names: Names<DenseSettings> = { inputs: true, bias: true, weight: true, biases: true };

/**
 * Every output from every input of the last axis: x times the transposed weight, plus a bias. Its parameters are `weight`
 * ([O, I], as PyTorch has it; Keras and Flax have [I, O]) and `bias`.
 *
 * @returns a layer from [..., I] to [..., O]
 * @throws ValueError when a number is not a whole one of at least 1, or there is no such setting.
 * @see PyTorch `torch.nn.Linear`; Keras `keras.layers.Dense`
 * @example
 * const network = initialise(Dense(1, { weight: given([[1, 10]]), bias: false }), [2]);
 * evaluate(apply(network, constant([3, 4]))).toNested(); // => [43]
 */
export function Dense(outputs: number, settings: DenseSettings = {}): DenseLayer {
  checkNames('Dense', settings, names);
  const { inputs, bias = true } = settings;
  if (inputs !== undefined) checkCount(inputs, 'inputs', 'Dense');
  return { kind: 'Dense', inputs, outputs: checkCount(outputs, 'outputs', 'Dense'), hasBias: bias, weight: settings.weight, biases: settings.biases };
}

export const applyDense: LayerRule<DenseLayer> = (layer, x, { title, parameter }) => {
  const batch = x.shape.slice(0, -1);
  if (x.shape.length === 0) throw inputError(title, 'the input is a scalar', x, '', 'give it an axis of inputs');
  const inputs = channelsOf(title, x, '… I', x.shape.at(-1), layer.inputs, 'features');
  const { outputs } = layer;
  const fans = { fanIn: inputs, fanOut: outputs };
  const weight = parameter('weight', { role: 'weight', shape: [outputs, inputs], ...fans, initialiser: layer.weight });
  // A matrix product is a correlation without spatial axes.
  const y = reshape(correlate(reshape(x, [elementCount(batch), inputs]), weight), [...batch, outputs]);
  return layer.hasBias ? add(y, parameter('bias', { role: 'bias', shape: [outputs], ...fans, initialiser: layer.biases })) : y;
};
