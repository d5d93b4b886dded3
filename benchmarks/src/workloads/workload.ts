/** What a run is fed. Filters and layers have no target: theirs is empty. */
export interface Inputs {
  readonly image: Float32Array;
  readonly target: Float32Array;
}

interface Common {
  readonly name: string;
  /** Multiplications with the additions that belong to them, of the plain form. */
  readonly multiplyAdds: number;
  /** The contenders that have a row here; all, where it is not said. */
  readonly contenders?: readonly string[];
  /** Inputs of the given set: each round of a measurement feeds another set than the one before. */
  readonly inputs: (set: number) => Inputs;
}

/** A correlation of a plain picture with constant taps, without padding. */
export interface FilterWorkload extends Common {
  readonly kind: 'filter';
  readonly height: number;
  readonly width: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  /** [kernelHeight, kernelWidth] */
  readonly taps: Float32Array;
  /** The taps as a column times a row, where they are that: all contenders then take two passes. */
  readonly separable?: { readonly row: Float32Array; readonly column: Float32Array };
  /** One program for any size in place of one for this size. */
  readonly anySize: boolean;
}

/** A convolutional layer. [N, C, H, W] with [O, C, h, w]. */
export interface LayerWorkload extends Common {
  readonly kind: 'layer';
  readonly batch: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly features: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly weights: Float32Array;
}

/** Steps that learn a kernel from a picture and its filtered version, by the sum or the mean of squared differences. */
export interface LearnKernelWorkload extends Common {
  readonly kind: 'learn-kernel';
  readonly height: number;
  readonly width: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly initial: Float32Array;
  readonly loss: 'sum' | 'mean';
  readonly rate: number;
  /** Steps in a run. */
  readonly steps: number;
  /** How a library that compiles steps runs several: in one call, or in a call each. */
  readonly calls: 'one' | 'each';
}

/** A step of a net of two layers: 1 -> features, relu, features -> 1, 3 x 3 each, padded by 1; the mean of squares. */
export interface LearnNetWorkload extends Common {
  readonly kind: 'learn-net';
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly features: number;
  /** [features, 1, 3, 3] */
  readonly first: Float32Array;
  /** [1, features, 3, 3] */
  readonly second: Float32Array;
  readonly rate: number;
}

export type Workload = FilterWorkload | LayerWorkload | LearnKernelWorkload | LearnNetWorkload;

/** [height, width] of what a filter or a step gives. */
export function filteredSize({ height, width, kernelHeight, kernelWidth }: FilterWorkload | LearnKernelWorkload): readonly [number, number] {
  return [height - kernelHeight + 1, width - kernelWidth + 1];
}

/** [height, width] of what a layer gives. */
export function layerSize({ height, width, kernel, stride, padding }: LayerWorkload): readonly [number, number] {
  const along = (extent: number): number => Math.floor((extent + 2 * padding - kernel) / stride) + 1;
  return [along(height), along(width)];
}

export const nothing: Float32Array = new Float32Array(0);
