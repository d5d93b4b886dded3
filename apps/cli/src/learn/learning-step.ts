import { abs, add, constant, convolve2d, corr2d, input, meanSquaredError, reduceMax, state, sub, type DType, type Tensor } from '@xcorr/graph';
import { kernels, type Kernel } from '@xcorr/image';
import { minimise, type Learning, type Optimiser, type Parameters } from '@xcorr/nn';
import type { Fit } from './fit.ts';

/** What is learned. */
export interface Model {
  readonly fit: Fit;
  /** The kernel before the first step. */
  readonly initial: Kernel;
  /** Whether a number is learned that is added to every element. */
  readonly bias: boolean;
  /** The bias before the first step. Default: 0. */
  readonly initialBias?: number;
  /** Whether the layer convolves strictly, by the kernel flipped. Default: it correlates. */
  readonly convolve?: boolean;
  /** Whether the loss sees the residual's Laplacian in the residual's place. Default: false. */
  readonly whiten?: boolean;
}

/** Kernels that are known, from which the learned one's distance is recorded. */
export type Known = Readonly<Partial<Record<KnownName, Kernel>>>;

/** `truth`: the kernel that made the target. `solution`: the one whose loss is least. */
export type KnownName = 'truth' | 'solution';

export const knownNames: readonly KnownName[] = ['truth', 'solution'];

/** The loss of a model, and what it is a function of. */
export interface Loss {
  readonly inputs: { readonly X: Tensor; readonly Y: Tensor };
  readonly state: { readonly K: Tensor; readonly b: Tensor };
  /** Those of the states that are learned. */
  readonly parameters: Parameters;
  readonly predicted: Tensor;
  readonly loss: Tensor;
}

const whitening = kernels['laplacian-4'];

/** How many rows and columns a residual needs to be whitened. */
export const whiteningSize: number = whitening.length;

/** The most that whitening multiplies a curvature by: the square of the Laplacian's largest response to a wave, 8. */
export const whiteningGain = 64;

/** The mean squared error of a model. In a picture each wave's power falls with the square of its frequency; under a Laplacian, which grows as fast, all waves count alike. */
export function lossOf({ fit, initial, bias, initialBias = 0, convolve = false, whiten = false }: Model, dtype: DType = 'float32'): Loss {
  const X = input('X', fit.input, { dtype });
  const Y = input('Y', fit.target, { dtype });
  const K = state('K', initial, { dtype });
  const b = state('b', initialBias, { dtype });
  const response = (convolve ? convolve2d : corr2d)(X, K, { padding: fit.padding });
  const predicted = bias ? add(response, b) : response;
  const loss = whiten ? meanSquaredError(corr2d(sub(predicted, Y), constant(whitening, { dtype })), constant(0, { dtype })) : meanSquaredError(predicted, Y);
  return { inputs: { X, Y }, state: { K, b }, parameters: bias ? { K, b } : { K }, predicted, loss };
}

/** What a step is made of: a type that keeps the names, so that feeds are checked by them. */
export interface LearningStep extends Pick<Loss, 'inputs' | 'state'> {
  /** The loss, and the distance from each known kernel: the largest difference of two taps. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly updates: Learning['updates'];
}

/** One program holds the correlation, the loss, its gradients and the optimiser. Its results are those of the kernel before the step. */
export function learningStep(model: Model, optimiser: Optimiser, known: Known = {}): LearningStep {
  const { inputs, state: states, parameters, loss } = lossOf(model);
  const distances = Object.fromEntries(knownNames.flatMap((name) => (known[name] === undefined ? [] : [[name, distance(states.K, known[name])] as const])));
  return { inputs, state: states, outputs: { loss, ...distances }, updates: minimise(loss, parameters, optimiser).updates };
}

function distance(K: Tensor, kernel: Kernel): Tensor {
  return reduceMax(abs(sub(K, constant(kernel))));
}

/** What is left to ask when the kernel is learned: the loss of a model, and its response to the input. */
export interface Prediction extends Pick<Loss, 'inputs' | 'state'> {
  readonly outputs: { readonly loss: Tensor; readonly prediction: Tensor };
}

export function prediction(model: Model): Prediction {
  const { inputs, state: states, loss, predicted } = lossOf(model);
  return { inputs, state: states, outputs: { loss, prediction: predicted } };
}
