import { ndarray, printShape, ValueError, type NdArray, type Nested } from '@xcorr/graph';
import { drawn, type Initialiser } from './initialiser.ts';

function checkFinite(operation: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) if (!Number.isFinite(value)) throw new ValueError(`${operation}: ${name} ${value} is not a finite number`);
}

/**
 * Uniform from low, to high which is not reached.
 *
 * @throws ValueError when a bound is not finite or low exceeds high.
 * @see PyTorch `torch.rand` for [0, 1), with which the chapter's own `Conv2D` starts
 * @example
 * const X = input('X', [4, 4]);
 * const { weight } = initialise(Conv2D([2, 2], { weight: uniformInitialiser(0, 1) }), X).parameters;
 * evaluate(weight).data.every((value) => value >= 0 && value < 1); // => true
 */
export function uniformInitialiser(low: number, high: number): Initialiser {
  checkFinite('uniformInitialiser', { low, high });
  if (low > high) throw new ValueError(`uniformInitialiser: low ${low} exceeds high ${high}`);
  return (form, random) => drawn(form, () => random.uniform(low, high));
}

/**
 * Normal with a mean and a deviation.
 *
 * @throws ValueError when one is not finite or the deviation is negative.
 * @see TensorFlow `random_normal_initializer`, mean 0 and deviation 0.05, with which the chapter's own layer starts there
 * @example
 * evaluate(initialise(Conv2D([1, 2], { weight: normalInitialiser(3, 0) }), [4, 4]).parameters.weight).toNested(); // => [[3, 3]]
 */
export function normalInitialiser(mean = 0, deviation = 0.05): Initialiser {
  checkFinite('normalInitialiser', { mean, deviation });
  if (deviation < 0) throw new ValueError(`normalInitialiser: the deviation ${deviation} is negative`);
  return (form, random) => drawn(form, () => mean + deviation * random.normal());
}

/**
 * Zeros: the biases of Gluon, Flax, Keras and the chapter's own classes.
 *
 * @example
 * zeroInitialiser({ role: 'bias', shape: [2], fanIn: 1, fanOut: 1, isTransposed: false }, createRandom(0)); // => Float64Array.of(0, 0)
 */
export const zeroInitialiser: Initialiser = (form) => drawn(form, () => 0);

/**
 * The values given, such as a kernel that is known.
 *
 * @throws ValueError when the list is ragged, empty or not finite; at first use, when the parameter has another shape.
 * @example
 * const sobel = given([[[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]]]);
 * const layer = Conv2d({ outputs: 1, kernel: 3, bias: false, weight: sobel });
 * evaluate(apply(initialise(layer, [1, 1, 3, 3]), reshape(arange(9), [1, 1, 3, 3]))).item(); // => 8
 */
export function given(values: Nested | NdArray): Initialiser {
  const array = typeof values === 'number' || isList(values) ? ndarray(values, 'float64') : values;
  return ({ role, shape }) => {
    if (printShape(shape) !== printShape(array.shape))
      throw new ValueError(`given: values of shape ${printShape(array.shape)} for a ${role} of shape ${printShape(shape)}; give one number for each element`);
    return Float64Array.from(array.data);
  };
}

function isList(values: unknown): values is readonly Nested[] {
  return Array.isArray(values);
}
