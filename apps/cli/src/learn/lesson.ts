import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { add, constant, corr2d, evaluate, input, NdArray } from '@xcorr/graph';
import { toValues, type Kernel } from '@xcorr/image';
import { readPicture } from '@xcorr/image/node';
import { activations, createRandom } from '@xcorr/nn';
import { CommandError } from '../command-error.ts';
import { kernelOperators, readOperator, type KernelOperator } from '../kernel/operator.ts';
import { photograph } from '../photograph.ts';
import { sizeOf, type PaddingName, type Size } from './fit.ts';
import { composedSize, type TwoLayers } from './layers.ts';
import { mostTapsASide, type BetweenName, type Wanted } from './options.ts';
import { brightness, readValues, type ImageValues } from './read-values.ts';

/** What a kernel is learned from. */
export interface Lesson {
  readonly input: ImageValues;
  readonly target: ImageValues;
  /** The size of what is learned. */
  readonly kernel: Size;
  /** The kernel that made the target by cross-correlation, where it is known. */
  readonly truth?: Kernel;
  /** Where two layers are learned: what they are like. `kernel` and `truth` are then those of the one kernel that they are together. */
  readonly layers?: TwoLayers;
  /** A picture that is not learned from, by which what was learned is judged. */
  readonly probe?: Probe;
}

/** A picture, and what is to be made of it, without noise. */
export interface Probe {
  readonly input: ImageValues;
  readonly target: ImageValues;
}

/** Where a lesson comes from. */
export interface LessonOptions {
  readonly input?: string | undefined;
  readonly target?: string | undefined;
  readonly kernel: Wanted;
  /** The kernel of the second layer, where there are two. */
  readonly then?: Wanted | undefined;
  /** What is between two layers. */
  readonly activation?: BetweenName | undefined;
  readonly padding?: PaddingName | undefined;
  /** The deviation of the noise that is added to the target. */
  readonly noise?: number | undefined;
  readonly seed: number;
}

interface PartOfPicture {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/** A part of the photograph with rocks and trees, in which neighbours differ most. */
const part = { top: 180, left: 400, rows: 128, columns: 160 } as const;

/** A part that shares no element with it. */
const otherPart = { ...part, left: 700 } as const;

/** The stream of the seed's draws that is noise: the first is what a kernel starts from, and the second layer's starts from one more. */
const noiseStreams = { kernel: 1, layers: 2 } as const;

/**
 * Reads the pair of images, or makes the target of the input by the kernel that has a name; noise is added to either.
 *
 * @throws CommandError when one of the two is missing, or a target is given beside a kernel that makes it.
 */
export async function readLesson(options: LessonOptions): Promise<Lesson> {
  const { kernel: wanted, then, noise, seed } = options;
  const lesson = then === undefined ? await (wanted.kind === 'size' ? givenPair(options, wanted.size, `--kernel ${wanted.size.join('x')} is a size`) : madePair(options, wanted.text)) : await layersLesson(options, then);
  return noise === undefined ? lesson : withNoise(lesson, noise, seed);
}

async function layersLesson(options: LessonOptions, second: Wanted): Promise<Lesson> {
  const { kernel: first, activation } = options;
  if (first.kind === 'size' && second.kind === 'size') {
    const pair = await givenPair(options, composedSize(first.size, second.size), `--kernel ${first.size.join('x')} and --then ${second.size.join('x')} are sizes`);
    return { ...pair, layers: { first: first.size, second: second.size, activation } };
  }
  if (first.kind === 'kernel' && second.kind === 'kernel') return madeByLayers(options, [first.text, second.text]);
  const [size, text] = first.kind === 'size' ? ['--kernel', '--then'] : ['--then', '--kernel'];
  throw new CommandError(`${size} is a size, and ${text} a kernel that makes the target\n  give two sizes and a --target, or two kernels`);
}

async function madeByLayers(options: LessonOptions, texts: readonly [string, string]): Promise<Lesson> {
  const { input: from, target, activation } = options;
  if (target !== undefined) throw new CommandError(`--kernel ${texts[0]} and --then ${texts[1]} make the target, and --target is given too\n  leave one of the two out; to learn layers from the target, give their sizes, such as --kernel 3x3 --then 3x3`);
  const [first, second] = [await layerOperator('--kernel', texts[0]), await layerOperator('--then', texts[1])];
  const layers: TwoLayers = { first: sizeOfKernel(first), second: sizeOfKernel(second), activation, truth: [first.kernel, second.kernel] };
  const kernel = composedSize(layers.first, layers.second);
  const seen = from === undefined ? await partOfPhotograph() : await readValues(from);
  const [rows, columns] = sizeOf(seen);
  if (rows < kernel[0] || columns < kernel[1]) throw new CommandError(`--kernel ${texts[0]} --then ${texts[1]}: together they see ${kernel.join(' x ')} elements, and ${seen.name} has [${rows}, ${columns}]\n  give a larger input`);
  const other = await partOfPhotograph(otherPart);
  const respond = (image: ImageValues): ImageValues => layersResponse(image, [first, second], activation);
  return { input: seen, target: respond(seen), kernel, ...(activation === undefined ? { truth: composedKernel(first.kernel, second.kernel) } : {}), layers, probe: { input: other, target: respond(other) } };
}

async function layerOperator(option: string, text: string): Promise<KernelOperator> {
  const operator = await readOperator(text, kernelOperators);
  const size = sizeOfKernel(operator);
  if (size.some((side) => side > mostTapsASide)) throw new CommandError(`${option} ${text}: ${size.join(' x ')} taps; at most ${mostTapsASide} rows and ${mostTapsASide} columns are learned`);
  if (operator.bias !== undefined) throw new CommandError(`${option} ${text}: a kernel with the bias ${operator.bias}, and two layers are learned without one\n  give a kernel without a bias`);
  return operator;
}

/** Tap by tap, what two kernels one behind the other are: their strict convolution. */
function composedKernel(first: Kernel, second: Kernel): Kernel {
  const { shape: [, columns = 0], data } = evaluate(corr2d(constant(first, { dtype: 'float64' }), constant(flipped(second), { dtype: 'float64' }), { padding: 'full' }));
  return Array.from({ length: data.length / columns }, (_, row) => Array.from(data.subarray(row * columns, (row + 1) * columns)));
}

function layersResponse({ name, values }: ImageValues, [first, second]: readonly [KernelOperator, KernelOperator], activation: BetweenName | undefined): ImageValues {
  const X = input('X', values.shape);
  const between = corr2d(X, first.kernel);
  const { made } = compile({ inputs: { X }, outputs: { made: corr2d(activation === undefined ? between : activations[activation](between), second.kernel) } }, js()).run({ X: values });
  return { name: `the response of ${name} to ${first.name}, ${activation === undefined ? '' : `${activation}, `}${second.name}`, kind: 'numbers', values: made };
}

async function givenPair({ input: from, target }: LessonOptions, kernel: Size, sizes: string): Promise<Lesson> {
  if (target === undefined) throw new CommandError(`${sizes}, and there is no --target to learn from\n  give one, or a kernel whose response is the target, such as --kernel sobel-x`);
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
export async function partOfPhotograph({ top, left, rows: tall, columns: wide }: PartOfPicture = part): Promise<ImageValues> {
  const { shape, data } = brightness(toValues(await readPicture(photograph)));
  const [, columns = 0] = shape;
  const rows = Array.from({ length: tall }, (_, row) => data.subarray((top + row) * columns + left, (top + row) * columns + left + wide));
  return { name: left === part.left ? 'a part of the photograph' : 'another part of the photograph', kind: 'picture', values: new NdArray([tall, wide], Float32Array.from(rows.flatMap((row) => Array.from(row)))) };
}

/** The same with normal noise of a deviation on the target, from a stream of the seed's draws. */
export function withNoise(lesson: Lesson, deviation: number, seed: number): Lesson {
  const { name, values } = lesson.target;
  const { normal } = createRandom(seed, noiseStreams[lesson.layers === undefined ? 'kernel' : 'layers']);
  const noisy = new NdArray(values.shape, Float32Array.from(values.data, (value) => value + deviation * normal()));
  return { ...lesson, target: { name: `${name}, with noise of ${deviation}`, kind: 'numbers', values: noisy } };
}

/** A kernel flipped along both of its axes: what a strict convolution has in the place of what a correlation has. */
export function flipped(kernel: Kernel): Kernel {
  return kernel.toReversed().map((row) => row.toReversed());
}
