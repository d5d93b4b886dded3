import { compile, type AsyncExecutable, type Backend } from '@xcorr/compiler';
import { corr2d, grad, input, meanSquaredError, mul, state, sub, type Tensor } from '@xcorr/graph';

/** A picture of 256 x 256, a kernel of 5 x 5, and what the kernel makes of the picture: noise from a seed. */
export interface Pair {
  readonly picture: Float32Array;
  readonly kernel: Float32Array;
  readonly filtered: Float32Array;
}

export const side = 256;
export const taps = 5;
export const filteredSide: number = side - taps + 1;
export const learningRate = 2;

/** Park and Miller's generator: the same numbers for the same seed, from -0.5 to 0.5. */
function noise(length: number, seed: number): Float32Array {
  let current = seed;
  return Float32Array.from({ length }, () => {
    current = (current * 48_271) % 2_147_483_647;
    return current / 2_147_483_647 - 0.5;
  });
}

export function noisyPair(seed: number): Pair {
  const picture = noise(side * side, seed);
  const kernel = noise(taps * taps, seed + 1);
  const filtered = new Float32Array(filteredSide * filteredSide);
  for (let row = 0; row < filteredSide; row++)
    for (let column = 0; column < filteredSide; column++) {
      let sum = 0;
      for (let tap = 0; tap < taps * taps; tap++) sum += (picture[(row + Math.floor(tap / taps)) * side + column + (tap % taps)] ?? 0) * (kernel[tap] ?? 0);
      filtered[row * filteredSide + column] = sum;
    }
  return { picture, kernel, filtered };
}

export type LearningStep = AsyncExecutable<{ X: Tensor; Y: Tensor }, { K: Tensor }, { loss: Tensor }>;

/** A step of gradient descent that learns the kernel of a pair, which starts at zero; it stays on the device. */
export function learningStep(backend: Backend<'async'>): Promise<LearningStep> {
  const X = input('X', [side, side]);
  const Y = input('Y', [filteredSide, filteredSide]);
  const K = state('K', Array.from({ length: taps }, () => Array.from({ length: taps }, () => 0)));
  const loss = meanSquaredError(corr2d(X, K), Y);
  const [dK] = grad(loss, [K]);
  return compile({ inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(learningRate, dK))]] }, backend);
}
