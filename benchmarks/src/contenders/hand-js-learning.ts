import { correlation, kernelSlope } from '../hand/javascript.ts';
import { filteredSize, nothing, type LearnKernelWorkload, type LearnNetWorkload } from '../workloads/workload.ts';
import type { Job } from './contender.ts';

/** Rows whose residuals the gradient finds in the cache. */
const bandRows = 16;

export function handLearnKernel(workload: LearnKernelWorkload): Job {
  const { width, kernelHeight, kernelWidth, initial, rate } = workload;
  const [rows, columns] = filteredSize(workload);
  const count = rows * columns;
  const shape = { kernelHeight, kernelWidth, outputWidth: columns, inputRow: width };
  const residual = correlation({ ...shape, outputRow: columns, epilogue: 'residual' }, { rows: 3, columns: 2, taps: 'locals' });
  const addSlope = kernelSlope({ ...shape, slopeRow: columns, columns: 4 });
  const residuals = new Float32Array(count);
  const K = initial.slice();
  const slope = new Float64Array(K.length);
  let [image, target] = [nothing, nothing];
  let loss = 0;
  return {
    feed: (inputs) => {
      ({ image, target } = inputs);
    },
    run: () => {
      slope.fill(0);
      for (let first = 0; first < rows; ) {
        const last = rows - first < 2 * bandRows ? rows : first + bandRows;
        residual(image, K, residuals, first, last, target, 0, 0, 0);
        addSlope(image, residuals, slope, first, last, 0, 0, 0);
        first = last;
      }
      let sum = 0;
      for (let at = 0; at < count; at++) sum += residuals[at] * residuals[at];
      loss = sum / count;
      for (let tap = 0; tap < K.length; tap++) K[tap] -= ((2 * rate) / count) * slope[tap];
    },
    result: () => Float32Array.of(loss, ...K),
  };
}

/** Planes padded by 1, rows apart by a width that is a multiple of 4. */
export function handLearnNet({ batch, height, width, features, first, second, rate }: LearnNetWorkload): Job {
  const pitch = width + 4;
  const plane = (height + 2) * pitch;
  const inside = pitch + 1;
  const planes = (count: number): Float32Array => new Float32Array(count * plane + 8);
  const [image, target, residuals] = [planes(batch), planes(batch), planes(batch)];
  const [hidden, hiddenSlope] = [planes(batch * features), planes(batch * features)];
  const [A, B, flipped] = [first.slice(), second.slice(), new Float32Array(second.length)];
  const [dA, dB] = [new Float64Array(A.length), new Float64Array(B.length)];
  const shape = { kernelHeight: 3, kernelWidth: 3, outputWidth: width, inputRow: pitch, outputRow: pitch };
  const small = { rows: 2, columns: 2, taps: 'locals' } as const;
  const toHidden = correlation({ ...shape, epilogue: 'relu' }, small);
  const toResidual = correlation({ ...shape, channels: features, inputPlane: plane, epilogue: 'residual' }, { rows: 2, columns: 4, taps: 'memory' });
  const back = correlation({ ...shape, epilogue: 'mask' }, small);
  const addSlope = kernelSlope({ ...shape, slopeRow: pitch, columns: 4 });
  let inputs = { image: nothing, target: nothing };
  let loss = 0;

  const padInto = (padded: Float32Array, from: Float32Array): void => {
    for (let n = 0; n < batch; n++)
      for (let i = 0; i < height; i++)
        padded.set(from.subarray((n * height + i) * width, (n * height + i + 1) * width), n * plane + i * pitch + inside);
  };

  const sumOfSquares = (): number => {
    let sum = 0;
    for (let n = 0; n < batch; n++)
      for (let i = 0; i < height; i++) {
        const from = n * plane + i * pitch + inside;
        for (let j = 0; j < width; j++) sum += residuals[from + j] * residuals[from + j];
      }
    return sum;
  };

  const run = (): void => {
    padInto(image, inputs.image);
    padInto(target, inputs.target);
    for (let at = 0; at < flipped.length; at++) flipped[at] = B[at + 8 - 2 * (at % 9)];
    dA.fill(0);
    dB.fill(0);
    for (let n = 0; n < batch; n++) {
      const picture = n * plane;
      const maps = n * features * plane;
      for (let o = 0; o < features; o++) toHidden(image, A, hidden, 0, height, undefined, o * 9, maps + o * plane + inside, picture);
      toResidual(hidden, B, residuals, 0, height, target, 0, picture + inside, maps);
      for (let c = 0; c < features; c++) addSlope(hidden, residuals, dB, 0, height, maps + c * plane, picture + inside, c * 9);
      for (let c = 0; c < features; c++) {
        back(residuals, flipped, hiddenSlope, 0, height, hidden, c * 9, maps + c * plane + inside, picture);
        addSlope(image, hiddenSlope, dA, 0, height, picture, maps + c * plane + inside, c * 9);
      }
    }
    const count = batch * height * width;
    loss = sumOfSquares() / count;
    for (let at = 0; at < A.length; at++) A[at] -= ((2 * rate) / count) * dA[at];
    for (let at = 0; at < B.length; at++) B[at] -= ((2 * rate) / count) * dB[at];
  };

  return {
    feed: (given) => {
      inputs = given;
    },
    run,
    result: () => Float32Array.of(loss, ...A, ...B),
  };
}
