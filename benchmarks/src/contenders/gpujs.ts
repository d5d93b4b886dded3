import type { Gpu, GpuInput } from 'gpu.js';
import { filteredSize, layerSize, type FilterWorkload, type LayerWorkload } from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';
import { versionOf } from './version.ts';

type MakeInput = (values: Float32Array, size: readonly number[]) => GpuInput;

/** gpu.js in its mode `cpu`: a process of Node has no other without a display. */
export const gpujs: Contender = {
  name: 'gpu.js',
  threads: 1,
  open: async () => {
    const { default: library } = await import('gpu.js');
    const gpu = new library.GPU({ mode: 'cpu' });
    return {
      version: versionOf('gpu.js'),
      prepare: (workload) => {
        switch (workload.kind) {
          case 'filter':
            return filter(gpu, library.input, workload);
          case 'layer':
            return layer(gpu, library.input, workload);
          case 'learn-kernel':
          case 'learn-net':
            return { cannot: 'gpu.js has no gradients' };
        }
      },
      close: () => gpu.destroy(),
    };
  },
};

const correlation = `function (x, k) {
  let sum = 0;
  for (let u = 0; u < this.constants.rows; u++) {
    for (let v = 0; v < this.constants.columns; v++) {
      sum += x[this.thread.y + u][this.thread.x + v] * k[u][v];
    }
  }
  return sum;
}`;

/** Planes in x, and one row of the output for each plane; a pixel beyond the padding is never read. */
const convolution = `function (x, w) {
  const row = Math.floor(this.thread.x / this.constants.outputColumns);
  const column = this.thread.x - row * this.constants.outputColumns;
  const picture = Math.floor(this.thread.y / this.constants.features);
  const feature = this.thread.y - picture * this.constants.features;
  let sum = 0;
  for (let c = 0; c < this.constants.channels; c++) {
    for (let u = 0; u < this.constants.kernel; u++) {
      const i = row * this.constants.stride + u - this.constants.padding;
      for (let v = 0; v < this.constants.kernel; v++) {
        const j = column * this.constants.stride + v - this.constants.padding;
        if (i >= 0 && i < this.constants.height && j >= 0 && j < this.constants.width) {
          sum += x[picture * this.constants.channels + c][i * this.constants.width + j] * w[feature * this.constants.channels + c][u * this.constants.kernel + v];
        }
      }
    }
  }
  return sum;
}`;

function joined(rows: readonly Float32Array[]): Float32Array {
  const columns = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * columns);
  rows.forEach((row, index) => all.set(row, index * columns));
  return all;
}

function filter(gpu: Gpu, input: MakeInput, workload: FilterWorkload): Job {
  const { height, width, kernelHeight, kernelWidth, taps, separable } = workload;
  const [rows, columns] = filteredSize(workload);
  const kernel = (kernelRows: number, kernelColumns: number, output: readonly number[]): ReturnType<Gpu['createKernel']> =>
    gpu.createKernel(correlation, { output, constants: { rows: kernelRows, columns: kernelColumns } });
  let x = input(new Float32Array(height * width), [width, height]);
  let filtered: readonly Float32Array[] = [];
  const feed: Job['feed'] = ({ image }) => {
    x = input(image, [width, height]);
  };
  const result = (): Float32Array => joined(filtered);
  if (separable === undefined) {
    const correlate = kernel(kernelHeight, kernelWidth, [columns, rows]);
    const k = input(taps, [kernelWidth, kernelHeight]);
    return { feed, result, run: () => void (filtered = correlate(x, k)) };
  }
  const [along, down] = [kernel(1, kernelWidth, [columns, height]), kernel(kernelHeight, 1, [columns, rows])];
  const [row, column] = [input(separable.row, [kernelWidth, 1]), input(separable.column, [1, kernelHeight])];
  return { feed, result, run: () => void (filtered = down(along(x, row), column)) };
}

function layer(gpu: Gpu, input: MakeInput, workload: LayerWorkload): Job {
  const { batch, channels, height, width, features, kernel, stride, padding, weights } = workload;
  const [rows, columns] = layerSize(workload);
  const convolve = gpu.createKernel(convolution, {
    output: [rows * columns, batch * features],
    constants: { channels, height, width, features, kernel, stride, padding, outputColumns: columns },
  });
  const w = input(weights, [kernel * kernel, features * channels]);
  let x = w;
  let mapped: readonly Float32Array[] = [];
  return {
    feed: ({ image }) => {
      x = input(image, [height * width, batch * channels]);
    },
    run: () => {
      mapped = convolve(x, w);
    },
    result: () => joined(mapped),
  };
}
