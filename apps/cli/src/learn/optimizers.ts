import { add, div, mul, NdArray, sqrt, square, state, sub, type Tensor } from '@xcorr/graph';

/** Something that is learned, and the loss's gradient with respect to it. */
export interface Parameter {
  readonly name: string;
  /** A state. */
  readonly value: Tensor;
  readonly gradient: Tensor;
}

export interface Rates {
  readonly learningRate: number;
  readonly momentum: number;
}

/** What states become at the end of a step. */
export type Updates = readonly (readonly [state: Tensor, next: Tensor])[];

export type OptimizerName = 'sgd' | 'momentum' | 'adam';

/** A state of a parameter's shape that is 0 before the first step. */
function zerosFor({ name, value }: Parameter, what: string): Tensor {
  const shape = value.shape.map(Number);
  return state(`${what} of ${name}`, new NdArray(shape, new Float32Array(shape.reduce((product, size) => product * size, 1))));
}

/** Adam's constants, as its authors recommend them. */
const adam = { meanDecay: 0.9, squareDecay: 0.999, epsilon: 1e-8 } as const;

/**
 * Each optimizer's step, as part of the graph: g is the gradient of a parameter k, r the learning rate.
 */
export const optimizers: Readonly<Record<OptimizerName, (parameters: readonly Parameter[], rates: Rates) => Updates>> = {
  // Gradient descent, here over all elements at once:  k <- k - r g
  sgd: (parameters, { learningRate }) => parameters.map(({ value, gradient }) => [value, sub(value, mul(learningRate, gradient))] as const),

  // Nesterov, "A Method for Solving the Convex Programming Problem with Convergence Rate O(1/k^2)", 1983, in the form of
  // Bengio, Boulanger-Lewandowski and Pascanu, "Advances in Optimizing Recurrent Networks", 2013, section 3.5, where what
  // is kept is the point at which the gradient is taken:
  //   v <- m v + g,  k <- k - r (g + m v)
  momentum: (parameters, { learningRate, momentum }) =>
    parameters.flatMap((parameter) => {
      const { value, gradient } = parameter;
      const velocity = zerosFor(parameter, 'velocity');
      const next = add(mul(momentum, velocity), gradient);
      return [
        [velocity, next],
        [value, sub(value, mul(learningRate, add(gradient, mul(momentum, next))))],
      ] as const;
    }),

  // Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1:
  //   m <- a m + (1 - a) g,  v <- b v + (1 - b) g^2,  k <- k - r (m / (1 - a^t)) / (sqrt(v / (1 - b^t)) + e)
  // The powers a^t and b^t are states that start at 1.
  adam: (parameters, { learningRate }) => {
    const [meanPower, squarePower] = [state('mean power', 1), state('square power', 1)];
    const [nextMeanPower, nextSquarePower] = [mul(meanPower, adam.meanDecay), mul(squarePower, adam.squareDecay)];
    const moved = parameters.flatMap((parameter) => {
      const { value, gradient } = parameter;
      const [mean, meanSquare] = [zerosFor(parameter, 'mean'), zerosFor(parameter, 'mean square')];
      const nextMean = add(mul(adam.meanDecay, mean), mul(1 - adam.meanDecay, gradient));
      const nextSquare = add(mul(adam.squareDecay, meanSquare), mul(1 - adam.squareDecay, square(gradient)));
      const direction = div(div(nextMean, sub(1, nextMeanPower)), add(sqrt(div(nextSquare, sub(1, nextSquarePower))), adam.epsilon));
      return [
        [mean, nextMean],
        [meanSquare, nextSquare],
        [value, sub(value, mul(learningRate, direction))],
      ] as const;
    });
    return [[meanPower, nextMeanPower], [squarePower, nextSquarePower], ...moved];
  },
};

export const optimizerNames: readonly OptimizerName[] = ['sgd', 'momentum', 'adam'];
