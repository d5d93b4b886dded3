import { averagePool, maxPool, transpose, type Layout, type PoolOptions } from '@xcorr/graph';
import { checkNames, type Names } from '../settings.ts';
import { checkLayout, checkRank, checkWindow } from './checks.ts';
import type { LayerRule, PoolLayer } from './layer.ts';

/** How windows slide, and how the axes stand. */
export interface Pool2dSettings extends PoolOptions {
  /** Default: `NCHW`. */
  readonly layout?: Layout;
}

const names: Names<Pool2dSettings> = { strides: true, padding: true, layout: true };

function pool(name: string, operation: PoolLayer['operation'], window: number | readonly [number, number], settings: Pool2dSettings): PoolLayer {
  checkNames(name, settings, names);
  const { layout = 'NCHW', ...options } = settings;
  return { kind: 'Pool2d', operation, window: checkWindow(window, 'window', name), options, layout: checkLayout(layout, name) };
}

/**
 * The largest element of each window of each channel. Windows do not overlap unless strides say so.
 *
 * @returns a layer from [N, C, H, W] to [N, C, H', W'], or from [N, H, W, C] in the layout `NHWC`
 * @throws ValueError when a size is not a whole number of at least 1, or there is no such setting.
 * @see PyTorch `torch.nn.MaxPool2d`; Keras `keras.layers.MaxPooling2D`
 * @example
 * apply(initialise(MaxPool2d(2), [1, 3, 8, 6]), input('x', [1, 3, 8, 6])).shape; // => [1, 3, 4, 3]
 */
export function MaxPool2d(window: number | readonly [height: number, width: number], settings: Pool2dSettings = {}): PoolLayer {
  return pool('MaxPool2d', 'max', window, settings);
}

/**
 * The mean of each window of each channel. Padded elements are not counted, as in Keras; PyTorch counts them unless
 * `count_include_pad` is false.
 *
 * @returns a layer from [N, C, H, W] to [N, C, H', W'], or from [N, H, W, C] in the layout `NHWC`
 * @throws ValueError when a size is not a whole number of at least 1, or there is no such setting.
 * @see PyTorch `torch.nn.AvgPool2d`; Keras `keras.layers.AveragePooling2D`
 * @example
 * evaluate(apply(initialise(AveragePool2d([1, 2]), [1, 1, 1, 4]), constant([[[[1, 3, 5, 9]]]]))).toNested(); // => [[[[2, 7]]]]
 */
export function AveragePool2d(window: number | readonly [height: number, width: number], settings: Pool2dSettings = {}): PoolLayer {
  return pool('AveragePool2d', 'average', window, settings);
}

export const applyPool: LayerRule<PoolLayer> = ({ operation, window, options, layout }, x, { title }) => {
  const last = layout === 'NHWC';
  checkRank(title, x, last ? 'N H W C' : 'N C H W');
  const pooled = (operation === 'max' ? maxPool : averagePool)(last ? transpose(x, [0, 3, 1, 2]) : x, window, options);
  return last ? transpose(pooled, [0, 2, 3, 1]) : pooled;
};
