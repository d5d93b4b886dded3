import type { Backend } from '@xcorr/compiler';
import { blur } from './blur.ts';
import { diagonalEdges, diagonalEdgesByTransposed, diagonalEdgesOfTransposed } from './diagonal-edges.ts';
import { directionalEdges } from './directional-edges.ts';
import type { Answer, Check, Exercise } from './exercise.ts';
import { integral } from './integral.ts';
import { matrixProduct } from './matrix-product.ts';
import { ownLayer } from './own-layer.ts';
import { secondDerivative } from './second-derivative.ts';
import { smallestKernel } from './smallest-kernel.ts';

/** The exercises of the chapter, in its order. */
export const exercises: readonly Exercise[] = [
  diagonalEdges,
  diagonalEdgesOfTransposed,
  diagonalEdgesByTransposed,
  directionalEdges,
  secondDerivative,
  integral,
  blur,
  smallestKernel,
  (backend) => ownLayer(backend),
  matrixProduct,
];

/** Answers all of them by running them. */
export async function answers(backend: Backend<'async'>): Promise<readonly Answer[]> {
  const found: Answer[] = [];
  for (const exercise of exercises) found.push(await exercise(backend));
  return found;
}

export function checksOf(answered: readonly Answer[]): readonly Check[] {
  return answered.flatMap(({ checks }) => checks);
}

export function allHold(answered: readonly Answer[]): boolean {
  return checksOf(answered).every(({ holds }) => holds);
}
