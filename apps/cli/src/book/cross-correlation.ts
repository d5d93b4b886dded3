import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import type { Book } from '@xcorr/golden';
import { corr2d, input } from '@xcorr/graph';
import type { SectionMessages } from '../languages/messages.ts';
import { compareMatrices, type Section } from './finding.ts';
import { rowsOf, sizeOf } from './matrix.ts';

export function crossCorrelation({ corr2d: { x, k, y } }: Book, { title, summary }: SectionMessages): Section {
  const X = input('X', sizeOf(x));
  const K = input('K', sizeOf(k));
  const program = compile({ inputs: { X, K }, outputs: { Y: corr2d(X, K) } }, js());
  const { Y } = program.run({ X: x, K: k });
  return {
    title,
    summary,
    parts: [{ findings: [compareMatrices('corr2d(X, K)', rowsOf(Y, sizeOf(y)[1]), y)] }],
  };
}
