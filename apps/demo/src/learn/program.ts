import { compile, type Backend, type Executable } from '@xcorr/compiler';
import { constant, corr2d, equal, input, meanSquaredError, select, squaredError, state, sub, zeros, type NdArray, type Tensor } from '@xcorr/graph';
import { kernels } from '@xcorr/image';
import { minimise } from '@xcorr/nn';
import { optimiserOf } from './optimiser.ts';
import { imageSizes, lossKind, sizeOf, targetSize, type Problem } from './problem.ts';

type StepInputs = { readonly X: Tensor; readonly Y: Tensor; readonly start: Tensor; readonly rate: Tensor; readonly isRestart: Tensor };

/** One step of learning, and what the kernel makes of the image. */
export type LearningPrograms = {
  readonly step: Executable<StepInputs, { readonly K: Tensor }, { readonly loss: Tensor }>;
  readonly look: Executable<{ readonly X: Tensor; readonly K: Tensor }, Record<never, never>, { readonly response: Tensor }>;
};

const laplacian = kernels['laplacian-4'];

/**
 * The loss, its gradient and the step as one program. The rate is fed, and so is the kernel to start from: a run with
 * `isRestart` 1 puts that kernel and the optimiser's moments back to their beginnings. So a seed, a rate or another
 * start is a feed, and nothing is compiled anew.
 */
export function learningPrograms({ image, kernel, optimiser, momentum, whiten }: Problem, backend: Backend<'sync'>): LearningPrograms {
  const size = sizeOf(kernel);
  const X = input('X', [...imageSizes[image]]);
  const Y = input('Y', [...targetSize(image, size)]);
  const start = input('start', [...size]);
  const rate = input('rate', []);
  const isRestart = input('isRestart', []);
  const K = state('K', kernel);
  const error = lossKind(image) === 'sum' ? squaredError : meanSquaredError;
  const residual = sub(corr2d(X, K), Y);
  const loss = error(whiten ? corr2d(residual, constant(laplacian)) : residual, 0);
  const { updates, states } = minimise(loss, { K }, optimiserOf(optimiser, momentum), { rate });
  const restarted = updates.map(([before, after]): readonly [Tensor, Tensor] => [before, select(equal(isRestart, 1), before === K ? start : zeros(before.shape), after)]);
  const learned = input('K', [...size]);
  return {
    step: compile({ inputs: { X, Y, start, rate, isRestart }, state: { ...states, K }, outputs: { loss }, updates: restarted }, backend),
    look: compile({ inputs: { X, K: learned }, outputs: { response: corr2d(X, learned) } }, backend),
  };
}

/** The target: what its kernel makes of an image. */
export function targetOf(image: NdArray, kernel: Problem['kernel'], backend: Backend<'sync'>): NdArray {
  const X = input('X', image.shape);
  return compile({ inputs: { X }, outputs: { target: corr2d(X, constant(kernel)) } }, backend).run({ X: image }).target;
}

/** The image whose windows decide how the loss curves. */
export function seenImage(image: NdArray, whiten: boolean, backend: Backend<'sync'>): NdArray {
  return whiten ? targetOf(image, laplacian, backend) : image;
}
