import { instantiate, places } from '../hand/wasm-instance.ts';
import { wasmCorrelation } from '../hand/wasm-correlation.ts';
import { wasmKernelSlope } from '../hand/wasm-slope.ts';
import { filteredSize, type LearnKernelWorkload, type LearnNetWorkload } from '../workloads/workload.ts';
import type { Job } from './contender.ts';

/** Rows whose residuals the gradient finds in the cache. */
const bandRows = 32;

/** The four partial sums of a vector. */
function total(memory: Float32Array, vectors: number, index: number): number {
  const at = vectors / 4 + 4 * index;
  return memory[at] + memory[at + 1] + memory[at + 2] + memory[at + 3];
}

export function wasmLearnKernel(workload: LearnKernelWorkload, relaxed: boolean): Job {
  const { height, width, kernelHeight, kernelWidth, initial, rate } = workload;
  const [rows, columns] = filteredSize(workload);
  const pitch = Math.ceil(columns / 4) * 4 + 16;
  const K = initial.slice();
  const room = places();
  const [x, y] = [room.floats(height * width + 64), room.floats(rows * columns)];
  const [residuals, w, slopes] = [room.floats(rows * pitch), room.floats(K.length), room.floats((K.length + 1) * 4)];
  const shape = { kernelHeight, kernelWidth, outputWidth: columns, inputRow: width };
  const { memory, call } = instantiate(
    [
      wasmCorrelation('residual', { ...shape, outputRow: pitch, otherRow: columns, epilogue: 'residual' }, { rows: 4, vectors: 1, taps: 'locals' }, relaxed),
      wasmKernelSlope('addSlope', { ...shape, slopeRow: pitch, kernelRows: 1, squares: true }, relaxed),
    ],
    room.bytes(),
  );
  const [residual, addSlope] = [call('residual'), call('addSlope')];
  const count = rows * columns;
  let loss = 0;
  return {
    feed: ({ image, target }) => {
      memory.set(image, x / 4);
      memory.set(target, y / 4);
    },
    run: () => {
      memory.set(K, w / 4);
      memory.fill(0, slopes / 4, slopes / 4 + 4 * (K.length + 1));
      for (let first = 0; first < rows; ) {
        const last = rows - first < 2 * bandRows ? rows : first + bandRows;
        residual(x, w, residuals, first, last, y);
        addSlope(x, residuals, slopes, first, last);
        first = last;
      }
      for (let tap = 0; tap < K.length; tap++) K[tap] -= ((2 * rate) / count) * total(memory, slopes, tap);
      loss = total(memory, slopes, K.length) / count;
    },
    result: () => Float32Array.of(loss, ...K),
  };
}

/** Output planes that are computed together. */
const block = 4;

/** Planes padded by 1, rows apart by a width that is a multiple of 4. */
export function wasmLearnNet({ batch, height, width, features, first, second, rate }: LearnNetWorkload, relaxed: boolean): Job {
  const pitch = width + 8;
  const plane = (height + 2) * pitch;
  const inside = (pitch + 1) * 4;
  const taps = features * 9;
  const room = places();
  const planes = (count: number): number => room.floats(count * plane);
  const [x, y] = [planes(batch), room.floats(batch * height * width)];
  const [hidden, hiddenSlope, residuals] = [planes(batch * features), planes(batch * features), planes(batch)];
  const [packedA, plainB, flippedB] = [room.floats(taps), room.floats(taps), room.floats(taps)];
  // The slopes of A, then those of B with the sum of squares behind them.
  const [slopesA, slopesB] = [room.floats(taps * 4), room.floats((taps + 1) * 4)];
  const shape = { kernelHeight: 3, kernelWidth: 3, outputWidth: width, inputRow: pitch, outputRow: pitch };
  const slope = { ...shape, slopeRow: pitch, kernelRows: 3 };
  const toPlanes = { ...shape, block, outputPlane: plane };
  const vectors = { rows: 1, vectors: 2, taps: 'memory' } as const;
  const { memory, call } = instantiate(
    [
      wasmCorrelation('toHidden', { ...toPlanes, epilogue: 'relu' }, vectors, relaxed),
      wasmCorrelation('toResidual', { ...shape, channels: features, inputPlane: plane, epilogue: 'residual', otherRow: width }, { ...vectors, rows: 4 }, relaxed),
      wasmCorrelation('back', { ...toPlanes, epilogue: 'mask' }, vectors, relaxed),
      wasmKernelSlope('addSlope', { ...slope, squares: false }, relaxed),
      wasmKernelSlope('addSlopeAndSquares', { ...slope, squares: true }, relaxed),
    ],
    room.bytes(),
  );
  const [toHidden, toResidual, back, addSlope, addSlopeAndSquares] = ['toHidden', 'toResidual', 'back', 'addSlope', 'addSlopeAndSquares'].map(call);
  const [A, B] = [first.slice(), second.slice()];
  let inputs = { image: new Float32Array(0), target: new Float32Array(0) };
  let loss = 0;

  const packWeights = (): void => {
    for (let o = 0; o < features; o++)
      for (let tap = 0; tap < 9; tap++) {
        const packed = (o - (o % block)) * 9 + tap * block + (o % block);
        memory[packedA / 4 + packed] = A[o * 9 + tap];
        memory[plainB / 4 + o * 9 + tap] = B[o * 9 + tap];
        memory[flippedB / 4 + packed] = B[o * 9 + 8 - tap];
      }
  };
  const pad = (): void => {
    for (let n = 0; n < batch; n++)
      for (let i = 0; i < height; i++)
        memory.set(inputs.image.subarray((n * height + i) * width, (n * height + i + 1) * width), x / 4 + n * plane + i * pitch + pitch + 1);
    memory.set(inputs.target, y / 4);
  };

  const run = (): void => {
    pad();
    packWeights();
    memory.fill(0, slopesA / 4, slopesA / 4 + 4 * taps);
    memory.fill(0, slopesB / 4, slopesB / 4 + 4 * (taps + 1));
    for (let n = 0; n < batch; n++) {
      const [picture, error] = [x + n * plane * 4, residuals + n * plane * 4];
      const [maps, mapSlopes] = [hidden + n * features * plane * 4, hiddenSlope + n * features * plane * 4];
      for (let o = 0; o < features; o += block) toHidden(picture, packedA + o * 36, maps + o * plane * 4 + inside, 0, height, 0);
      toResidual(maps, plainB, error + inside, 0, height, y + n * height * width * 4);
      for (let c = 0; c < features; c++)
        (c === features - 1 ? addSlopeAndSquares : addSlope)(maps + c * plane * 4, error + inside, slopesB + c * 144, 0, height);
      for (let c = 0; c < features; c += block)
        back(error, flippedB + c * 36, mapSlopes + c * plane * 4 + inside, 0, height, maps + c * plane * 4 + inside);
      for (let c = 0; c < features; c++) addSlope(picture, mapSlopes + c * plane * 4 + inside, slopesA + c * 144, 0, height);
    }
    const scale = (2 * rate) / (batch * height * width);
    for (let at = 0; at < taps; at++) {
      A[at] -= scale * total(memory, slopesA, at);
      B[at] -= scale * total(memory, slopesB, at);
    }
    loss = total(memory, slopesB, taps) / (batch * height * width);
  };

  return {
    feed: (given) => {
      inputs = { image: given.image.slice(), target: given.target.slice() };
    },
    run,
    result: () => Float32Array.of(loss, ...A, ...B),
  };
}
