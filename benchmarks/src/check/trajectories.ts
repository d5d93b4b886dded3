import { filteredSize, type Inputs, type LearnKernelWorkload, type LearnNetWorkload } from '../workloads/workload.ts';

// Training in double precision from first to last: the losses of each run, and the parameters after it.

export interface Moment {
  readonly losses: readonly number[];
  readonly parameters: readonly number[];
}

/** y = x * k + b-free layer of 3 x 3 taps padded by 1, of one picture: [C, H, W] with [O, C, 3, 3]. */
interface Layer {
  readonly channels: number;
  readonly features: number;
  readonly height: number;
  readonly width: number;
}

/** Calls back with each product of the layer: of an element of the output, of the input, and a weight. */
function eachProduct({ channels, features, height, width }: Layer, visit: (output: number, input: number, weight: number) => void): void {
  for (let o = 0; o < features; o++)
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++)
        for (let c = 0; c < channels; c++)
          for (let u = 0; u < 3; u++)
            for (let v = 0; v < 3; v++) {
              const row = i + u - 1;
              const column = j + v - 1;
              if (row >= 0 && row < height && column >= 0 && column < width)
                visit((o * height + i) * width + j, (c * height + row) * width + column, ((o * channels + c) * 3 + u) * 3 + v);
            }
}

export function learnKernelTrajectory(workload: LearnKernelWorkload, sets: readonly Inputs[]): readonly Moment[] {
  const { width, kernelHeight, kernelWidth, initial, rate, steps } = workload;
  const [rows, columns] = filteredSize(workload);
  const share = workload.loss === 'sum' ? 1 : 1 / (rows * columns);
  const K = Array.from(initial);
  const step = ({ image, target }: Inputs): number => {
    const slope = K.map(() => 0);
    let loss = 0;
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let residual = -target[i * columns + j];
        for (let u = 0; u < kernelHeight; u++) for (let v = 0; v < kernelWidth; v++) residual += image[(i + u) * width + j + v] * K[u * kernelWidth + v];
        loss += share * residual * residual;
        for (let u = 0; u < kernelHeight; u++)
          for (let v = 0; v < kernelWidth; v++) slope[u * kernelWidth + v] += 2 * share * residual * image[(i + u) * width + j + v];
      }
    slope.forEach((value, tap) => {
      K[tap] -= rate * value;
    });
    return loss;
  };
  return sets.map((inputs) => ({ losses: Array.from({ length: steps }, () => step(inputs)), parameters: [...K] }));
}

export function learnNetTrajectory(net: LearnNetWorkload, sets: readonly Inputs[]): readonly Moment[] {
  const { batch, height, width, features, rate } = net;
  const A = Float64Array.from(net.first);
  const B = Float64Array.from(net.second);
  const first: Layer = { channels: 1, features, height, width };
  const second: Layer = { channels: features, features: 1, height, width };
  const plane = height * width;
  const step = ({ image, target }: Inputs): number => {
    const [dA, dB] = [new Float64Array(A.length), new Float64Array(B.length)];
    let loss = 0;
    for (let n = 0; n < batch; n++) {
      const picture = image.subarray(n * plane, (n + 1) * plane);
      const [before, dHidden] = [new Float64Array(features * plane), new Float64Array(features * plane)];
      eachProduct(first, (output, input, weight) => {
        before[output] += picture[input] * A[weight];
      });
      const hidden = before.map((value) => Math.max(value, 0));
      const residuals = Float64Array.from({ length: plane }, (_, at) => -target[n * plane + at]);
      eachProduct(second, (output, input, weight) => {
        residuals[output] += hidden[input] * B[weight];
      });
      for (const residual of residuals) loss += residual ** 2 / (batch * plane);
      eachProduct(second, (output, input, weight) => {
        const slope = (2 * residuals[output]) / (batch * plane);
        dB[weight] += slope * hidden[input];
        dHidden[input] += slope * B[weight];
      });
      eachProduct(first, (output, input, weight) => {
        if (before[output] > 0) dA[weight] += dHidden[output] * picture[input];
      });
    }
    dA.forEach((value, tap) => {
      A[tap] -= rate * value;
    });
    dB.forEach((value, tap) => {
      B[tap] -= rate * value;
    });
    return loss;
  };
  return sets.map((inputs) => ({ losses: [step(inputs)], parameters: [...A, ...B] }));
}
