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
export function chapter(book: Book, messages: Messages): readonly Section[] {
  return [
    crossCorrelation(book, messages.crossCorrelation),
    layer(book, messages.layer),
    edgeDetection(book, messages.edgeDetection),
    learning(book, messages.learning),
    strictConvolution(book, messages.strictConvolution),
    receptiveField(book, messages.receptiveField),
  ];
}

export function findingsOf(sections: readonly Section[]): readonly Finding[] {
  return sections.flatMap(({ parts }) => parts.flatMap(({ findings }) => findings));
}
