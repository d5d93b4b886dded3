import { js } from '@xcorr/backend-js';
import { programFor } from '@xcorr/compiler';
import { book } from '@xcorr/golden';
import { expect, test } from 'vitest';
import { learningStep } from './learning.ts';

test.each(book.learnKernel.runs.map((run) => [run.system, run] as const))('%s: correlation, loss, gradient and update are one nest', (_, run) => {
  const { nests, buffers } = programFor(learningStep(book, run), js());
  expect(nests).toHaveLength(1);
  expect(buffers.filter(({ role }) => role === 'temporary')).toEqual([]);
});
