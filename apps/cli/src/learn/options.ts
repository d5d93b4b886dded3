import { InvalidArgumentError, Option, type Command } from 'commander';
import { backendOption } from '../backends/backend-option.ts';
import type { BackendName } from '../backends/names.ts';
import { decimal } from '../number.ts';
import type { PaddingName, Size } from './fit.ts';
import { optimizerNames, type OptimizerName } from './optimizers.ts';

/** How a kernel is to be learned. */
export interface LearnOptions {
  readonly backend?: BackendName | undefined;
  readonly kernel: Size;
  readonly steps: number;
  readonly seed: number;
  readonly optimizer: OptimizerName;
  /** Undefined: computed from the input. */
  readonly lr?: number | undefined;
  /** Undefined: computed from the steps. */
  readonly momentum?: number | undefined;
  /** `uniform`, `zeros`, or a kernel. */
  readonly init: string;
  /** Undefined: what the target's size says. */
  readonly padding?: PaddingName | undefined;
  readonly bias?: boolean | undefined;
}

/** The most rows or columns that a kernel which is learned may have: each tap costs a pass over the image in every step. */
export const mostTapsASide = 64;

/** Each step leaves a number in the loss curve. */
const mostSteps = 1_000_000;

/**
 * A kernel's size as it is written on the command line, rows first.
 *
 * @throws InvalidArgumentError, which the command line reports.
 * @example
 * parseKernelSize('3x5'); // => [3, 5]
 * parseKernelSize('3'); // => [3, 3]
 */
export function parseKernelSize(text: string): Size {
  const [, rows, columns = rows] = /^\s*(\d{1,9})\s*(?:[x×*]\s*(\d{1,9})\s*)?$/iu.exec(text) ?? [];
  const size: Size = [Number(rows), Number(columns)];
  if (rows === undefined || size.some((side) => side < 1)) throw new InvalidArgumentError('Give rows and columns, such as 3x3 or 1x2.');
  if (size.some((side) => side > mostTapsASide)) throw new InvalidArgumentError(`At most ${mostTapsASide} rows and ${mostTapsASide} columns are learned.`);
  return size;
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
const parseSeed = numberWhere(Number.isSafeInteger, 'a whole number');
const parseRate = numberWhere((value) => Number.isFinite(value) && value > 0, 'a number above 0, such as 0.1');
const parseMomentum = numberWhere((value) => value >= 0 && value < 1, 'a number from 0 to below 1, such as 0.9');

/** The options that say how a kernel is to be learned: `xcorr learn` and `xcorr report` share them. */
export function addLearnOptions(command: Command): Command {
  return command
    .option('--steps <n>', 'how many steps to take', parseSteps, 1000)
    .addOption(new Option('--optimizer <name>', 'how a step is taken').choices(optimizerNames).default('momentum'))
    .option('--lr <rate>', 'the learning rate (default: a safe one, computed from the input)', parseRate)
    .option('--momentum <share>', 'how much of the last move a step keeps (default: computed from the steps)', parseMomentum)
    .option('--init <kernel>', 'what to start from: uniform, zeros, or a kernel: a name, taps, or a JSON file', 'uniform')
    .option('--seed <n>', 'what the uniform start is drawn from', parseSeed, 0)
    .addOption(new Option('--padding <how>', "what is beyond the input's border (default: what the target's size says)").choices(['valid', 'same']))
    .option('--bias', 'learn a number that is added to every element, too')
    .addOption(backendOption());
}

/** What stands below the options in the help. */
export const aboutLearning = `
The kernel is learned by gradient descent on the mean squared error: the mean, over the
elements of the target, of the squared difference between it and the cross-correlation of
the input with the kernel. As it is a mean, one learning rate serves images of every size.
(The book's rate of 0.03 is for the sum over 42 elements: here it is 42 x 0.03 = 1.26.)

The default rate cannot diverge: it is 1 / (2 P), where P is the mean power of a window of
the input (the sum of its squares). P is the trace of the windows' Gram matrix and so no less
than its largest eigenvalue; descent diverges from 1 / that eigenvalue on. The default of
adam, whose steps do not grow with the gradient, is 0.1.

Neighbours in a picture are alike, so plain descent (sgd) is slow on pictures. momentum,
the default, is fast (Nesterov's method): unless --momentum says otherwise it keeps
(1 - 12 / steps)^2 of each move, with which errors have decayed by the last step. More
--steps reach finer errors.

Images are pictures such as PNG, JPEG or WebP (their brightness, 0 to 1), NumPy arrays (.npy)
or nested lists in JSON. A target smaller than the input by the kernel's size less one is taken as
valid (nothing is invented beyond the border), one of the input's size as same (zeros).`;
