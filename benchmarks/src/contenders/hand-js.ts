import { evaluated, correlation, type JavaScriptSchedule } from '../hand/javascript.ts';
import { handLearnKernel, handLearnNet } from './hand-js-learning.ts';
import { filteredSize, layerSize, nothing, type FilterWorkload, type LayerWorkload, type LearnKernelWorkload } from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';

// JavaScript as one writes it by hand who knows the sizes, the kernel's shape and V8. Blocks were found by trying them out.

export const handJs: Contender = {
  name: 'hand/js',
  threads: 1,
  open: () => ({
    version: process.version,
    prepare: (workload) => {
      switch (workload.kind) {
        case 'filter':
          return workload.separable === undefined ? denseFilter(workload) : separableFilter(workload);
        case 'layer':
          return layer(workload);
        case 'learn-kernel':
          return workload.kernelHeight === 1 ? learnBook(workload) : handLearnKernel(workload);
        case 'learn-net':
          return handLearnNet(workload);
      }
    },
  }),
};

function scheduleOf({ kernelHeight, kernelWidth, taps }: FilterWorkload): JavaScriptSchedule {
  const count = kernelHeight * kernelWidth;
  if (count <= 2) return { rows: 2, columns: 6, taps: [...taps] };
  if (count <= 9) return { rows: 2, columns: 3, taps: 'locals' };
  if (count <= 25) return { rows: 3, columns: 2, taps: 'locals' };
  return { rows: 3, columns: 1, taps: 'locals' };
}

function denseFilter(workload: FilterWorkload): Job {
  const { width, kernelHeight, kernelWidth, taps } = workload;
  const [rows, columns] = filteredSize(workload);
  const shape = { kernelWidth, outputWidth: columns, inputRow: width, outputRow: columns };
  const chosen = scheduleOf(workload);
  const correlate =
    kernelHeight * kernelWidth > 49
      ? correlation({ ...shape, kernelHeight: 1, channels: kernelHeight, inputPlane: width }, { rows: 1, columns: Math.min(4, columns), taps: 'memory' })
      : correlation({ ...shape, kernelHeight }, { ...chosen, rows: Math.min(chosen.rows, rows), columns: Math.min(chosen.columns, columns) });
  const filtered = new Float32Array(rows * columns);
  let image = nothing;
  return {
    feed: (inputs) => {
      image = inputs.image;
    },
    run: () => correlate(image, taps, filtered, 0, rows, undefined, 0, 0, 0),
    result: () => filtered,
  };
}

/** Rows of the first pass that the second finds in the cache. */
const bandRows = 56;

function separableFilter(workload: FilterWorkload): Job {
  const { width, kernelHeight, kernelWidth, separable } = workload;
  const [rows, columns] = filteredSize(workload);
  const along = correlation({ kernelHeight: 1, kernelWidth, outputWidth: columns, inputRow: width, outputRow: columns }, { rows: 1, columns: 4, taps: 'locals' });
  const down = (block: number): ReturnType<typeof correlation> =>
    correlation({ kernelHeight, kernelWidth: 1, outputWidth: columns, inputRow: columns, outputRow: columns }, { rows: block, columns: 1, taps: 'locals' });
  const [downFour, downOne] = [down(4), down(1)];
  const between = new Float32Array((bandRows + kernelHeight) * columns);
  const filtered = new Float32Array(rows * columns);
  const { row, column } = separable ?? { row: nothing, column: nothing };
  let image = nothing;
  return {
    feed: (inputs) => {
      image = inputs.image;
    },
    run: () => {
      for (let first = 0; first < rows; first += bandRows) {
        const count = Math.min(bandRows, rows - first);
        along(image, row, between, 0, count + kernelHeight - 1, undefined, 0, 0, first * width);
        (count >= 4 ? downFour : downOne)(between, column, filtered, 0, count, undefined, 0, first * columns, 0);
      }
    },
    result: () => filtered,
  };
}

/** Output channels that are computed together. */
const block = 4;

function layer(workload: LayerWorkload): Job {
  const { batch, channels, height, width, features, kernel, stride, padding, weights } = workload;
  const [rows, columns] = layerSize(workload);
  // A 1 x 1 kernel sees no neighbours: the picture is one long row.
  const isFlat = kernel === 1 && stride === 1 && padding === 0;
  const paddedHeight = height + 2 * padding;
  const paddedWidth = Math.ceil((width + 2 * padding + 8) / stride) * stride;
  const plane = isFlat ? height * width : paddedHeight * paddedWidth;
  const taps = kernel * kernel;
  const correlate = correlation(
    {
      kernelHeight: kernel,
      kernelWidth: kernel,
      channels,
      block,
      stride,
      phase: paddedWidth / stride,
      outputWidth: isFlat ? rows * columns : columns,
      inputRow: isFlat ? height * width : paddedWidth,
      inputPlane: plane,
      outputRow: isFlat ? rows * columns : columns,
      outputPlane: rows * columns,
    },
    { rows: 1, columns: isFlat ? 3 : stride === 1 && columns === 32 ? 2 : 4, taps: 'memory' },
  );
  const padded = new Float32Array(isFlat ? 0 : batch * channels * plane + 64);
  const packed = new Float32Array(weights.length);
  const mapped = new Float32Array(batch * features * rows * columns);
  let image = nothing;

  /** [O, C, h, w] to [O / block, C, h, w, block]. */
  const packWeights = (): void => {
    for (let o = 0; o < features; o++)
      for (let c = 0; c < channels; c++) {
        const from = (o * channels + c) * taps;
        const to = (Math.floor(o / block) * channels + c) * taps * block + (o % block);
        for (let tap = 0; tap < taps; tap++) packed[to + tap * block] = weights[from + tap];
      }
  };

  const pad = (): void => {
    for (let c = 0; c < batch * channels; c++)
      for (let i = 0; i < height; i++) {
        const from = (c * height + i) * width;
        const to = (c * paddedHeight + i + padding) * paddedWidth;
        if (stride === 1) for (let j = 0; j < width; j++) padded[to + padding + j] = image[from + j];
        else
          for (let j = 0; j < width; j++) {
            const at = j + padding;
            padded[to + (at & 1) * (paddedWidth >> 1) + (at >> 1)] = image[from + j];
          }
      }
  };

  return {
    feed: (inputs) => {
      image = inputs.image;
    },
    run: () => {
      packWeights();
      if (!isFlat) pad();
      const x = isFlat ? image : padded;
      for (let n = 0; n < batch; n++)
        for (let first = 0; first < features; first += block)
          correlate(x, packed, mapped, 0, isFlat ? 1 : rows, undefined, first * channels * taps, (n * features + first) * rows * columns, n * channels * plane);
    },
    result: () => mapped,
  };
}

type LearnBook = (x: Float32Array, y: Float32Array, k: Float32Array, losses: Float32Array, rate: number, steps: number) => void;

function isLearnBook(value: unknown): value is LearnBook {
  return typeof value === 'function';
}

/** All steps in one call: residual, loss and gradient of a row as straight lines, nothing between them in memory. */
function learnBook({ height, width, initial, rate, steps }: LearnKernelWorkload): Job {
  const columns = width - 1;
  const all = Array.from({ length: columns }, (_, j) => j);
  const learn = evaluated(
    [
      '"use strict"; return function (x, y, k, losses, rate, steps) { let k0 = k[0], k1 = k[1];',
      'for (let step = 0; step < steps; step++) { let g0 = 0, g1 = 0, loss = 0;',
      `for (let i = 0; i < ${height}; i++) { const from = i * ${width}, at = i * ${columns};`,
      ...all.map((j) => `const a${j} = x[from + ${j}];`),
      `const a${columns} = x[from + ${columns}];`,
      ...all.map((j) => `const e${j} = a${j} * k0 + a${j + 1} * k1 - y[at + ${j}]; g0 += e${j} * a${j}; g1 += e${j} * a${j + 1}; loss += e${j} * e${j};`),
      '} losses[step] = loss; k0 -= 2 * rate * g0; k1 -= 2 * rate * g1; } k[0] = k0; k[1] = k1; };',
    ].join('\n'),
  );
  if (!isLearnBook(learn)) throw new TypeError('the source returns no function');
  const K = initial.slice();
  const losses = new Float32Array(steps);
  let [image, target] = [nothing, nothing];
  return {
    feed: (inputs) => {
      ({ image, target } = inputs);
    },
    run: () => learn(image, target, K, losses, rate, steps),
    result: () => Float32Array.of(...losses, ...K),
  };
}
