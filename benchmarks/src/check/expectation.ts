import { seeded } from '../workloads/random.ts';
import { filteredSize, layerSize, type FilterWorkload, type Inputs, type LayerWorkload, type Workload } from '../workloads/workload.ts';
import { learnKernelTrajectory, learnNetTrajectory } from './trajectories.ts';

/** What some elements of a result must be, in double precision, and what their errors are measured by. */
export interface Expectation {
  /** How many elements the result has. */
  readonly length: number;
  readonly positions: Int32Array;
  readonly values: Float64Array;
  readonly scales: Float64Array;
}

export const sampledElements = 4096;

/**
 * What a contender must give for each set of inputs in turn: of filters and layers 4,096 sampled elements and all borders,
 * each measured by the largest value among them; of training all losses and all parameters.
 */
export function expectations(workload: Workload, sets: readonly Inputs[]): readonly Expectation[] {
  switch (workload.kind) {
    case 'filter': {
      const [rows, columns] = filteredSize(workload);
      return sets.map((inputs) => sampled(1, rows, columns, filteredElement(workload, inputs.image)));
    }
    case 'layer': {
      const [rows, columns] = layerSize(workload);
      return sets.map((inputs) => sampled(workload.batch * workload.features, rows, columns, layerElement(workload, inputs.image)));
    }
    case 'learn-kernel':
      return learnKernelTrajectory(workload, sets).map(whole);
    case 'learn-net':
      return learnNetTrajectory(workload, sets).map(whole);
  }
}

type ElementAt = (plane: number, row: number, column: number) => number;

function filteredElement({ width, kernelHeight, kernelWidth, taps, separable }: FilterWorkload, image: Float32Array): ElementAt {
  const tap = (u: number, v: number): number => (separable === undefined ? taps[u * kernelWidth + v] : separable.column[u] * separable.row[v]);
  return (_, row, column) => {
    let sum = 0;
    for (let u = 0; u < kernelHeight; u++) for (let v = 0; v < kernelWidth; v++) sum += image[(row + u) * width + column + v] * tap(u, v);
    return sum;
  };
}

function layerElement({ channels, height, width, features, kernel, stride, padding, weights }: LayerWorkload, image: Float32Array): ElementAt {
  return (plane, row, column) => {
    const n = Math.floor(plane / features);
    const o = plane % features;
    let sum = 0;
    for (let c = 0; c < channels; c++)
      for (let u = 0; u < kernel; u++)
        for (let v = 0; v < kernel; v++) {
          const i = row * stride + u - padding;
          const j = column * stride + v - padding;
          if (i >= 0 && i < height && j >= 0 && j < width)
            sum += image[((n * channels + c) * height + i) * width + j] * weights[((o * channels + c) * kernel + u) * kernel + v];
        }
    return sum;
  };
}

/** The borders of each plane and 4,096 elements of all. */
function sampled(planes: number, rows: number, columns: number, at: ElementAt): Expectation {
  const positions = new Set<number>();
  for (let plane = 0; plane < planes; plane++) {
    const start = plane * rows * columns;
    for (let column = 0; column < columns; column++) positions.add(start + column).add(start + (rows - 1) * columns + column);
    for (let row = 0; row < rows; row++) positions.add(start + row * columns).add(start + row * columns + columns - 1);
  }
  const next = seeded(planes * rows * columns);
  for (let count = 0; count < sampledElements; count++) positions.add(Math.floor(next() * planes * rows * columns));
  const chosen = Int32Array.from(positions);
  const values = Float64Array.from(chosen, (position) => {
    const inPlane = position % (rows * columns);
    return at(Math.floor(position / (rows * columns)), Math.floor(inPlane / columns), inPlane % columns);
  });
  return { length: planes * rows * columns, positions: chosen, values, scales: new Float64Array(values.length).fill(largest(values)) };
}

/** Losses are measured by the largest loss, parameters by the largest parameter. */
function whole({ losses, parameters }: { readonly losses: readonly number[]; readonly parameters: readonly number[] }): Expectation {
  const values = Float64Array.from([...losses, ...parameters]);
  const scales = Float64Array.from(values, (_, at) => largest(at < losses.length ? losses : parameters));
  return { length: values.length, positions: Int32Array.from(values, (_, at) => at), values, scales };
}

function largest(values: Iterable<number>): number {
  let found = Number.MIN_VALUE;
  for (const value of values) found = Math.max(found, Math.abs(value));
  return found;
}
