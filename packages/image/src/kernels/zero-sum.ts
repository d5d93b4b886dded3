import { totalOf, type Kernel } from './kernel.ts';

/**
 * The taps, moved by rounding errors so that they add up to exactly 0, in whatever order they are added: what is flat
 * gives no response, and a kernel is known for a derivative by its sum.
 *
 * Each tap becomes a whole multiple of one power of two, g. With N taps of at most t, and N t <= 2^52 g, every sum of
 * some of them is a multiple of g below 2^53 g, which float64 holds exactly. The centre takes what the others leave; a
 * kernel that is its own reflection, or the negative of it, stays so. Both sides must be odd.
 */
export function withZeroSum(kernel: Kernel): Kernel {
  const taps = kernel.flat();
  const largest = taps.reduce((most, tap) => Math.max(most, Math.abs(tap)), 0);
  if (largest === 0) return kernel;
  const grain = 2 ** (Math.ceil(Math.log2(largest * taps.length)) - 52);
  const coarse = kernel.map((row) => row.map((tap) => Math.sign(tap) * Math.round(Math.abs(tap) / grain) * grain + 0));
  const excess = totalOf(coarse);
  const [middleRow, middleColumn] = [(kernel.length - 1) / 2, ((kernel[0]?.length ?? 1) - 1) / 2];
  return coarse.map((row, u) => row.map((tap, v) => (u === middleRow && v === middleColumn ? tap - excess : tap)));
}
