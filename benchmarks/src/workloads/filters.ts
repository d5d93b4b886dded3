import { seeded, uniform } from './random.ts';
import { nothing, type FilterWorkload } from './workload.ts';

export type SizeName = '512' | '1080p' | '4k';

/** [height, width] */
export const namedSizes: Readonly<Record<SizeName, readonly [number, number]>> = {
  '512': [512, 512],
  '1080p': [1080, 1920],
  '4k': [2160, 3840],
};

interface FilterOptions {
  readonly name: string;
  readonly size: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly taps: Float32Array;
  readonly separable?: FilterWorkload['separable'];
  readonly anySize?: boolean;
  readonly contenders?: readonly string[];
}

function filter({ name, size: [height, width], kernel: [kernelHeight, kernelWidth], taps, separable, anySize = false, contenders }: FilterOptions): FilterWorkload {
  const tapsEach = separable === undefined ? kernelHeight * kernelWidth : kernelHeight + kernelWidth;
  return {
    kind: 'filter',
    name,
    height,
    width,
    kernelHeight,
    kernelWidth,
    taps,
    anySize,
    ...(separable === undefined ? {} : { separable }),
    ...(contenders === undefined ? {} : { contenders }),
    multiplyAdds: tapsEach * (height - kernelHeight + 1) * (width - kernelWidth + 1),
    inputs: (set) => ({ image: uniform(height * width, 700 + set, 0, 1), target: nothing }),
  };
}

/** Taps of a Gaussian that add up to 1. */
function gaussian(length: number, deviation: number): Float32Array {
  const bell = Array.from({ length }, (_, at) => Math.exp(-((at - (length - 1) / 2) ** 2) / (2 * deviation ** 2)));
  const total = bell.reduce((sum, tap) => sum + tap, 0);
  return Float32Array.from(bell, (tap) => tap / total);
}

function outer(column: Float32Array, row: Float32Array): Float32Array {
  return Float32Array.from({ length: column.length * row.length }, (_, at) => column[Math.floor(at / row.length)] * row[at % row.length]);
}

const row = gaussian(15, 3);
const kernels: readonly Omit<FilterOptions, 'size'>[] = [
  // The chapter's edge detector: the one kernel here that is not random.
  { name: '1x2', kernel: [1, 2], taps: Float32Array.of(1, -1) },
  ...[3, 5, 7, 15].map((side) => ({ name: `${side}x${side}`, kernel: [side, side] as const, taps: uniform(side * side, 100 + side) })),
  { name: 'gauss15', kernel: [15, 15], taps: outer(row, row), separable: { row, column: row } },
];

const sizeNames: readonly SizeName[] = ['512', '1080p', '4k'];

/** Filters of named sizes, each compiled for its size. */
export const filters: readonly FilterWorkload[] = sizeNames.flatMap((size) =>
  kernels.map((kernel) => filter({ ...kernel, name: `filter-${kernel.name}-${size}`, size: namedSizes[size] })),
);

/** The same filters at 1080p by programs that serve any size: what that costs. */
export const filtersOfAnySize: readonly FilterWorkload[] = kernels.map((kernel) =>
  filter({ ...kernel, name: `filter-${kernel.name}-1080p-any-size`, size: namedSizes['1080p'], anySize: true, contenders: ['xcorr/js', 'xcorr/wasm'] }),
);

/**
 * A hundred sizes that nobody would choose: widths from 1 to 4099, the ends among them, kernels from 1 to 17 along each
 * axis, of about as many elements as the named sizes from 512 x 512 to 1080p.
 */
export const oddSizes: readonly FilterWorkload[] = (() => {
  const next = seeded(1234);
  const between = (low: number, high: number): number => low + Math.floor((high - low + 1) * next());
  return Array.from({ length: 100 }, (_, index) => {
    const width = index === 0 ? 1 : index === 1 ? 4099 : between(1, 4099);
    const kernelHeight = between(1, 17);
    const kernelWidth = Math.min(width, between(1, 17));
    const area = 2 ** (18 + 3 * next());
    const height = Math.max(kernelHeight, Math.round(area / width));
    return filter({
      name: `filter-odd-${String(index).padStart(3, '0')}-${kernelHeight}x${kernelWidth}-${height}x${width}`,
      size: [height, width],
      kernel: [kernelHeight, kernelWidth],
      taps: uniform(kernelHeight * kernelWidth, 2000 + index),
      contenders: ['xcorr/js', 'xcorr/wasm', 'hand/js', 'naive'],
    });
  });
})();
