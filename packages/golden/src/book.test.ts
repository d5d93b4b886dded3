import { expect, test } from 'vitest';
import { book, readBook } from './book.ts';

test('the book prints five training runs, each with the loss of every second iteration', () => {
  const { runs, iterations } = book.learnKernel;
  expect(runs.map(({ layout }) => layout)).toEqual(['NCHW', 'NCHW', 'NHWC', 'NHWC', 'NCHW']);
  for (const run of runs) expect(run.printedLosses).toHaveLength(iterations / 2);
});

test('a learned kernel comes with its tolerance, or with a note that says why it is missing', () => {
  for (const { learnedKernel, learnedKernelTolerance, note } of book.learnKernel.runs) {
    expect(learnedKernelTolerance === undefined).toBe(learnedKernel === undefined);
    expect(note === undefined).toBe(learnedKernel !== undefined);
  }
});

test('the edge image is 6 x 8, and its edges are one column narrower', () => {
  expect(book.edge.x.map((row) => row.length)).toEqual([8, 8, 8, 8, 8, 8]);
  expect(book.edge.y.map((row) => row.length)).toEqual([7, 7, 7, 7, 7, 7]);
});

test('an error names the field that is not as it should be', () => {
  expect(() => readBook('[]')).toThrow('book.json: an object is expected, not []');
  expect(() => readBook('{ "about": "", "corr2d": { "x": [[0], [null]] } }')).toThrow('book.json.corr2d.x[1][0]: a number is expected, not null');
  expect(() => readBook('{ "about": "", "corr2d": { "x": [[0]] } }')).toThrow('book.json.corr2d.k: a list is expected, not nothing');
});
