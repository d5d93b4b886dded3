import { compile, type Backend } from '@xcorr/compiler';
import { input, type NdArray } from '@xcorr/graph';
import { cannyFromGradients } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import type { Work } from '../pictures/each-picture.ts';
import { printBorder } from '../response/border.ts';
import { perSize } from '../response/per-size.ts';
import type { ResponseOptions } from '../response/work.ts';
import { brightnessForCanny } from './brightness.ts';
import { gradientsForCanny } from './gradients.ts';

/** The thresholds of Canny's edges, in the units of Sobel's gradients of bytes: a step from black to white gives 1020. */
export interface ThresholdOptions {
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** Both of them. */
export interface Thresholds {
  readonly low: number;
  readonly high: number;
}

/** The larger threshold where none is given; the smaller one is half of the larger. */
const usualHigh = 200;

/**
 * The thresholds that were given, or that follow from the one that was.
 *
 * @throws CommandError when low exceeds high.
 */
export function thresholdsOf({ low, high }: ThresholdOptions): Thresholds {
  const known = { low: low ?? (high ?? usualHigh) / 2, high: high ?? (low === undefined ? usualHigh : 2 * low) };
  if (known.low > known.high) throw new CommandError(`--low ${known.low} exceeds --high ${known.high}\n  exchange them`);
  return known;
}

/** @throws CommandError when thresholds are given for another kernel. */
export function refuseThresholds({ low, high }: ThresholdOptions, kernel: string): void {
  const given = low !== undefined ? '--low' : high !== undefined ? '--high' : undefined;
  if (given !== undefined) throw new CommandError(`${given} is for the kernel canny, not for ${kernel}\n  leave it out, or take -k canny`);
}

/**
 * Canny's edges as work for each picture, once there is a backend: the gradients are compiled, the edges are traced.
 *
 * @throws CommandError when an option makes no sense for edges of one element's width.
 */
export function cannyWork(command: string, { border, size, show, scale, ...options }: ResponseOptions & ThresholdOptions): (backend: Backend<'async'>) => Work {
  const { low, high } = thresholdsOf(options);
  const unfit = show !== undefined ? `--show ${show}` : scale !== undefined ? `--scale ${scale}` : undefined;
  if (unfit !== undefined) throw new CommandError(`${unfit}: canny finds lines, which are white, and nothing between\n  leave it out`);
  if (border !== undefined && border !== 'edge') throw new CommandError(`--border ${printBorder(border)}: canny is defined with the border edge\n  leave --border out`);
  if (size !== undefined && size !== 'same') throw new CommandError(`--size ${size}: canny gives lines as large as the picture\n  leave --size out`);
  return (backend) => workOn(backend, command, { low, high });
}

function workOn(backend: Backend<'async'>, command: string, { low, high }: Thresholds): Work {
  const render = perSize(async (shape) => {
    const bright = shape.length === 3 ? await brightnessOf(shape, backend) : undefined;
    const program = await compile(gradientsForCanny(shape.slice(0, 2)), backend);
    return {
      run: async (bytes) => {
        const { dx, dy } = await program.run({ X: bright === undefined ? bytes : await bright.of(bytes) });
        return { picture: cannyFromGradients(dx, dy, { low, high }) };
      },
      programs: bright === undefined ? [program] : [bright, program],
    };
  });
  return {
    command,
    notes: [['kernel', `canny (lines where Sobel's gradient exceeds ${high}, and where it exceeds ${low} next to these)`]],
    facts: { kernel: { name: 'canny', low, high }, border: 'edge', size: 'same' },
    make: async (picture) => ({ ...(await render(picture)), notes: [], facts: {} }),
  };
}

interface Brightness {
  readonly of: (bytes: NdArray) => Promise<NdArray>;
  readonly dispose: () => Promise<void>;
}

/** The brightness of coloured pictures of a shape, in bytes: gradients of whole numbers are whole numbers, as OpenCV's are. */
async function brightnessOf(shape: readonly number[], backend: Backend<'async'>): Promise<Brightness> {
  const X = input('picture', shape, { storage: 'uint8' });
  const program = await compile({ inputs: { X }, outputs: { bright: { tensor: brightnessForCanny(X), storage: 'uint8' } } }, backend);
  return { of: async (bytes) => (await program.run({ X: bytes })).bright, dispose: () => program.dispose() };
}
