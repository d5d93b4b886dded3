import type { ProgramSpec } from '@xcorr/compiler';
import { corr2d, input, mul, pad, slice, type Tensor } from '@xcorr/graph';
import { bordered, cannyGradients, edgeOperators, filter2d, gradientDirection, gradientMagnitude, grey, kernels, type Border, type Kernel, type KernelPair } from '@xcorr/image';
import type { Finding } from './request.ts';
import type { BorderName, PairName } from './state.ts';
import { transposed } from './taps.ts';

export const pairs: Readonly<Record<PairName, KernelPair>> = {
  sobel: edgeOperators.sobel,
  prewitt: edgeOperators.prewitt,
  scharr: edgeOperators.scharr,
  central: [crossed(kernels['central-x']), transposed(crossed(kernels['central-x']))],
};

/** Both kernels of a pair have one size: a row of taps between rows of zeros. */
function crossed(row: Kernel): Kernel {
  const zeros = (row[0] ?? []).map(() => 0);
  return [zeros, ...row, zeros];
}

/** A border as filter2d takes it; of `none` there is none to see. */
export function borderOf(border: Exclude<BorderName, 'none'>, constant: number): Border {
  return border === 'constant' ? { constant } : border;
}

/** How many rows and columns a program reads around an element: before it and behind it. */
export type Reach = { readonly low: readonly [number, number]; readonly high: readonly [number, number] };

/** The middle tap lies on the element, as for filter2d; of an even number the right and lower one of the two. */
export function reachOf(taps: Kernel): Reach {
  const [rows, columns] = [taps.length, taps[0]?.length ?? 0];
  const low = [Math.floor(rows / 2), Math.floor(columns / 2)] as const;
  return { low, high: [rows - 1 - low[0], columns - 1 - low[1]] };
}

/** A program over rows of a picture: above and below it gets the rows that it reads there, and left and right it makes the border itself. */
export type RowProgram = { readonly spec: ProgramSpec<{ readonly X: Tensor }>; readonly reach: Reach; readonly outputs: readonly string[] };

/** The brightness in bytes: the luma of BT.601. */
export function brightness(): RowProgram {
  const X = input('X', ['H', 'W', 4], { storage: 'uint8' });
  const [height = 1, width = 1] = X.shape;
  const bright = grey(slice(X, { stop: [height, width, 3] }));
  return { spec: { inputs: { X }, outputs: { bytes: { tensor: bright, storage: 'uint8' } } }, reach: { low: [0, 0], high: [0, 0] }, outputs: ['bytes'] };
}

function columnsAround(X: Tensor, { low, high }: Reach, border: BorderName, constant: number): Tensor {
  return border === 'none' ? X : bordered(X, borderOf(border, constant), [0, low[1]], [0, high[1]]);
}

/** Smoothed by the kernel gaussian-5, in bytes. */
export function smoothing(): RowProgram {
  const X = input('X', ['H', 'W'], { storage: 'uint8' });
  const reach = reachOf(kernels['gaussian-5']);
  const smooth = corr2d(columnsAround(X, reach, 'edge', 0), kernels['gaussian-5']);
  return { spec: { inputs: { X }, outputs: { bytes: { tensor: smooth, storage: 'uint8' } } }, reach, outputs: ['bytes'] };
}

export function rowProgram(finding: Finding): RowProgram {
  const X = input('X', ['H', 'W'], { storage: 'uint8' });
  if (finding.kind === 'kernel') {
    const reach = reachOf(finding.taps);
    const Y = corr2d(columnsAround(X, reach, finding.border, finding.constant), finding.taps);
    return { spec: { inputs: { X }, outputs: { Y } }, reach, outputs: ['Y'] };
  }
  if (finding.kind === 'direction') {
    const pair = pairs[finding.pair];
    const reach = reachOf(pair[0]);
    const around = columnsAround(X, reach, finding.border, finding.constant);
    return { spec: { inputs: { X }, outputs: { magnitude: gradientMagnitude(around, pair), direction: gradientDirection(around, pair) } }, reach, outputs: ['magnitude', 'direction'] };
  }
  // Its own border above and below is cut off: the rows there are given.
  const rows = (finding.aperture - 1) / 2;
  const reach: Reach = { low: [rows, rows], high: [rows, rows] };
  const { dx, dy } = cannyGradients(X, { aperture: finding.aperture });
  const inner = (gradient: Tensor): Tensor => pad(gradient, { low: [-rows, 0], high: [-rows, 0] });
  return { spec: { inputs: { X }, outputs: { dx: inner(dx), dy: inner(dy) } }, reach, outputs: ['dx', 'dy'] };
}

/** The whole of a small matrix at once, in numbers as they are, 1 white: what the book prints. */
export function matrixProgram(finding: Finding): { readonly spec: ProgramSpec<{ readonly X: Tensor }>; readonly outputs: readonly string[] } {
  const X = input('X', ['H', 'W']);
  if (finding.kind === 'kernel') {
    const Y = finding.border === 'none' ? filter2d(X, finding.taps, { size: 'valid' }) : filter2d(X, finding.taps, { border: borderOf(finding.border, finding.constant / 255) });
    return { spec: { inputs: { X }, outputs: { Y } }, outputs: ['Y'] };
  }
  if (finding.kind === 'direction') {
    const pair = pairs[finding.pair];
    const { low, high } = reachOf(pair[0]);
    const around = finding.border === 'none' ? X : bordered(X, borderOf(finding.border, finding.constant / 255), low, high);
    return { spec: { inputs: { X }, outputs: { magnitude: gradientMagnitude(around, pair), direction: gradientDirection(around, pair) } }, outputs: ['magnitude', 'direction'] };
  }
  const white = mul(X, 255);
  const gradients = cannyGradients(finding.smooth ? filter2d(white, kernels['gaussian-5'], { border: 'edge' }) : white, { aperture: finding.aperture });
  return { spec: { inputs: { X }, outputs: gradients }, outputs: ['dx', 'dy'] };
}
