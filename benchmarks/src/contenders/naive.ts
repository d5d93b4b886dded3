import {
  filteredSize,
  layerSize,
  type FilterWorkload,
  type Inputs,
  type LayerWorkload,
  type LearnKernelWorkload,
  type LearnNetWorkload,
} from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';

// What one writes first: flat Float32Arrays, nested loops over sizes that are arguments, one accumulator in double precision.

interface Plane {
  readonly height: number;
  readonly width: number;
}

function correlate(x: Float32Array, { height, width }: Plane, k: Float32Array, kernel: Plane, y: Float32Array): void {
  const rows = height - kernel.height + 1;
  const columns = width - kernel.width + 1;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let u = 0; u < kernel.height; u++) for (let v = 0; v < kernel.width; v++) sum += x[(i + u) * width + j + v] * k[u * kernel.width + v];
      y[i * columns + j] = sum;
    }
}

/** Layers: [N, C, H, W] with [O, C, h, w], padding by conditions. */
function convolve(x: Float32Array, w: Float32Array, y: Float32Array, layer: LayerWorkload): void {
  const { batch, channels, height, width, features, kernel, stride, padding } = layer;
  const [rows, columns] = layerSize(layer);
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < features; o++)
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let c = 0; c < channels; c++)
            for (let u = 0; u < kernel; u++) {
              const row = i * stride + u - padding;
              if (row < 0 || row >= height) continue;
              for (let v = 0; v < kernel; v++) {
                const column = j * stride + v - padding;
                if (column < 0 || column >= width) continue;
                sum += x[((n * channels + c) * height + row) * width + column] * w[((o * channels + c) * kernel + u) * kernel + v];
              }
            }
          y[((n * features + o) * rows + i) * columns + j] = sum;
        }
}

/** The gradient of a kernel: the picture correlated with the slope of the loss. */
function gradientOfKernel(x: Float32Array, width: number, dy: Float32Array, filtered: Plane, kernel: Plane, dk: Float64Array): void {
  for (let u = 0; u < kernel.height; u++)
    for (let v = 0; v < kernel.width; v++) {
      let sum = 0;
      for (let i = 0; i < filtered.height; i++)
        for (let j = 0; j < filtered.width; j++) sum += dy[i * filtered.width + j] * x[(i + u) * width + j + v];
      dk[u * kernel.width + v] = sum;
    }
}

export function naiveFilter(workload: FilterWorkload): Job {
  const { height, width, kernelHeight, kernelWidth, taps, separable } = workload;
  const [rows, columns] = filteredSize(workload);
  const filtered = new Float32Array(rows * columns);
  const between = new Float32Array(separable === undefined ? 0 : height * columns);
  let image: Float32Array = filtered;
  return {
    feed: (inputs) => {
      image = inputs.image;
    },
    run: () => {
      if (separable === undefined) return correlate(image, { height, width }, taps, { height: kernelHeight, width: kernelWidth }, filtered);
      correlate(image, { height, width }, separable.row, { height: 1, width: kernelWidth }, between);
      return correlate(between, { height, width: columns }, separable.column, { height: kernelHeight, width: 1 }, filtered);
    },
    result: () => filtered,
  };
}

function layer(workload: LayerWorkload): Job {
  const [rows, columns] = layerSize(workload);
  const mapped = new Float32Array(workload.batch * workload.features * rows * columns);
  let image: Float32Array = mapped;
  return {
    feed: (inputs) => {
      image = inputs.image;
    },
    run: () => convolve(image, workload.weights, mapped, workload),
    result: () => mapped,
  };
}

function learnKernel(workload: LearnKernelWorkload): Job {
  const { height, width, kernelHeight, kernelWidth, initial, rate, steps } = workload;
  const [rows, columns] = filteredSize(workload);
  const filtered: Plane = { height: rows, width: columns };
  const kernel: Plane = { height: kernelHeight, width: kernelWidth };
  const share = workload.loss === 'sum' ? 1 : 1 / (rows * columns);
  const K = initial.slice();
  const slope = new Float32Array(rows * columns);
  const dK = new Float64Array(K.length);
  const losses = new Float32Array(steps);
  let { image, target }: Inputs = { image: slope, target: slope };
  const step = (): number => {
    correlate(image, { height, width }, K, kernel, slope);
    let loss = 0;
    for (let at = 0; at < slope.length; at++) {
      const residual = slope[at] - target[at];
      loss += residual * residual;
      slope[at] = 2 * share * residual;
    }
    gradientOfKernel(image, width, slope, filtered, kernel, dK);
    for (let tap = 0; tap < K.length; tap++) K[tap] -= rate * dK[tap];
    return loss * share;
  };
  return {
    feed: (inputs) => {
      ({ image, target } = inputs);
    },
    run: () => {
      for (let at = 0; at < steps; at++) losses[at] = step();
    },
    result: () => Float32Array.of(...losses, ...K),
  };
}

/** Slopes of a 3 x 3 layer padded by 1: of its weights, and of its input where that is wanted. */
function layerSlopes(x: Float32Array, w: Float32Array, dy: Float32Array, channels: number, features: number, net: LearnNetWorkload, dw: Float64Array, dx?: Float32Array): void {
  const { batch, height, width } = net;
  dw.fill(0);
  dx?.fill(0);
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < features; o++)
      for (let c = 0; c < channels; c++)
        for (let u = 0; u < 3; u++)
          for (let v = 0; v < 3; v++) {
            const tap = ((o * channels + c) * 3 + u) * 3 + v;
            let sum = 0;
            for (let i = Math.max(0, 1 - u); i < Math.min(height, height + 1 - u); i++)
              for (let j = Math.max(0, 1 - v); j < Math.min(width, width + 1 - v); j++) {
                const slope = dy[((n * features + o) * height + i) * width + j];
                const from = ((n * channels + c) * height + i + u - 1) * width + j + v - 1;
                sum += slope * x[from];
                if (dx !== undefined) dx[from] += slope * w[tap];
              }
            dw[tap] += sum;
          }
}

function learnNet(net: LearnNetWorkload): Job {
  const { batch, height, width, features, rate } = net;
  const A = net.first.slice();
  const B = net.second.slice();
  const [dA, dB] = [new Float64Array(A.length), new Float64Array(B.length)];
  const [hidden, dHidden] = [new Float32Array(batch * features * height * width), new Float32Array(batch * features * height * width)];
  const slope = new Float32Array(batch * height * width);
  const common = { kind: 'layer', name: '', multiplyAdds: 0, inputs: net.inputs, weights: A, batch, height, width, kernel: 3, stride: 1, padding: 1 } as const;
  const first: LayerWorkload = { ...common, channels: 1, features };
  const second: LayerWorkload = { ...common, channels: features, features: 1 };
  let { image, target }: Inputs = { image: slope, target: slope };
  let loss = 0;
  const run = (): void => {
    convolve(image, A, hidden, first);
    for (let at = 0; at < hidden.length; at++) if (hidden[at] < 0) hidden[at] = 0;
    convolve(hidden, B, slope, second);
    let sum = 0;
    for (let at = 0; at < slope.length; at++) {
      const residual = slope[at] - target[at];
      sum += residual * residual;
      slope[at] = (2 * residual) / slope.length;
    }
    loss = sum / slope.length;
    layerSlopes(hidden, B, slope, features, 1, net, dB, dHidden);
    for (let at = 0; at < hidden.length; at++) if (!(hidden[at] > 0)) dHidden[at] = 0;
    layerSlopes(image, A, dHidden, 1, features, net, dA);
    for (let at = 0; at < A.length; at++) A[at] -= rate * dA[at];
    for (let at = 0; at < B.length; at++) B[at] -= rate * dB[at];
  };
  return {
    feed: (inputs) => {
      ({ image, target } = inputs);
    },
    run,
    result: () => Float32Array.of(loss, ...A, ...B),
  };
}

export const naive: Contender = {
  name: 'naive',
  threads: 1,
  open: () => ({
    version: process.version,
    prepare: (workload) => {
      switch (workload.kind) {
        case 'filter':
          return naiveFilter(workload);
        case 'layer':
          return layer(workload);
        case 'learn-kernel':
          return learnKernel(workload);
        case 'learn-net':
          return learnNet(workload);
      }
    },
  }),
};
