import { book } from '@xcorr/golden';
import { chapterInitialisers, Conv2d, frameworkInitialisers, initialise, initialValues, type Initialisers } from '@xcorr/nn';
import type { Matrix } from '../page/matrix-text.ts';
import type { Size } from './problem.ts';
import { bookStarts, frameworkOf, isBookStart, type StartName } from './state.ts';

/** The kernel before the first step; a book's run has its own, whatever the seed. */
export function startKernel(start: StartName, [rows, columns]: Size, seed: number): Matrix {
  if (isBookStart(start)) return book.learnKernel.runs[bookStarts.indexOf(start)]?.initialKernel ?? [];
  const network = initialise(Conv2d({ outputs: 1, kernel: [rows, columns], bias: false }), [1, 1, rows, columns], { seed, initialisers: initialisersOf(start) });
  const values = initialValues(network).get('weight')?.data ?? [];
  return Array.from({ length: rows }, (_, row) => Array.from(values.slice(row * columns, (row + 1) * columns)));
}

function initialisersOf(start: Exclude<StartName, (typeof bookStarts)[number]>): Initialisers {
  const framework = frameworkOf(start);
  return framework === start ? frameworkInitialisers[framework] : chapterInitialisers[framework];
}
