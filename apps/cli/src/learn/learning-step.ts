import { add, corr2d, grad, input, meanSquaredError, state, type Tensor } from '@xcorr/graph';
import type { Kernel } from '@xcorr/image';
import type { Fit } from './fit.ts';
import { optimizers, type OptimizerName, type Rates, type Updates } from './optimizers.ts';

/** What is learned and how. */
export interface Model {
  readonly fit: Fit;
  /** The kernel before the first step. */
  readonly initial: Kernel;
  /** Whether a number is learned that is added to every element. */
  readonly bias: boolean;
  /** The bias before the first step. Default: 0. */
  readonly initialBias?: number;
  readonly optimizer: OptimizerName;
  readonly rates: Rates;
}

/** What a step is made of: a type that keeps the names, so that feeds and results are checked by them. */
export interface LearningStep {
  readonly inputs: { readonly X: Tensor; readonly Y: Tensor };
  readonly state: { readonly K: Tensor; readonly b: Tensor };
  readonly outputs: { readonly loss: Tensor };
  readonly updates: Updates;
}

/** One program holds the correlation, the loss, its gradients and the optimizer. The loss is that of the kernel before the step. */
export function learningStep({ fit, initial, bias, initialBias = 0, optimizer, rates }: Model): LearningStep {
  const X = input('X', fit.input);
  const Y = input('Y', fit.target);
  const K = state('K', initial);
  const b = state('b', initialBias);
  const response = corr2d(X, K, { padding: fit.padding });
  const loss = meanSquaredError(bias ? add(response, b) : response, Y);
  const learned = bias ? [K, b] : [K];
  const gradients = grad(loss, learned);
  const parameters = learned.flatMap((value, position) => {
    const gradient = gradients[position];
    return gradient === undefined ? [] : [{ name: value === K ? 'K' : 'b', value, gradient }];
  });
  return { inputs: { X, Y }, state: { K, b }, outputs: { loss }, updates: optimizers[optimizer](parameters, rates) };
}

/** What is left to ask when the kernel is learned. */
export interface Prediction {
  readonly inputs: { readonly X: Tensor; readonly Y: Tensor; readonly K: Tensor; readonly b: Tensor };
  readonly outputs: { readonly loss: Tensor; readonly prediction: Tensor };
}

/** The response to the input of a kernel that is fed, and its loss. */
export function prediction({ padding, input: size, kernel, target }: Fit): Prediction {
  const X = input('X', size);
  const Y = input('Y', target);
  const K = input('K', kernel);
  const b = input('b', []);
  const response = add(corr2d(X, K, { padding }), b);
  return { inputs: { X, Y, K, b }, outputs: { loss: meanSquaredError(response, Y), prediction: response } };
}
