import { InvalidArgumentError, Option, type Command } from 'commander';
import { backendOption } from '../backends/backend-option.ts';
import type { BackendName } from '../backends/names.ts';
import type { ActivationName } from '@xcorr/nn';
import { decimal } from '../number.ts';
import type { PaddingName, Size } from './fit.ts';
import { optimiserNames, type OptimiserName } from './optimisers.ts';

/** What `--kernel` says: the size of a kernel that is to be found, or the kernel whose response is the target. */
export type Wanted = { readonly kind: 'size'; readonly size: Size } | { readonly kind: 'kernel'; readonly text: string };

/** How a kernel is to be learned. */
export interface LearnOptions {
  readonly backend?: BackendName | undefined;
  readonly steps: number;
  readonly seed: number;
  readonly optimiser: OptimiserName;
  /** Undefined: computed from the input, or usual. */
  readonly lr?: number | undefined;
  /** Undefined: computed from the input and the steps. */
  readonly momentum?: number | undefined;
  /** `uniform`, `zeros`, or a kernel. */
  readonly init: string;
  /** Undefined: what the target's size says. */
  readonly padding?: PaddingName | undefined;
  readonly bias?: boolean | undefined;
  /** The deviation of the noise that is added to the target. */
  readonly noise?: number | undefined;
  /** Whether the layer convolves strictly. */
  readonly convolve?: boolean | undefined;
  /** Whether the loss sees the residual's Laplacian. */
  readonly whiten?: boolean | undefined;
  /** The channels between two layers. Undefined: 4. */
  readonly channels?: number | undefined;
}

/** The activations that may be between two layers: those that take each element by itself. */
export type BetweenName = Exclude<ActivationName, 'softmax'>;

const betweenNames: readonly BetweenName[] = ['relu', 'leakyRelu', 'elu', 'sigmoid', 'tanh', 'softplus', 'silu', 'gelu'];

/** Each channel costs two layers in every step. */
const mostChannels = 64;

/** The most rows or columns that a kernel which is learned may have: each tap costs a pass over the image in every step. */
export const mostTapsASide = 64;

/** Far beyond it, squares are infinite in float32. */
const mostNoise = 1e15;

/** Each step leaves a number in the loss curve. */
const mostSteps = 1_000_000;

/**
 * A kernel's size as it is written on the command line, rows first, or whatever else names a kernel.
 *
 * @throws InvalidArgumentError, which the command line reports.
 * @example
 * parseWanted('3x5'); // => { kind: 'size', size: [3, 5] }
 * parseWanted('3'); // => { kind: 'size', size: [3, 3] }
 * parseWanted('sobel-x'); // => { kind: 'kernel', text: 'sobel-x' }
 */
export function parseWanted(text: string): Wanted {
  const [, rows, columns = rows] = /^\s*(\d{1,9})\s*(?:[x×*]\s*(\d{1,9})\s*)?$/iu.exec(text) ?? [];
  if (rows === undefined) return { kind: 'kernel', text };
  const size: Size = [Number(rows), Number(columns)];
  if (size.some((side) => side < 1)) throw new InvalidArgumentError('Give rows and columns, such as 3x3 or 1x2.');
  if (size.some((side) => side > mostTapsASide)) throw new InvalidArgumentError(`At most ${mostTapsASide} rows and ${mostTapsASide} columns are learned.`);
  return { kind: 'size', size };
}

/** Reads a number that obeys a law. */
function numberWhere(law: (value: number) => boolean, expected: string): (text: string) => number {
  return (text) => {
    const value = decimal(text);
    if (!law(value)) throw new InvalidArgumentError(`Give ${expected}.`);
    return value;
  };
}

const parseSteps = numberWhere((value) => Number.isSafeInteger(value) && value >= 1 && value <= mostSteps, `a whole number from 1 to ${mostSteps}`);
const parseSeed = numberWhere((value) => Number.isSafeInteger(value) && value >= 0, 'a whole number of at least 0');
const parseRate = numberWhere((value) => Number.isFinite(value) && value > 0, 'a number above 0, such as 0.1');
const parseNoise = numberWhere((value) => value > 0 && value <= mostNoise, 'a number above 0, such as 0.01');
const parseChannels = numberWhere((value) => Number.isSafeInteger(value) && value >= 1 && value <= mostChannels, `a whole number from 1 to ${mostChannels}`);
const parseMomentum = numberWhere((value) => value >= 0 && value < 1, 'a number from 0 to below 1, such as 0.9');

/** The options that say how a kernel is to be learned: `xcorr learn` and `xcorr report` share them. */
export function addLearnOptions(command: Command, more: readonly string[] = []): Command {
  return command
    .option('--then <size or kernel>', "learn two layers: the second one's size, or the kernel that makes the target of the first one's response", parseWanted)
    .addOption(new Option('--activation <name>', 'what is between two layers (default: nothing, so that they are one kernel)').choices(betweenNames))
    .option('--channels <n>', 'how many kernels each of two layers has (default: 4)', parseChannels)
    .option('--steps <n>', 'how many steps to take', parseSteps, 1000)
    .addOption(new Option('--optimiser <name>', 'how a step is taken').choices([...optimiserNames, ...more]).default('momentum'))
    .option('--lr <rate>', 'the learning rate, of adam, adamw and rmsprop at first (default: computed from the input, or usual)', parseRate)
    .option('--momentum <share>', 'how much of the last move a step keeps (default: computed from the input)', parseMomentum)
    .option('--init <kernel>', 'what to start from: uniform, zeros, or a kernel: a name, taps, or a JSON file', 'uniform')
    .option('--seed <n>', 'what the uniform start and the noise are drawn from', parseSeed, 0)
    .addOption(new Option('--padding <how>', "what is beyond the input's border (default: what the target's size says)").choices(['valid', 'same']))
    .option('--bias', 'learn a number that is added to every element, too')
    .option('--convolve', 'learn a strict convolution, whose kernel is flipped')
    .option('--noise <sigma>', 'add normal noise of this deviation to the target', parseNoise)
    .option('--whiten', 'let all waves of a picture count alike, so that few steps do')
    .addOption(backendOption());
}

/** What stands below the options in the help. */
export const aboutLearning = `
A kernel with a name (or taps, or a JSON file) makes the target itself: its cross-correlation
with the input. It is then learned back, and held against what it should be.

The kernel is learned by descent on the mean squared error: the mean, over the elements of the
target, of the squared difference between it and the cross-correlation of the input with the
kernel. As it is a mean, one learning rate serves images of every size. (The book's rate of
0.03 is for the sum over 42 elements: here it is 42 x 0.03 = 1.26.)

That loss is quadratic in the kernel. Its curvatures and its minimum, the least-squares kernel,
are solved for in float64 before the first step (not of very many taps). The rates of sgd,
momentum (Polyak's) and nesterov are those by which the largest error shrinks most; of adam and
adamw the rate is 0.1, of rmsprop 0.03, and falls to 0 along a cosine by the last step. adamw
decays weights by 1e-4.

Neighbours in a picture are alike, so curvatures differ ten-thousandfold, and sgd and the
adaptive ones are slow on pictures (tens of thousands of steps come to the same kernel);
momentum and nesterov need about the square root of that.
--whiten puts the Laplacian of the difference into the loss in the difference's place: then
curvatures differ tenfold, and all of them are fast. With noise it gives fine waves more weight.

--then learns two layers, with --channels kernels each: from two sizes and a --target, or from
two kernels, which make the target one after the other. With nothing between them they are one
kernel, and that is held against what it should be. With an --activation many sets of kernels
compute the same: what is said is how much of the target they explain, and of another part of the
photograph, from which they did not learn. The loss of two layers is not quadratic: the rates of
sgd, momentum and nesterov are shares of what the one kernel's curvature allows, momentum is 0.9;
adam's and adamw's rate is 0.03, rmsprop's 0.003, of more than 9 taps less.

Images are pictures such as PNG, JPEG or WebP (their brightness, 0 to 1), NumPy arrays (.npy)
or nested lists in JSON. A target smaller than the input by the kernel's size less one is taken as
valid (nothing is invented beyond the border), one of the input's size as same (zeros).`;
