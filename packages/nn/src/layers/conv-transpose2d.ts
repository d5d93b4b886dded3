import { add, correlateTransposed, transpose } from '@xcorr/graph';
import { checkNames, type Names } from '../settings.ts';
import { channelsOf, checkCount, checkLayout, checkRank, checkWindow, inputError } from './checks.ts';
import { checkGroups, perChannel, type Conv2dSettings } from './conv2d.ts';
import type { ConvTranspose2dLayer, LayerRule } from './layer.ts';

/** How a transposed convolutional layer is asked for. */
export interface ConvTranspose2dSettings extends Omit<Conv2dSettings, 'padding' | 'convolve'> {
  /** What the correlation pads whose adjoint this is, and this one therefore crops. Default: `valid`. */
  readonly padding?: ConvTranspose2dLayer['padding'];
  /** Rows added behind each axis, for those that the correlation's stride passed over. Default: 0. */
  readonly outputPadding?: number | readonly number[];
}

const names: Names<ConvTranspose2dSettings> = { outputs: true, kernel: true, inputs: true, strides: true, padding: true, outputPadding: true, dilations: true, groups: true, bias: true, layout: true, weight: true, biases: true };

/**
 * The transposed convolutional layer: the adjoint of `Conv2d` with the same settings, plus a bias. Its parameters are
 * `weight` ([C, O / groups, h, w], or [h, w, O / groups, C] in the layout `NHWC`) and `bias`.
 *
 * @returns a layer from [N, C, H, W] to [N, O, (H - 1) * stride + dilation * (h - 1) + 1 - padding + outputPadding, W']
 * @throws ValueError when a size is not a whole number of at least 1, groups do not divide the channels, or there is no such setting.
 * @see PyTorch `torch.nn.ConvTranspose2d`
 * @example
 * const layer = ConvTranspose2d({ outputs: 4, kernel: 2, strides: 2 });
 * apply(initialise(layer, [1, 8, 5, 7]), input('x', [1, 8, 5, 7])).shape; // => [1, 4, 10, 14]
 */
export function ConvTranspose2d(settings: ConvTranspose2dSettings): ConvTranspose2dLayer {
  checkNames('ConvTranspose2d', settings, names);
  const { groups = 1, inputs } = settings;
  const outputs = checkCount(settings.outputs, 'outputs', 'ConvTranspose2d');
  if (inputs !== undefined) checkCount(inputs, 'inputs', 'ConvTranspose2d');
  checkGroups(groups, outputs, inputs, 'ConvTranspose2d');
  return {
    kind: 'ConvTranspose2d',
    inputs,
    outputs,
    kernel: checkWindow(settings.kernel, 'kernel', 'ConvTranspose2d'),
    strides: settings.strides ?? 1,
    padding: settings.padding ?? 'valid',
    outputPadding: settings.outputPadding ?? 0,
    dilations: settings.dilations ?? 1,
    groups,
    hasBias: settings.bias ?? true,
    layout: checkLayout(settings.layout ?? 'NCHW', 'ConvTranspose2d'),
    weight: settings.weight,
    biases: settings.biases,
  };
}

export const applyConvTranspose2d: LayerRule<ConvTranspose2dLayer> = (layer, x, { title, parameter }) => {
  const { outputs, kernel, groups, strides, padding, dilations, outputPadding } = layer;
  const last = layer.layout === 'NHWC';
  const axes = last ? 'N H W C' : 'N C H W';
  const channels = channelsOf(title, x, axes, checkRank(title, x, axes)[last ? 3 : 1], layer.inputs);
  if (channels % groups !== 0) throw inputError(title, `${channels} channels do not split into ${groups} groups`, x, axes, 'groups must divide the channels of the input');
  const [height, width] = kernel;
  const perGroup = outputs / groups;
  const shape = last ? [height, width, perGroup, channels] : [channels, perGroup, height, width];
  // PyTorch counts the fan by the second axis of the weight, whatever that axis means.
  const fans = { fanIn: perGroup * height * width, fanOut: channels * height * width, isTransposed: true };
  const weight = parameter('weight', { role: 'weight', shape, ...fans, initialiser: layer.weight });
  const y = correlateTransposed(last ? transpose(x, [0, 3, 1, 2]) : x, last ? transpose(weight, [3, 2, 0, 1]) : weight, { strides, padding, dilations, groups, outputPadding });
  const biased = layer.hasBias ? add(y, perChannel(parameter('bias', { role: 'bias', shape: [outputs], ...fans, initialiser: layer.biases }))) : y;
  return last ? transpose(biased, [0, 2, 3, 1]) : biased;
};
