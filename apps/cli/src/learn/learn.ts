import type { Backend } from '@xcorr/compiler';
import type { Kernel } from '@xcorr/image';
import type { Optimiser } from '@xcorr/nn';
import { CommandError } from '../command-error.ts';
import { prospectOf, windowPower, type Prospect } from './curvature.ts';
import { fit, type Fit, type PaddingName } from './fit.ts';
import { initialKernel } from './initial-kernel.ts';
import { whiteningSize, type Known, type Model } from './learning-step.ts';
import { flipped, type Lesson } from './lesson.ts';
import { optimiserFor, smallerRate } from './optimisers.ts';
import type { LearnOptions } from './options.ts';
import { train, type Training } from './train.ts';

/** A kernel that was learned, with everything that led to it. */
export interface Learned {
  readonly kind: 'kernel';
  readonly lesson: Lesson;
  readonly options: LearnOptions;
  readonly fit: Fit;
  readonly optimiser: Optimiser;
  readonly prospect: Prospect;
  /** What the learned kernel should be: the one that made the target, flipped for a strict convolution. */
  readonly truth?: Kernel;
  readonly training: Training;
}

/** A lesson that is understood, from which several optimisers may learn. */
export interface Prepared {
  readonly kind: 'kernel';
  readonly lesson: Lesson;
  readonly options: LearnOptions;
  readonly model: Model;
  readonly prospect: Prospect;
}

/** Of the power of what a window sees, less than float32 tells from 0. */
const negligible = 1e-14;

/**
 * Looks at a lesson before any step: whether the sizes fit, what the kernel starts from, how the loss curves.
 *
 * @throws CommandError when the sizes do not fit, or the input is 0 everywhere.
 */
export async function prepare(lesson: Lesson, options: LearnOptions): Promise<Prepared> {
  const { bias = false, convolve = false, whiten = false } = options;
  const shape = fitOf(lesson, options.padding, { whiten, bias });
  const start = await initialKernel(options.init, lesson.kernel, options.seed);
  if (start.bias !== undefined && !bias) throw new CommandError(`--init ${options.init}: a kernel with the bias ${start.bias}, and no bias is to be learned\n  add --bias, or start from a kernel without one`);
  const model: Model = { fit: shape, initial: convolve ? flipped(start.kernel) : start.kernel, initialBias: start.bias ?? 0, bias, convolve, whiten };
  const prospect = await prospectOf(model, { input: lesson.input.values, target: lesson.target.values });
  checkSeen(lesson, shape, prospect, { whiten, bias });
  return { kind: 'kernel', lesson, options, model, prospect };
}

/**
 * How a lesson's kernel leads from its input to its target.
 *
 * @throws CommandError when the sizes do not fit, or are too small to be whitened.
 */
export function fitOf({ input, target, kernel }: Lesson, padding: PaddingName | undefined, { whiten, bias = false }: Manner): Fit {
  const shape = fit(input, target, kernel, padding);
  if (whiten) checkWhitening(shape, bias);
  return shape;
}

/** What changes how a loss sees its input. */
interface Manner {
  readonly whiten: boolean;
  readonly bias?: boolean;
}

/**
 * Looks whether the input tells one kernel from another.
 *
 * @throws CommandError when it is 0 wherever the kernel sees it.
 */
export function checkSeen({ input }: Lesson, shape: Fit, prospect: Prospect, { whiten, bias = false }: Manner): void {
  if (!(prospect.curvatures.most > negligible * windowPower(input.values, shape, bias)))
    throw new CommandError(
      whiten
        ? `${input.name}: the input is even wherever the kernel sees it, and whitened it is 0, so that every kernel makes the same of it\n  give an input with some detail, or leave out --whiten`
        : `${input.name}: the input is 0 wherever the kernel sees it, so that every kernel makes the same of it\n  give an input that is not black`,
    );
}

function checkWhitening({ target }: Fit, bias: boolean): void {
  if (bias) throw new CommandError('--whiten takes away what is the same everywhere, a bias too\n  leave out --whiten or --bias');
  if (target.some((side) => side < whiteningSize)) throw new CommandError(`--whiten needs a target of at least ${whiteningSize} x ${whiteningSize} elements, and this has [${target.join(', ')}]\n  leave out --whiten`);
}

/**
 * Learns the kernel that makes the target of the input.
 *
 * @throws CommandError when the loss does not stay finite, or a momentum is asked for that the optimiser does not have.
 */
export async function learn({ lesson, options, model, prospect }: Prepared, backend: Backend<'async'>, progress?: (done: number, loss: number) => void): Promise<Learned> {
  const optimiser = optimiserFor(options, prospect.curvatures);
  const truth = lesson.truth === undefined || options.convolve !== true ? lesson.truth : flipped(lesson.truth);
  const known: Known = { ...(truth === undefined ? {} : { truth }), ...(prospect.solution === undefined ? {} : { solution: prospect.solution.kernel }) };
  const remedy = `try a smaller one, such as --lr ${Number(smallerRate(optimiser, prospect.curvatures).toPrecision(2))}`;
  const training = await train(model, { input: lesson.input.values, target: lesson.target.values }, { steps: options.steps, optimiser, known, remedy, ...(progress === undefined ? {} : { progress }) }, backend);
  return { kind: 'kernel', lesson, options, fit: model.fit, optimiser, prospect, ...(truth === undefined ? {} : { truth }), training };
}
