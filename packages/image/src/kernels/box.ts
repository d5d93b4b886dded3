import { readSize } from './checks.ts';
import { sampled, type Kernel, type KernelSize } from './kernel.ts';

/**
 * The mean of a neighbourhood: taps of 1 / (h w).
 *
 * @param size  [h, w], or one number for both
 * @throws ValueError when a side is not a whole number from 1 to 1023.
 * @see Gonzalez and Woods, "Digital Image Processing", section "Box Filter Kernels"
 * @example
 * boxKernel([1, 4]); // => [[0.25, 0.25, 0.25, 0.25]]
 */
export function boxKernel(size: KernelSize): Kernel {
  const [height, width] = readSize('boxKernel', size);
  return sampled([height, width], () => 1 / (height * width));
}

/**
 * The integral over a window, as a running sum: taps of 1, so that `y[i, j]` is the sum of the h x w elements under the
 * kernel. Padded by n - 1 zeros before its start, a row gives the sums of all that came before, and the difference
 * `[-1, 1]` takes them back: integral and derivative undo one another.
 *
 * @param size  [h, w], or one number for both
 * @throws ValueError when a side is not a whole number from 1 to 1023.
 * @see Dive into Deep Learning, "Convolutions for Images", exercises
 * @example
 * const sums = corr2d([[1, 2, 3, 4]], integralKernel([1, 4]), { padding: [0, [3, 0]] });
 * evaluate(sums).toNested(); // => [[1, 3, 6, 10]]
 */
export function integralKernel(size: KernelSize): Kernel {
  return sampled(readSize('integralKernel', size), () => 1);
}
