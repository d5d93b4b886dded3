import { ValueError } from '@xcorr/graph';
import { shown } from './checks.ts';
import { checkCentre, gaussianKernel, type GaussianOptions } from './gaussian.ts';
import type { Kernel } from './kernel.ts';

/**
 * The picture less its laplacian-4 times an amount: edges steeper, flat parts unchanged.
 *
 * @param amount of at least 0. Default: 1, the kernel `sharpen`
 * @returns  [3, 3]; the taps add up to 1
 * @throws ValueError when the amount is negative or not finite.
 * @see Gonzalez and Woods, "Digital Image Processing", section "Using the Second Derivative for Image Sharpening"
 * @example
 * sharpenKernel(0.5); // => [[0, -0.5, 0], [-0.5, 3, -0.5], [0, -0.5, 0]]
 */
export function sharpenKernel(amount = 1): Kernel {
  checkAmount('sharpenKernel', amount);
  const side = 0 - amount;
  return [
    [0, side, 0],
    [side, 1 + 4 * amount, side],
    [0, side, 0],
  ];
}

/**
 * Unsharp masking: the picture, and an amount of what a Gaussian would take away from it:
 *
 *   k = (1 + amount) identity - amount Gaussian(sigma)
 *
 * @param amount of at least 0. Default: 1
 * @param sigma in elements. Default: 1
 * @returns  [h, w], both odd; the taps add up to 1
 * @throws ValueError when the amount is negative or not finite, as `gaussianKernel` does, or when the size is even.
 * @see Gonzalez and Woods, "Digital Image Processing", section "Unsharp Masking and Highboost Filtering"
 * @example
 * unsharpKernel(2, 1, { size: 1 }); // => [[1]]
 */
export function unsharpKernel(amount = 1, sigma = 1, options: GaussianOptions = {}): Kernel {
  checkAmount('unsharpKernel', amount);
  const gaussian = gaussianKernel(sigma, options);
  const [height, width] = [gaussian.length, gaussian[0]?.length ?? 0];
  checkCentre('unsharpKernel', [height, width], 1);
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  return gaussian.map((row, u) => row.map((tap, v) => (u === middleRow && v === middleColumn ? 1 + amount * (1 - tap) : 0 - amount * tap)));
}

function checkAmount(operation: string, amount: number): void {
  if (!Number.isFinite(amount) || amount < 0) throw new ValueError(`${operation}: amount ${shown(amount)} is not a finite number of at least 0`);
}
