import type { Backend } from '@xcorr/compiler';
import { CommandError } from '../command-error.ts';
import { fit, type Fit } from './fit.ts';
import { initialKernel } from './initial-kernel.ts';
import type { Rates } from './optimizers.ts';
import type { LearnOptions } from './options.ts';
import type { ImageValues } from './read-values.ts';
import { momentumFor, safeLearningRate, windowPower } from './step-size.ts';
import { train, type Training } from './train.ts';

/** What a kernel is learned from. */
export interface Lesson {
  readonly input: ImageValues;
  readonly target: ImageValues;
}

/** A kernel that was learned, with everything that led to it. */
export interface Learned {
  readonly lesson: Lesson;
  readonly options: LearnOptions;
  readonly fit: Fit;
  readonly rates: Rates;
  readonly training: Training;
}

/** Adam moves each tap by about its rate in every step, whatever the gradient: this reaches kernels as they are written. */
const adamRate = 0.1;

function ratesFor({ optimizer, lr, momentum, steps }: LearnOptions, safe: number): Rates {
  if (momentum !== undefined && optimizer !== 'momentum') throw new CommandError(`--momentum is for --optimizer momentum, and ${optimizer} has none\n  leave one of the two out`);
  return { learningRate: lr ?? (optimizer === 'adam' ? adamRate : safe), momentum: optimizer === 'momentum' ? (momentum ?? momentumFor(steps)) : 0 };
}

/**
 * Learns the kernel that makes the target of the input.
 *
 * @throws CommandError when the sizes do not fit, the input is 0 everywhere, or the loss does not stay finite.
 */
export async function learn(lesson: Lesson, options: LearnOptions, backend: Backend<'async'>, progress?: (done: number, loss: number) => void): Promise<Learned> {
  const { input, target } = lesson;
  const bias = options.bias === true;
  const shape = fit(input, target, options.kernel, options.padding);
  const power = windowPower(input.values, shape, bias);
  if (power === 0) throw new CommandError(`${input.name}: the input is 0 wherever the kernel sees it, so that every kernel makes the same of it\n  give an input that is not black`);
  const safe = safeLearningRate(power);
  const rates = ratesFor(options, safe);
  const start = await initialKernel(options.init, options.kernel, options.seed);
  if (start.bias !== undefined && !bias) throw new CommandError(`--init ${options.init}: a kernel with the bias ${start.bias}, and no bias is to be learned\n  add --bias, or start from a kernel without one`);
  const smaller = options.optimizer === 'adam' ? Math.min(adamRate, rates.learningRate / 10) : Math.min(safe, rates.learningRate / 2);
  const training = await train(
    { fit: shape, initial: start.kernel, initialBias: start.bias ?? 0, bias, optimizer: options.optimizer, rates },
    { input: input.values, target: target.values },
    { steps: options.steps, remedy: `try a smaller one, such as --lr ${Number(smaller.toPrecision(2))}`, ...(progress === undefined ? {} : { progress }) },
    backend,
  );
  return { lesson, options, fit: shape, rates, training };
}
