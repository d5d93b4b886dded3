import { kernels } from '@xcorr/image';
import type { Matrix } from '../page/matrix-text.ts';
import { hasMomentum, isBookStart, type ImageName, type LearnState, type OptimiserName } from './state.ts';

/** Rows and columns. */
export type Size = readonly [rows: number, columns: number];

/** The sizes of the images. */
export const imageSizes: Readonly<Record<ImageName, Size>> = { book: [6, 8], photograph: [96, 96], random: [32, 32] };

/** What a program is compiled for: other rates, seeds and starts need no other program. */
export type Problem = {
  readonly image: ImageName;
  /** The kernel that makes the target. */
  readonly kernel: Matrix;
  readonly optimiser: OptimiserName;
  /** 0 where the optimiser has none to choose. */
  readonly momentum: number;
  readonly whiten: boolean;
};

/** The kernel that makes the target. */
export function targetKernel({ target, drawn }: Pick<LearnState, 'target' | 'drawn'>): Matrix {
  return target === 'drawn' ? drawn : kernels[target];
}

export function sizeOf(matrix: Matrix): Size {
  return [matrix.length, matrix[0]?.length ?? 0];
}

/** The size of what is left where the window fits. */
export function targetSize(image: ImageName, kernel: Size): Size {
  const [rows, columns] = imageSizes[image];
  return [rows - kernel[0] + 1, columns - kernel[1] + 1];
}

export function problemOf(state: LearnState): Problem {
  const { image, optimiser, momentum, whiten } = state;
  return { image, kernel: targetKernel(state), optimiser, momentum: hasMomentum(optimiser) ? momentum : 0, whiten };
}

/** The chapter's own loss is a sum; of larger images the mean is taken, so that rates do not depend on their size. */
export function lossKind(image: ImageName): 'sum' | 'mean' {
  return image === 'book' ? 'sum' : 'mean';
}

/** Rows and columns that a response needs for its Laplacian. */
const laplacianSide = 3;

export function mayWhiten(state: Pick<LearnState, 'image' | 'target' | 'drawn'>): boolean {
  return targetSize(state.image, sizeOf(targetKernel(state))).every((side) => side >= laplacianSide);
}

/** The book's runs start from kernels of 1 x 2. */
export function mayStartAsBook(state: Pick<LearnState, 'target' | 'drawn'>): boolean {
  const [rows, columns] = sizeOf(targetKernel(state));
  return rows === 1 && columns === 2;
}

/**
 * The same state without what does not go together: a kernel that the image is too small for, a start of another size, a
 * Laplacian of too small a response, a momentum that its optimiser refuses. Kept where all is well.
 */
export function consistent(state: LearnState): LearnState {
  const [rows, columns] = targetSize(state.image, sizeOf(targetKernel(state)));
  if (rows < 1 || columns < 1) return consistent({ ...state, target: 'book' });
  if (isBookStart(state.start) && !mayStartAsBook(state)) return consistent({ ...state, start: 'pytorch' });
  if (state.whiten && !mayWhiten(state)) return { ...state, whiten: false };
  return state;
}
