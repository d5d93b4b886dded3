import { add, corr2d } from '@xcorr/graph';
import type { Initialiser } from '../initialisers/initialiser.ts';
import { checkNames, type Names } from '../settings.ts';
import { checkRank, checkWindow } from './checks.ts';
import type { Conv2DLayer, LayerRule } from './layer.ts';

/** How the chapter's layer starts, where it is not as the network says. */
export interface Conv2DSettings {
  readonly weight?: Initialiser;
  readonly biases?: Initialiser;
}

const names: Names<Conv2DSettings> = { weight: true, biases: true };

/**
 * The chapter's own layer: `corr2d(x, weight) + bias` for one plain image, with a weight [h, w] and one number as bias
 * ([1]). `Conv2d` is the layer for batches and channels.
 *
 * @param kernel  [h, w]
 * @returns a layer from [H, W] to [H - h + 1, W - w + 1]
 * @throws ValueError when a size is not a whole number of at least 1, or there is no such setting.
 * @see Dive into Deep Learning, "Convolutions for Images", section 2
 * @example
 * const edges = initialise(Conv2D([1, 2], { weight: given([[1, -1]]), biases: zeroInitialiser }), [1, 4]);
 * evaluate(apply(edges, constant([[1, 1, 0, 1]]))).toNested(); // => [[0, 1, -1]]
 */
export function Conv2D(kernel: number | readonly [height: number, width: number], own: Conv2DSettings = {}): Conv2DLayer {
  checkNames('Conv2D', own, names);
  return { kind: 'Conv2D', kernel: checkWindow(kernel, 'kernel', 'Conv2D'), weight: own.weight, biases: own.biases };
}

export const applyConv2D: LayerRule<Conv2DLayer> = ({ kernel, weight, biases }, x, { title, parameter }) => {
  checkRank(title, x, 'H W');
  const [height, width] = kernel;
  const fans = { fanIn: height * width, fanOut: height * width };
  const taps = parameter('weight', { role: 'weight', shape: kernel, ...fans, initialiser: weight });
  const bias = parameter('bias', { role: 'bias', shape: [1], ...fans, initialiser: biases });
  return add(corr2d(x, taps), bias);
};
