import { conv2d, flip, reshape, ValueError, type Conv2dOptions, type Layout, type Padding, type PerAxis, type Tensor } from '@xcorr/graph';
import type { Initialiser } from '../initialisers/initialiser.ts';
import { checkNames, type Names } from '../settings.ts';
import { channelsOf, checkCount, checkLayout, checkRank, checkWindow, inputError } from './checks.ts';
import type { Conv2dLayer, LayerRule } from './layer.ts';

/** How a convolutional layer is asked for. */
export interface Conv2dSettings {
  /** Output channels. */
  readonly outputs: number;
  /** The window: one number for both axes, or [height, width]. */
  readonly kernel: number | readonly [height: number, width: number];
  /** Input channels. Default: as many as the input has to which the layer is first applied. */
  readonly inputs?: number;
  /** Default: 1. */
  readonly strides?: PerAxis;
  /** `valid`, `same` (TensorFlow's: the odd element at the end), `full`, or numbers. Default: `valid`. */
  readonly padding?: Padding;
  /** Default: 1. */
  readonly dilations?: PerAxis;
  /** Default: 1. */
  readonly groups?: number;
  /** Default: true. */
  readonly bias?: boolean;
  /** `NCHW` has weights [O, I, h, w], `NHWC` has [h, w, I, O]. Default: `NCHW`. */
  readonly layout?: Layout;
  /** Strict convolution: the kernel is flipped along both of its axes. Default: false. */
  readonly convolve?: boolean;
  /** How the weight starts. Default: as the network says. */
  readonly weight?: Initialiser;
  /** How the bias starts. Default: as the network says. */
  readonly biases?: Initialiser;
}

const names: Names<Conv2dSettings> = { outputs: true, kernel: true, inputs: true, strides: true, padding: true, dilations: true, groups: true, bias: true, layout: true, convolve: true, weight: true, biases: true };

export function checkGroups(groups: number, outputs: number, inputs: number | undefined, operation: string): void {
  checkCount(groups, 'groups', operation);
  if (outputs % groups !== 0) throw new ValueError(`${operation}: ${outputs} output channels do not split into ${groups} groups; groups must divide them`);
  if (inputs !== undefined && inputs % groups !== 0) throw new ValueError(`${operation}: ${inputs} input channels do not split into ${groups} groups; groups must divide them`);
}

/**
 * The convolutional layer of deep learning: a cross-correlation over batches and channels, plus a bias. Its parameters
 * are `weight` and `bias`.
 *
 * @returns a layer from [N, C, H, W] to [N, O, H', W'], or from [N, H, W, C] to [N, H', W', O] in the layout `NHWC`
 * @throws ValueError when a size is not a whole number of at least 1, groups do not divide the channels, or there is no such setting.
 * @see PyTorch `torch.nn.Conv2d`, whose padding is a number; Keras `keras.layers.Conv2D`, whose padding is `valid` or `same`
 * @example
 * const network = initialise(Conv2d({ outputs: 8, kernel: 3, padding: 1 }), [1, 3, 32, 32]);
 * network.parameters.weight.shape; // => [8, 3, 3, 3]
 * apply(network, input('photo', [1, 3, 'H', 'W'])).shape.length; // => 4
 */
export function Conv2d(settings: Conv2dSettings): Conv2dLayer {
  checkNames('Conv2d', settings, names);
  const { groups = 1, inputs } = settings;
  const outputs = checkCount(settings.outputs, 'outputs', 'Conv2d');
  if (inputs !== undefined) checkCount(inputs, 'inputs', 'Conv2d');
  checkGroups(groups, outputs, inputs, 'Conv2d');
  return {
    kind: 'Conv2d',
    inputs,
    outputs,
    kernel: checkWindow(settings.kernel, 'kernel', 'Conv2d'),
    strides: settings.strides ?? 1,
    padding: settings.padding ?? 'valid',
    dilations: settings.dilations ?? 1,
    groups,
    hasBias: settings.bias ?? true,
    layout: checkLayout(settings.layout ?? 'NCHW', 'Conv2d'),
    isConvolution: settings.convolve ?? false,
    weight: settings.weight,
    biases: settings.biases,
  };
}

export const applyConv2d: LayerRule<Conv2dLayer> = (layer, x, { title, parameter }): Tensor => {
  const { outputs, kernel, groups, layout, strides, padding, dilations } = layer;
  const last = layout === 'NHWC';
  const axes = last ? 'N H W C' : 'N C H W';
  const channels = channelsOf(title, x, axes, checkRank(title, x, axes)[last ? 3 : 1], layer.inputs);
  if (channels % groups !== 0) throw inputError(title, `${channels} channels do not split into ${groups} groups`, x, axes, 'groups must divide the channels of the input');
  const [height, width] = kernel;
  const perGroup = channels / groups;
  const shape = last ? [height, width, perGroup, outputs] : [outputs, perGroup, height, width];
  const fans = { fanIn: perGroup * height * width, fanOut: outputs * height * width };
  const weight = parameter('weight', { role: 'weight', shape, ...fans, initialiser: layer.weight });
  const options: Conv2dOptions = { layout, strides, padding, dilations, groups };
  const taps = layer.isConvolution ? flip(weight, last ? [0, 1] : [2, 3]) : weight;
  if (!layer.hasBias) return conv2d(x, taps, options);
  const bias = parameter('bias', { role: 'bias', shape: [outputs], ...fans, initialiser: layer.biases });
  return conv2d(x, taps, { ...options, bias });
};

/** The bias of each channel, as it is added to [N, C, H, W]. */
export function perChannel(bias: Tensor): Tensor {
  return reshape(bias, [...bias.shape, 1, 1]);
}
