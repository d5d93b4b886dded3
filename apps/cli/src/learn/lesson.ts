import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { add, corr2d, input, NdArray } from '@xcorr/graph';
import { toValues, type Kernel } from '@xcorr/image';
import { readPicture } from '@xcorr/image/node';
import { createRandom } from '@xcorr/nn';
import { CommandError } from '../command-error.ts';
import { kernelOperators, readOperator, type KernelOperator } from '../kernel/operator.ts';
import { photograph } from '../photograph.ts';
import { sizeOf, type PaddingName, type Size } from './fit.ts';
import { mostTapsASide, type Wanted } from './options.ts';
import { brightness, readValues, type ImageValues } from './read-values.ts';

/** What a kernel is learned from. */
export interface Lesson {
  readonly input: ImageValues;
  readonly target: ImageValues;
  /** The size of what is learned. */
  readonly kernel: Size;
  /** The kernel that made the target by cross-correlation, where it is known. */
  readonly truth?: Kernel;
}

/** Where a lesson comes from. */
export interface LessonOptions {
  readonly input?: string | undefined;
  readonly target?: string | undefined;
  readonly kernel: Wanted;
  readonly padding?: PaddingName | undefined;
  /** The deviation of the noise that is added to the target. */
  readonly noise?: number | undefined;
  readonly seed: number;
}

/** A part of the photograph with rocks and trees, in which neighbours differ most. */
const part = { top: 180, left: 400, rows: 128, columns: 160 } as const;

/** The stream of the seed's draws that is noise: the first is what a kernel starts from. */
const noiseStream = 1;

/**
 * Reads the pair of images, or makes the target of the input by the kernel that has a name; noise is added to either.
 *
 * @throws CommandError when one of the two is missing, or a target is given beside a kernel that makes it.
 */
export async function readLesson(options: LessonOptions): Promise<Lesson> {
  const { kernel: wanted, noise, seed } = options;
  const lesson = wanted.kind === 'size' ? await givenPair(options, wanted.size) : await madePair(options, wanted.text);
  return noise === undefined ? lesson : withNoise(lesson, noise, seed);
}

async function givenPair({ input: from, target }: LessonOptions, kernel: Size): Promise<Lesson> {
  const size = kernel.join('x');
  if (target === undefined) throw new CommandError(`--kernel ${size} is a size, and there is no --target to learn from\n  give one, or a kernel whose response is the target, such as --kernel sobel-x`);
  if (from === undefined) throw new CommandError('--target is given without --input\n  give both');
  return { input: await readValues(from), target: await readValues(target), kernel };
}

async function madePair({ input: from, target, padding = 'valid' }: LessonOptions, text: string): Promise<Lesson> {
  if (target !== undefined) throw new CommandError(`--kernel ${text} makes the target, and --target is given too\n  leave one of the two out; to learn a kernel from the target, give its size, such as --kernel 3x3`);
  const operator = await readOperator(text, kernelOperators);
  const size = sizeOfKernel(operator);
  if (size.some((side) => side > mostTapsASide)) throw new CommandError(`--kernel ${text}: ${size.join(' x ')} taps; at most ${mostTapsASide} rows and ${mostTapsASide} columns are learned`);
  const seen = from === undefined ? await partOfPhotograph() : await readValues(from);
  const [rows, columns] = sizeOf(seen);
  if (padding === 'valid' && (rows < size[0] || columns < size[1]))
    throw new CommandError(`--kernel ${text}: ${size.join(' x ')} taps, and ${seen.name} has [${rows}, ${columns}] elements\n  give a larger input, or --padding same`);
  return taught(seen, operator, padding);
}

function sizeOfKernel({ kernel }: KernelOperator): Size {
  return [kernel.length, kernel[0]?.length ?? 0];
}

/** The lesson whose target is the response of an input to a kernel. */
export function taught(seen: ImageValues, operator: KernelOperator, padding: PaddingName = 'valid'): Lesson {
  return { input: seen, target: response(seen, operator, padding), kernel: sizeOfKernel(operator), truth: operator.kernel };
}

function response({ name, values }: ImageValues, { name: of, kernel, bias = 0 }: KernelOperator, padding: PaddingName): ImageValues {
  const X = input('X', values.shape);
  const { made } = compile({ inputs: { X }, outputs: { made: add(corr2d(X, kernel, { padding }), bias) } }, js()).run({ X: values });
  return { name: `the response of ${name} to ${of}`, kind: 'numbers', values: made };
}

/** What is learned from where no input is given. */
export async function partOfPhotograph(): Promise<ImageValues> {
  const { shape, data } = brightness(toValues(await readPicture(photograph)));
  const [, columns = 0] = shape;
  const rows = Array.from({ length: part.rows }, (_, row) => data.subarray((part.top + row) * columns + part.left, (part.top + row) * columns + part.left + part.columns));
  return { name: 'a part of the photograph', kind: 'picture', values: new NdArray([part.rows, part.columns], Float32Array.from(rows.flatMap((row) => Array.from(row)))) };
}

/** The same with normal noise of a deviation on the target, from a stream of the seed's draws. */
export function withNoise(lesson: Lesson, deviation: number, seed: number): Lesson {
  const { name, values } = lesson.target;
  const { normal } = createRandom(seed, noiseStream);
  const noisy = new NdArray(values.shape, Float32Array.from(values.data, (value) => value + deviation * normal()));
  return { ...lesson, target: { name: `${name}, with noise of ${deviation}`, kind: 'numbers', values: noisy } };
}

/** A kernel flipped along both of its axes: what a strict convolution has in the place of what a correlation has. */
export function flipped(kernel: Kernel): Kernel {
  return kernel.toReversed().map((row) => row.toReversed());
}
