import { js } from '@xcorr/backend-js';
import { book } from '@xcorr/golden';
import { expect, test } from 'vitest';
import { asynchronous } from '@xcorr/compiler/device';
import type { Place } from '../compute/choose-place.ts';
import { keepPrograms } from '../compute/programs.ts';
import { findNumbers } from './find-numbers.ts';
import { requestOf } from './request.ts';
import { initialState } from './state.ts';
import { transposed } from './taps.ts';

const place: Place = { backend: asynchronous(js()), kind: 'loops', notes: [] };
const programs = keepPrograms(8);

test('the state that the tab begins with gives the numbers of the book', async () => {
  const { finding } = requestOf(initialState);
  expect((await findNumbers(book.edge.x, finding, place, programs)).values).toEqual({ Y: book.edge.y });
  expect((await findNumbers(transposed(book.edge.x), finding, place, programs)).values).toEqual({ Y: book.edge.yOfTransposedX });
});

test('a border value of 255 is the 1 of a matrix', async () => {
  const { values } = await findNumbers([[0, 1]], { kind: 'kernel', taps: [[1, 0, 0]], border: 'constant', constant: 255 }, place, programs);
  expect(values).toEqual({ Y: [[1, 0]] });
});

test("Canny's lines of a matrix are 1, and counted; its 1 is white", async () => {
  const finding = { kind: 'canny', aperture: 3, smooth: false, low: 500, high: 1000, norm: 'L1' } as const;
  const { values, facts } = await findNumbers(book.edge.x, finding, place, programs);
  expect(values['edges']?.[0]).toEqual([0, 1, 0, 0, 0, 1, 0, 0]);
  expect(facts.edges).toBe(12);
  // A step from black to white has 1020.
  expect((await findNumbers(book.edge.x, { ...finding, low: 1020, high: 1020 }, place, programs)).facts.edges).toBe(0);
});
