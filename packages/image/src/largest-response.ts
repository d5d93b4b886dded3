import type { Kernel } from './kernels.ts';
import type { KernelPair } from './edge-operators.ts';

/**
 * The largest absolute response that a kernel can give to a picture with values from 0 to 1; for a pair, the largest
 * gradient magnitude. Divided by it, responses to any picture lie in 0 to 1.
 *
 * The responses of all pictures are the sums of t_i v_i with 0 <= t_i <= 1, where v_i holds tap i of each kernel: a
 * zonotope. Its farthest corner takes, for some direction d, exactly the v_i with v_i . d > 0, and the sum changes
 * only where d turns past a right angle to some v_i: one direction between each two of those angles is enough.
 *
 * @param kernel a kernel, or a pair of kernels of one size
 * @example
 * largestResponse(kernels['sobel-x']); // => 4
 * largestResponse(kernels.sharpen); // => 5
 */
export function largestResponse(kernel: Kernel | KernelPair): number {
  const taps = isPair(kernel) ? pairTaps(kernel) : kernel.flat().map((tap): Vector => [tap, 0]);
  const turns = taps
    .flatMap(([x, y]) => (x === 0 && y === 0 ? [] : [Math.atan2(x, -y), Math.atan2(-x, y)]))
    .sort((a, b) => a - b);
  const lengths = turns.map((from, index) => {
    const to = turns[index + 1] ?? (turns[0] ?? 0) + 2 * Math.PI;
    const middle = (from + to) / 2;
    const chosen = taps.filter(([x, y]) => x * Math.cos(middle) + y * Math.sin(middle) > 0);
    return Math.hypot(
      chosen.reduce((sum, [x]) => sum + x, 0),
      chosen.reduce((sum, [, y]) => sum + y, 0),
    );
  });
  return Math.max(0, ...lengths);
}

type Vector = readonly [number, number];

function isPair(kernel: Kernel | KernelPair): kernel is KernelPair {
  return Array.isArray(kernel[0]?.[0]);
}

function pairTaps([first, second]: KernelPair): readonly Vector[] {
  return first.flatMap((row, u) => row.map((tap, v): Vector => [tap, second[u]?.[v] ?? 0]));
}
