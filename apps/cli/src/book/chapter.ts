import type { Backend } from '@xcorr/compiler';
import type { Book } from '@xcorr/golden';
import type { Messages } from '../languages/messages.ts';
import { crossCorrelation } from './cross-correlation.ts';
import { edgeDetection } from './edge-detection.ts';
import type { Finding, Section } from './finding.ts';
import { layer } from './layer.ts';
import { learning } from './learning.ts';
import { receptiveField } from './receptive-field.ts';
import { strictConvolution } from './strict-convolution.ts';

/** The chapter's sections in its order, each computed by compiled programs and held against the book's numbers. */
export async function chapter(book: Book, messages: Messages, backend: Backend<'async'>): Promise<readonly Section[]> {
  return [
    await crossCorrelation(book, messages.crossCorrelation, backend),
    await layer(book, messages.layer, backend),
    await edgeDetection(book, messages.edgeDetection, backend),
    await learning(book, messages.learning, backend),
    await strictConvolution(book, messages.strictConvolution, backend),
    await receptiveField(book, messages.receptiveField, backend),
  ];
}

export function findingsOf(sections: readonly Section[]): readonly Finding[] {
  return sections.flatMap(({ parts }) => parts.flatMap(({ findings }) => findings));
}
