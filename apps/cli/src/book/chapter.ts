import type { Book } from '@xcorr/golden';
import { crossCorrelation } from './cross-correlation.ts';
import { edgeDetection } from './edge-detection.ts';
import type { Finding, Section } from './finding.ts';
import { layer } from './layer.ts';
import { learning } from './learning.ts';
import { receptiveField } from './receptive-field.ts';
import { strictConvolution } from './strict-convolution.ts';

export const title = 'Convolutions for Images';

/** The chapter's sections in its order, each computed by compiled programs and held against the book's numbers. */
export function chapter(book: Book): readonly Section[] {
  return [crossCorrelation, layer, edgeDetection, learning, strictConvolution, receptiveField].map((section) => section(book));
}

export function findingsOf(sections: readonly Section[]): readonly Finding[] {
  return sections.flatMap(({ parts }) => parts.flatMap(({ findings }) => findings));
}
