/**
 * A correlation for which loops are written out: C planes in, a block of T planes out.
 *
 *   y[t, i, j] = epilogue(sum over c, u, v of  x[c, i * stride + u, j * stride + v] * w[c, u, v, t])
 *
 * Weights stand in that order, the block's innermost. Where the stride is 2, a row of x holds its even columns first and
 * its odd ones `phase` elements further on, so that what stands side by side in the output stands side by side in the input.
 */
export interface Correlation {
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly outputWidth: number;
  /** Elements from one row to the next. */
  readonly inputRow: number;
  readonly outputRow: number;
  /** Planes in, and elements from one to the next. */
  readonly channels?: number;
  readonly inputPlane?: number;
  /** Planes out that a pass computes together, and elements from one to the next. */
  readonly block?: number;
  readonly outputPlane?: number;
  readonly stride?: number;
  readonly phase?: number;
  /** What becomes of a sum: itself, max(sum, 0), sum - target, or sum where the mask is above 0. */
  readonly epilogue?: 'none' | 'relu' | 'residual' | 'mask';
}

/** A correlation of which all is said. */
export type FullCorrelation = Required<Correlation>;

export function full(correlation: Correlation): FullCorrelation {
  return { channels: 1, inputPlane: 0, block: 1, outputPlane: 0, stride: 1, phase: 0, epilogue: 'none', ...correlation };
}

/** Which element of a row of the input, counted from the first output's, tap `v` of the output `step` further reads. */
export function columnRead({ stride, phase }: Pick<FullCorrelation, 'stride' | 'phase'>, v: number, step: number): number {
  return (v % stride) * phase + Math.floor(v / stride) + step;
}

export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
