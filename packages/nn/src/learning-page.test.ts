import { join } from 'node:path';
import { book } from '@xcorr/golden';
import { expect, test } from 'vitest';
import { programsOf, run } from '../testing/page.ts';

// docs/learning-as-in-the-chapter.md: the learning loop of each of the chapter's four tabs.

const programs = programsOf(join(import.meta.dirname, '../../../docs/learning-as-in-the-chapter.md'));
const tabs = book.learnKernel.runs.filter(({ system }) => !system.includes('Chinese'));

test('there is a program for each tab of the chapter', () => {
  expect(tabs.map(({ system }) => system.split(' ')[0])).toEqual(['PyTorch', 'MXNet', 'JAX', 'TensorFlow']);
  expect(programs).toHaveLength(tabs.length);
});

test.each(tabs.map((tab, position) => ({ ...tab, code: '', prints: '', ...programs[position] })))('$system', async ({ code, prints, initialKernel, printedLosses, learnedKernel, layout }) => {
  const { printed } = await run(code);
  // The page says what the program prints, and the chapter prints the same.
  expect(`${printed.join('\n')}\n`).toBe(prints);
  expect(printed.slice(0, 5)).toEqual(printedLosses.map((loss, position) => `epoch ${2 * position + 2}, loss ${loss}`));
  const kernel = (printed[5] ?? '').split(' ').map(Number);
  expect(kernel).toHaveLength(2);
  learnedKernel?.flat().forEach((tap, position) => expect(kernel[position]).toBe(Number(tap.toFixed(4))));
  // The numbers it starts from, and the tab's layout.
  for (const tap of initialKernel.flat()) expect(code).toContain(String(tap));
  expect(code.includes("layout: 'NHWC'")).toBe(layout === 'NHWC');
});
