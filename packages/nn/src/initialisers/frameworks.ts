import { normalInitialiser, uniformInitialiser, zeroInitialiser } from './distributions.ts';
import type { Initialisers } from './initialiser.ts';
import { fanInUniform, glorotUniform, kaimingUniform, lecunNormal } from './variance-scaling.ts';

export type Framework = 'pytorch' | 'mxnet' | 'flax' | 'keras';

/**
 * What the layers of the four frameworks start with when nothing is said.
 *
 * | | weight | bias |
 * |---|---|---|
 * | `pytorch` | Kaiming uniform, a = sqrt(5) | uniform within 1 / sqrt(fanIn) |
 * | `mxnet` (Gluon) | uniform from -0.07 to 0.07 | 0 |
 * | `flax` | LeCun normal | 0 |
 * | `keras` | Glorot uniform | 0 |
 *
 * @see PyTorch `torch.nn.Conv2d`; MXNet `mxnet.initializer.Uniform`; Flax `flax.linen.Conv`; Keras `keras.layers.Conv2D`
 * @example
 * const { parameters } = initialise(Dense(3), [1, 2], { initialisers: frameworkInitialisers.keras });
 * evaluate(parameters.bias).toNested(); // => [0, 0, 0]
 */
export const frameworkInitialisers: Readonly<Record<Framework, Initialisers>> = {
  pytorch: { weight: kaimingUniform(), bias: fanInUniform },
  mxnet: { weight: uniformInitialiser(-0.07, 0.07), bias: zeroInitialiser },
  flax: { weight: lecunNormal, bias: zeroInitialiser },
  keras: { weight: glorotUniform, bias: zeroInitialiser },
};

/**
 * What the chapter's own `Conv2D` starts with in each of its four tabs.
 *
 * | | weight | bias |
 * |---|---|---|
 * | `pytorch` | uniform from 0 to 1 | 0 |
 * | `mxnet` | uniform from -0.07 to 0.07 | 0 |
 * | `flax` | uniform from 0 to 0.01 | 0 |
 * | `keras` | normal, deviation 0.05 | the same |
 *
 * @see Dive into Deep Learning, "Convolutions for Images", section 2
 * @example
 * const { parameters } = initialise(Conv2D([1, 2]), [6, 8], { initialisers: chapterInitialisers.pytorch });
 * evaluate(parameters.bias).toNested(); // => [0]
 */
export const chapterInitialisers: Readonly<Record<Framework, Initialisers>> = {
  pytorch: { weight: uniformInitialiser(0, 1), bias: zeroInitialiser },
  mxnet: { weight: uniformInitialiser(-0.07, 0.07), bias: zeroInitialiser },
  flax: { weight: uniformInitialiser(0, 0.01), bias: zeroInitialiser },
  keras: { weight: normalInitialiser(0, 0.05), bias: normalInitialiser(0, 0.05) },
};
