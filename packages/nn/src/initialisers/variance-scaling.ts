import { drawn, type Initialiser } from './initialiser.ts';

/** The deviation of a normal distribution of deviation 1 that is cut off at -2 and 2. */
const truncatedDeviation = 0.87962566103423978;

/**
 * Uniform within sqrt(6 / ((1 + a^2) fanIn)): with a = sqrt(5), so within 1 / sqrt(fanIn), the weights of PyTorch's
 * `Conv2d`, `ConvTranspose2d` and `Linear`.
 *
 * @see He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", 2015; PyTorch `torch.nn.init.kaiming_uniform_`
 * @example
 * const form = { role: 'weight', shape: [8, 4, 3, 3], fanIn: 36, fanOut: 72, isTransposed: false };
 * kaimingUniform()(form, createRandom(0)).every((value) => Math.abs(value) <= 1 / 6); // => true
 */
export function kaimingUniform(a: number = Math.sqrt(5)): Initialiser {
  return (form, random) => {
    const bound = Math.sqrt(6 / ((1 + a * a) * form.fanIn));
    return drawn(form, () => random.uniform(-bound, bound));
  };
}

/**
 * Uniform within 1 / sqrt(fanIn), the fan of the layer's weight: PyTorch's biases.
 *
 * @see PyTorch `torch.nn.Conv2d`, `torch.nn.Linear`: the variables listed there
 * @example
 * const form = { role: 'bias', shape: [100], fanIn: 4, fanOut: 8, isTransposed: false };
 * fanInUniform(form, createRandom(0)).every((value) => Math.abs(value) <= 0.5); // => true
 */
export const fanInUniform: Initialiser = (form, random) => {
  const bound = 1 / Math.sqrt(form.fanIn);
  return drawn(form, () => random.uniform(-bound, bound));
};

/**
 * Normal, cut off at twice its deviation, and scaled so that what is left has the variance 1 / (elements that an output
 * sums): the weights of Flax. Flax counts the inputs of transposed convolutions, too, by the axis of input channels.
 *
 * @see LeCun, Bottou, Orr, Müller, "Efficient BackProp", 1998; JAX `jax.nn.initializers.lecun_normal`
 * @example
 * const form = { role: 'weight', shape: [1, 1, 1, 4], fanIn: 4, fanOut: 4, isTransposed: false };
 * lecunNormal(form, createRandom(0)).every((value) => Math.abs(value) <= 2 * 0.5 / 0.8796); // => true
 */
export const lecunNormal: Initialiser = (form, random) => {
  const deviation = Math.sqrt(1 / (form.isTransposed ? form.fanOut : form.fanIn)) / truncatedDeviation;
  return drawn(form, () => {
    for (;;) {
      const value = random.normal();
      if (Math.abs(value) <= 2) return value * deviation;
    }
  });
};

/**
 * Uniform within sqrt(6 / (fanIn + fanOut)): the weights of Keras.
 *
 * @see Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010; Keras `GlorotUniform`
 * @example
 * const form = { role: 'weight', shape: [1, 1, 1, 3], fanIn: 3, fanOut: 3, isTransposed: false };
 * glorotUniform(form, createRandom(0)).every((value) => Math.abs(value) <= 1); // => true
 */
export const glorotUniform: Initialiser = (form, random) => {
  const bound = Math.sqrt(6 / (form.fanIn + form.fanOut));
  return drawn(form, () => random.uniform(-bound, bound));
};
