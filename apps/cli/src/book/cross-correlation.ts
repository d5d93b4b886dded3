import { compile, type Backend } from '@xcorr/compiler';
import type { Book } from '@xcorr/golden';
import { corr2d, input } from '@xcorr/graph';
import type { SectionMessages } from '../languages/messages.ts';
import { compareMatrices, type Section } from './finding.ts';
import { rowsOf, sizeOf } from './matrix.ts';

export async function crossCorrelation({ corr2d: { x, k, y } }: Book, { title, summary }: SectionMessages, backend: Backend<'async'>): Promise<Section> {
  const X = input('X', sizeOf(x));
  const K = input('K', sizeOf(k));
  const program = await compile({ inputs: { X, K }, outputs: { Y: corr2d(X, K) } }, backend);
  const { Y } = await program.run({ X: x, K: k });
  return {
    title,
    summary,
    parts: [{ findings: [compareMatrices('corr2d(X, K)', rowsOf(Y, sizeOf(y)[1]), y)] }],
  };
}
