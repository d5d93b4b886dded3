import { compile, type Backend } from '@xcorr/compiler';
import type { Book } from '@xcorr/golden';
import { constant, corr2d, input, transpose } from '@xcorr/graph';
import type { EdgeDetectionMessages } from '../languages/messages.ts';
import { compareMatrices, type Section } from './finding.ts';
import { rowsOf, sizeOf } from './matrix.ts';

export async function edgeDetection({ edge: { x, k, y, yOfTransposedX } }: Book, { title, summary, ofTransposed }: EdgeDetectionMessages, backend: Backend<'async'>): Promise<Section> {
  const X = input('X', sizeOf(x));
  const K = constant(k);
  const program = await compile({ inputs: { X }, outputs: { Y: corr2d(X, K), transposed: corr2d(transpose(X), K) } }, backend);
  const { Y, transposed } = await program.run({ X: x });
  return {
    title,
    summary,
    parts: [
      {
        findings: [
          compareMatrices('corr2d(X, K)', rowsOf(Y, sizeOf(y)[1]), y),
          compareMatrices(ofTransposed, rowsOf(transposed, sizeOf(yOfTransposedX)[1]), yOfTransposedX),
        ],
      },
    ],
  };
}
