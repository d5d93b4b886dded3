import { hasRelaxedSimd, instantiate, places, type WasmFunction } from '../hand/wasm-instance.ts';
import { wasmCorrelation, type WasmSchedule } from '../hand/wasm-correlation.ts';
import { wasmPad } from '../hand/wasm-pad.ts';
import { wasmPanelCorrelation } from '../hand/wasm-panel.ts';
import { filteredSize, layerSize, nothing, type FilterWorkload, type LayerWorkload } from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';
import { wasmLearnKernel, wasmLearnNet } from './hand-wasm-learning.ts';

// WebAssembly in lanes of four as one writes it by hand. Inputs are fed into its memory, where its user would keep them.

export const handWasm: Contender = {
  name: 'hand/wasm',
  threads: 1,
  open: () => {
    const relaxed = hasRelaxedSimd();
    return {
      version: relaxed ? 'relaxed SIMD' : 'SIMD',
      prepare: (workload) => {
        switch (workload.kind) {
          case 'filter':
            return workload.separable === undefined ? denseFilter(workload, relaxed) : separableFilter(workload, relaxed);
          case 'layer':
            return layer(workload, relaxed);
          case 'learn-kernel':
            return workload.steps === 1 ? wasmLearnKernel(workload, relaxed) : { cannot: 'a picture of 6 x 8 is no work for lanes: hand/js is what one writes' };
          case 'learn-net':
            return wasmLearnNet(workload, relaxed);
        }
      },
    };
  },
};

function scheduleOf({ kernelHeight, kernelWidth, taps }: FilterWorkload): WasmSchedule {
  const count = kernelHeight * kernelWidth;
  if (count <= 2) return { rows: 1, vectors: 4, taps: [...taps] };
  return { rows: count <= 9 ? 2 : 4, vectors: 1, taps: 'locals' };
}

function denseFilter(workload: FilterWorkload, relaxed: boolean): Job {
  const { height, width, kernelHeight, kernelWidth, taps } = workload;
  const [rows, columns] = filteredSize(workload);
  const shape = { kernelHeight, kernelWidth, outputWidth: columns, inputRow: width, outputRow: columns };
  const room = places();
  const [x, w, y] = [room.floats(height * width), room.floats(taps.length), room.floats(rows * columns)];
  const { memory, call } = instantiate([wasmCorrelation('filter', shape, scheduleOf(workload), relaxed)], room.bytes());
  const run = call('filter');
  memory.set(taps, w / 4);
  return {
    feed: ({ image }) => memory.set(image, x / 4),
    run: () => run(x, w, y, 0, rows, 0),
    result: () => memory.slice(y / 4, y / 4 + rows * columns),
  };
}

/** Rows of the first pass that the second finds in the cache. */
const bandRows = 56;

function separableFilter(workload: FilterWorkload, relaxed: boolean): Job {
  const { height, width, kernelHeight, kernelWidth, separable } = workload;
  const [rows, columns] = filteredSize(workload);
  const { row, column } = separable ?? { row: nothing, column: nothing };
  const room = places();
  const [x, y, between] = [room.floats(height * width), room.floats(rows * columns), room.floats((bandRows + kernelHeight) * columns)];
  const [alongTaps, downTaps] = [room.floats(kernelWidth), room.floats(kernelHeight)];
  const shape = { outputWidth: columns, outputRow: columns };
  const vertical = { ...shape, kernelHeight, kernelWidth: 1, inputRow: columns };
  const functions = [
    wasmCorrelation('along', { ...shape, kernelHeight: 1, kernelWidth, inputRow: width }, { rows: 1, vectors: 4, taps: 'locals' }, relaxed),
    wasmCorrelation('down', vertical, { rows: 4, vectors: 2, taps: 'memory' }, relaxed),
    wasmCorrelation('downOne', vertical, { rows: 1, vectors: 4, taps: 'memory' }, relaxed),
  ];
  const { memory, call } = instantiate(functions, room.bytes());
  const [along, down, downOne] = [call('along'), call('down'), call('downOne')];
  memory.set(row, alongTaps / 4);
  memory.set(column, downTaps / 4);
  return {
    feed: ({ image }) => memory.set(image, x / 4),
    run: () => {
      for (let first = 0; first < rows; first += bandRows) {
        const count = Math.min(bandRows, rows - first);
        along(x + first * width * 4, alongTaps, between, 0, count + kernelHeight - 1, 0);
        (count >= 4 ? down : downOne)(between, downTaps, y + first * columns * 4, 0, count, 0);
      }
    },
    result: () => memory.slice(y / 4, y / 4 + rows * columns),
  };
}

/** Output planes that are computed together. */
const block = 4;

function layer(workload: LayerWorkload, relaxed: boolean): Job {
  const { batch, channels, height, width, features, kernel, stride, padding, weights } = workload;
  if (stride !== 1 && stride !== 2) return unreachableStride(stride);
  const [rows, columns] = layerSize(workload);
  const taps = kernel * kernel;
  // A 1 x 1 kernel sees no neighbours: the picture is one long row, and its taps already stand side by side.
  const isFlat = kernel === 1 && stride === 1 && padding === 0;
  const paddedHeight = height + 2 * padding + 1;
  const paddedWidth = Math.ceil((width + 2 * padding + 16) / (4 * stride)) * 4 * stride;
  const plane = isFlat ? height * width : paddedHeight * paddedWidth;
  const room = places();
  const x = room.floats(batch * channels * height * width);
  const padded = isFlat ? x : room.floats(batch * channels * plane);
  const [w, y, panel] = [room.floats(weights.length), room.floats(batch * features * rows * columns), room.floats(channels * taps * 8)];
  const common = { kernelHeight: kernel, kernelWidth: kernel, channels, inputPlane: plane, block, outputPlane: rows * columns, stride, phase: paddedWidth / stride };
  const flat = { ...common, outputWidth: rows * columns, inputRow: height * width, outputRow: rows * columns };
  const functions = isFlat
    ? [wasmCorrelation('layer', flat, { rows: 1, vectors: 2, taps: 'memory' }, relaxed)]
    : [
        wasmPanelCorrelation('layer', { ...common, features, outputWidth: columns, inputRow: paddedWidth, outputRow: columns }, { vectors: 2, unroll: 1 }, relaxed),
        wasmPad('pad', { planes: channels, height, width, paddedHeight, paddedWidth, padding, stride }),
      ];
  const { memory, call } = instantiate(functions, room.bytes());
  const correlate = call('layer');
  const pad: WasmFunction | undefined = isFlat ? undefined : call('pad');

  /** [O, C, h, w] to [O / block, C, h, w, block]. */
  const packWeights = (): void => {
    const all = channels * taps;
    for (let first = 0; first < features; first += block)
      for (let at = 0; at < all; at++) for (let o = 0; o < block; o++) memory[w / 4 + first * all + at * block + o] = weights[(first + o) * all + at];
  };

  return {
    feed: ({ image }) => memory.set(image, x / 4),
    run: () => {
      packWeights();
      for (let n = 0; n < batch; n++) {
        const source = padded + n * channels * plane * 4;
        const target = y + n * features * rows * columns * 4;
        pad?.(x + n * channels * height * width * 4, source);
        if (!isFlat) correlate(source, w, target, 0, rows, panel);
        else for (let first = 0; first < features; first += block) correlate(source, w + first * channels * taps * 4, target + first * rows * columns * 4, 0, 1, 0);
      }
    },
    result: () => memory.slice(y / 4, y / 4 + batch * features * rows * columns),
  };
}

function unreachableStride(stride: number): never {
  throw new RangeError(`a stride of ${stride}: written for 1 and 2`);
}
