import { kernels, type Kernel } from '@xcorr/image';

/** A named kernel that a kernel is like. */
export interface Resemblance {
  readonly name: string;
  /** What the named kernel is multiplied by to come nearest; negative where all signs are turned. */
  readonly scale: number;
  /** The cosine of the angle between the two, as lists of taps: 1 where nothing but the scale differs. */
  readonly cosine: number;
}

/** Kernels that are less alike are not said to be. */
const leastCosine = 0.95;

/** The kernel in the middle of one of another size, zeros around it; undefined where it has no middle there or is larger. */
function centred(kernel: Kernel, rows: number, columns: number): Kernel | undefined {
  const [above, before] = [(rows - kernel.length) / 2, (columns - (kernel[0]?.length ?? 0)) / 2];
  if (above < 0 || before < 0 || !Number.isInteger(above) || !Number.isInteger(before)) return undefined;
  return Array.from({ length: rows }, (_, u) => Array.from({ length: columns }, (_, v) => kernel[u - above]?.[v - before] ?? 0));
}

function product(a: Kernel, b: Kernel): number {
  return a.reduce((sum, row, u) => sum + row.reduce((partial, tap, v) => partial + tap * (b[u]?.[v] ?? 0), 0), 0);
}

/**
 * The named kernel that a kernel is most like, whatever its scale; a smaller one may stand in its middle. Undefined
 * where none is near.
 *
 * @example
 * resemblance([[2, -2.02]])?.name; // => 'book'
 */
export function resemblance(kernel: Kernel): Resemblance | undefined {
  const size = [kernel.length, kernel[0]?.length ?? 0] as const;
  const length = Math.sqrt(product(kernel, kernel));
  const candidates = Object.entries(kernels).flatMap(([name, named]): readonly Resemblance[] => {
    const same = centred(named, ...size);
    if (same === undefined || length === 0) return [];
    const squared = product(same, same);
    const shared = product(kernel, same);
    return [{ name, scale: shared / squared, cosine: Math.abs(shared) / (length * Math.sqrt(squared)) }];
  });
  const [best] = candidates.sort((a, b) => b.cosine - a.cosine);
  return best !== undefined && best.cosine >= leastCosine ? best : undefined;
}
