import { book, type Book } from '@xcorr/golden';
import { describe, expect, test } from 'vitest';
import { backends } from '../backends/names.ts';
import { book as bookCommand } from '../commands/book.ts';
import { english } from '../languages/english.ts';
import { recorded } from '../testing/recorded.ts';
import { chapter, findingsOf } from './chapter.ts';
import type { Section } from './finding.ts';
import { agreesWithBook } from './report.ts';

const computed = (numbers: Book = book): Promise<readonly Section[]> => chapter(numbers, english, backends.js());
const findings = findingsOf(await computed());

describe('the chapter', () => {
  test.each(findings.filter(({ agrees }) => agrees !== undefined))('$what is as the book prints it', ({ agrees }) => {
    expect(agrees).toBe(true);
  });

  test('every number of the book is compared', () => {
    const compared = findings.filter(({ agrees }) => agrees !== undefined);
    const { runs } = book.learnKernel;
    const losses = runs.reduce((count, run) => count + run.printedLosses.length, 0);
    const kernels = runs.filter((run) => run.learnedKernel !== undefined).length;
    // The correlation, the layer twice, the edges twice, strict convolution twice, the receptive field twice.
    expect(compared.length).toBe(1 + 2 + 2 + losses + kernels + 2 + 2);
  });
});

const raised = (matrix: readonly (readonly number[])[]): readonly (readonly number[])[] => matrix.map((row) => row.map((value) => value + 0.001));

/** Books that print something else in one place. */
const changed: readonly (readonly [string, Book])[] = [
  ['corr2d', { ...book, corr2d: { ...book.corr2d, y: raised(book.corr2d.y) } }],
  ['the edges', { ...book, edge: { ...book.edge, yOfTransposedX: raised(book.edge.yOfTransposedX) } }],
  ['the shape of a result', { ...book, edge: { ...book.edge, yOfTransposedX: book.edge.yOfTransposedX.slice(1) } }],
  ['a loss', { ...book, learnKernel: { ...book.learnKernel, runs: book.learnKernel.runs.map((run, index) => (index === 3 ? { ...run, printedLosses: [...run.printedLosses.slice(1), '0.001'] } : run)) } }],
  ['a learned kernel', { ...book, learnKernel: { ...book.learnKernel, runs: book.learnKernel.runs.map((run) => (run.learnedKernel === undefined ? run : { ...run, learnedKernel: raised(run.learnedKernel) })) } }],
  ['the receptive field', { ...book, receptiveField: { ...book.receptiveField, onInput: [3, 4] } }],
];

describe('xcorr book', () => {
  test('prints each result beside the book, and its status is 0', async () => {
    const { status, stdout, stderr } = await recorded(['book']);
    expect([status, stderr]).toEqual([0, '']);
    for (const { system } of book.learnKernel.runs) expect(stdout).toContain(`   ${system}, N`);
    for (const loss of book.learnKernel.runs.flatMap((run) => run.printedLosses)) expect(stdout).toMatch(new RegExp(`${loss.replace('.', '\\.')} +${loss.replace('.', '\\.')} +ok`));
    expect(stdout).toMatch(/\n\nComputed on js\.\n\nAll \d+ results are as the book prints them\.\n$/);
    expect(stdout).not.toContain('\u001B');
  });

  test('in a terminal the marks are coloured, unless NO_COLOR says no', async () => {
    expect((await recorded(['book'], { isTTY: true })).stdout).toContain('\u001B[32mok');
    expect((await recorded(['book'], { isTTY: true, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001B');
  });

  test('--json prints the same for machines', async () => {
    const { status, stdout } = await recorded(['book', '--json']);
    const parsed: unknown = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(parsed).toMatchObject({ title: 'Convolutions for Images', ranOn: 'js', agrees: true });
    expect(parsed).toHaveProperty('sections.0.parts.0.findings.0', { what: 'corr2d(X, K)', ours: book.corr2d.y, book: book.corr2d.y, agrees: true });
  });

  test.each(changed)('a book that differs in %s gets the status 1', async (_, numbers) => {
    const texts: string[] = [];
    const output = { write: (chunk: string | Uint8Array) => texts.push(String(chunk)) };
    expect(await bookCommand({}, { stdout: output, stderr: output, env: {} }, numbers)).toBe(1);
    expect(texts.join('')).toMatch(/ differs\n/);
    expect(texts.join('')).toMatch(/\d+ of \d+ results differs? from the book\.\n$/);
    expect(agreesWithBook(await computed(numbers))).toBe(false);
  });
});
