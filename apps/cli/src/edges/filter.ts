import { corr2d, type Tensor } from '@xcorr/graph';
import { edgeOperators, gradientMagnitude, kernels, largestResponse, type Kernel } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import { nearest } from '../nearest.ts';

/** What a name on the command line does to a grey picture. */
export interface Filter {
  readonly name: string;
  /** In words, for the report. */
  readonly about: string;
  /** The elements of the picture that one element of the response needs: [rows, columns]. */
  readonly size: readonly [number, number];
  /** `edges`: a kernel whose taps add up to 0; its response has a sign. `magnitude`: the length of a gradient. `picture`: the response is a picture again. */
  readonly kind: 'edges' | 'magnitude' | 'picture';
  /** The largest absolute response to a picture with values from 0 to 1. */
  readonly largest: number;
  /** [H, W] -> [H - rows + 1, W - columns + 1] */
  readonly respond: (image: Tensor) => Tensor;
}

function sizeOf(kernel: Kernel): readonly [number, number] {
  return [kernel.length, kernel[0]?.length ?? 0];
}

function kernelFilter([name, kernel]: readonly [string, Kernel]): Filter {
  const [rows, columns] = sizeOf(kernel);
  const total = kernel.flat().reduce((sum, tap) => sum + tap, 0);
  return {
    name,
    about: `${rows} x ${columns}${total === 0 ? '' : ', the response is a picture'}`,
    size: [rows, columns],
    kind: total === 0 ? 'edges' : 'picture',
    largest: largestResponse(kernel),
    respond: (image) => corr2d(image, kernel),
  };
}

/** Every name that `--kernel` takes. */
export const filters: readonly Filter[] = [
  ...Object.entries(edgeOperators).map(
    ([name, pair]): Filter => ({
      name,
      about: `gradient magnitude, two kernels of ${sizeOf(pair[0]).join(' x ')}`,
      size: sizeOf(pair[0]),
      kind: 'magnitude',
      largest: largestResponse(pair),
      respond: (image) => gradientMagnitude(image, pair),
    }),
  ),
  ...Object.entries(kernels).map(kernelFilter),
];

/** @throws CommandError when there is no such name. */
export function filterNamed(name: string): Filter {
  const names = filters.map((filter) => filter.name);
  const filter = filters.find((each) => each.name === name);
  if (filter !== undefined) return filter;
  const meant = nearest(name, names);
  const hint = meant === undefined ? '' : `, did you mean ${meant}?`;
  throw new CommandError(`there is no kernel ${JSON.stringify(name)}${hint}\n  known: ${names.join(', ')}`);
}
