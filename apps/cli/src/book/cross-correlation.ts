import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import type { Book } from '@xcorr/golden';
import { corr2d, input } from '@xcorr/graph';
import { compareMatrices, type Section } from './finding.ts';
import { rowsOf, sizeOf } from './matrix.ts';

export function crossCorrelation({ corr2d: { x, k, y } }: Book): Section {
  const X = input('X', sizeOf(x));
  const K = input('K', sizeOf(k));
  const program = compile({ inputs: { X, K }, outputs: { Y: corr2d(X, K) } }, js());
  const { Y } = program.run({ X: x, K: k });
  return {
    title: 'The cross-correlation operation',
    summary: 'A window slides over the image; what it sees is multiplied by the kernel, element by element, and summed.',
    parts: [{ findings: [compareMatrices('corr2d(X, K)', rowsOf(Y, sizeOf(y)[1]), y)] }],
  };
}
