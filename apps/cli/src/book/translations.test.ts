import { readFileSync } from 'node:fs';
import { book, type Book } from '@xcorr/golden';
import { describe, expect, test } from 'vitest';
import { backends } from '../backends/names.ts';
import { displayWidth } from '../languages/display-width.ts';
import { languages, type Language } from '../languages/language.ts';
import { translations } from '../languages/translations.ts';
import type { Paint } from '../paint.ts';
import { recorded } from '../testing/recorded.ts';
import { chapter } from './chapter.ts';
import { printChapter } from './report.ts';
import { systemIn } from './system.ts';

const plain: Paint = (_, text) => text;

async function printed(language: Language, numbers: Book = book): Promise<string> {
  const messages = translations[language];
  return printChapter(await chapter(numbers, messages, backends.js()), messages, plain, 'js');
}

const others = languages.filter((language) => language !== 'en');

test.each(languages)('the chapter in %s', async (language) => {
  const { status, stdout, stderr } = await recorded(['book', '--lang', language]);
  expect([status, stderr]).toEqual([0, '']);
  await expect(stdout).toMatchFileSnapshot(`__golden__/book-${language}.txt`);
});

describe('numbers', () => {
  /** Digits in names, such as the 2 of corr2d, are numbers too: they are to stay as well. */
  const numbersOf = (text: string): readonly string[] => text.match(/-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g) ?? [];

  test.each(others)('are the same in %s as in English, line by line', async (language) => {
    const lines = (await printed(language)).split('\n');
    expect(lines.map(numbersOf)).toEqual((await printed('en')).split('\n').map(numbersOf));
    expect(lines.flatMap(numbersOf).length).toBeGreaterThan(300);
  });

  // How many differ of how many: the order of the two is the language's own.
  test.each([
    [1, ['1 of 38 results differs from the book.', '1 de 38 resultados difere do livro.', '38 个结果中有 1 个与书中不同。', '38 件の結果のうち 1 件が書籍と異なります。']],
    [2, ['2 of 38 results differ from the book.', '2 de 38 resultados diferem do livro.', '38 个结果中有 2 个与书中不同。', '38 件の結果のうち 2 件が書籍と異なります。']],
  ] as const)('and so they are where %i results differ', async (count, verdicts) => {
    const runs = book.learnKernel.runs.map((run, index) => (index < count ? { ...run, printedLosses: ['0.001', ...run.printedLosses.slice(1)] } : run));
    const numbers = { ...book, learnKernel: { ...book.learnKernel, runs } };
    for (const [index, language] of languages.entries()) {
      const text = await printed(language, numbers);
      expect(text.split(`   ${translations[language].differs}\n`)).toHaveLength(count + 1);
      expect(text.trimEnd().split('\n').at(-1)).toEqual(verdicts[index]);
    }
  });
});

describe('words', () => {
  /** What is not translated: names of frameworks and backends, layouts of axes, code, the sign between the sides of a box, tolerances. */
  const names = /PyTorch|MXNet|JAX|Flax|TensorFlow|Keras|\bjs\b|NCHW|NHWC|corr2d|convolve2d|Conv2D|flip|\b[XKx]\b|\de-\d/g;
  const wordsOf = (text: string): ReadonlySet<string> => new Set((text.replaceAll(names, ' ').match(/\p{L}[\p{L}\p{M}]+/gu) ?? []).map((word) => word.toLowerCase()));
  const differing: Book = { ...book, corr2d: { ...book.corr2d, y: [[0]] }, receptiveField: { ...book.receptiveField, onInput: [1, 1] } };
  const all = async (language: Language): Promise<string> => (await printed(language)) + (await printed(language, differing));

  test.each(['zh', 'ja'] as const)('there is no word in Latin letters in %s but what is stated', async (language) => {
    expect((await all(language)).replaceAll(names, ' ').match(/\p{Script=Latin}+/gu) ?? []).toEqual([]);
  });

  test('Portuguese shares with English the word that its edition keeps, and words that both have', async () => {
    const english = wordsOf(await all('en'));
    expect([...wordsOf(await all('pt'))].filter((word) => english.has(word)).sort()).toEqual(['as', 'horizontal', 'kernel', 'no']);
  });

  test('every edition that the numbers name has a name in every language', () => {
    const editions = new Set(book.learnKernel.runs.flatMap(({ system }) => /English|Chinese.*(?=\))/.exec(system) ?? []));
    expect([...editions]).toEqual(['English', 'Chinese notes']);
    for (const language of others) {
      const { learning } = translations[language];
      expect(book.learnKernel.runs.map(({ system }) => systemIn(system, learning)).join()).not.toMatch(/English|Chinese|notes/);
    }
    expect(systemIn('PyTorch (English)', translations.zh.learning)).toBe('PyTorch（英文版）');
    expect(systemIn('JAX (Flax)', translations.pt.learning)).toBe('JAX (Flax)');
    expect(systemIn('MXNet', translations.ja.learning)).toBe('MXNet');
    expect(systemIn('PyTorch (toString)', translations.ja.learning)).toBe('PyTorch（toString）');
  });
});

describe('columns', () => {
  test.each(languages)('all marks of a section stand in one column, behind both columns of numbers, in %s', async (language) => {
    const { agrees, ours, theirs } = translations[language];
    const sections = (await printed(language)).split(/^\d {2}/m).slice(1);
    expect(sections).toHaveLength(6);
    for (const section of sections) {
      const lines = section.split('\n');
      const heading = lines.find((line) => line.trim().startsWith(ours) && line.endsWith(theirs)) ?? '';
      const before = lines.filter((line) => line.endsWith(`   ${agrees}`)).map((line) => displayWidth(line.slice(0, -agrees.length)));
      expect(new Set(before)).toEqual(new Set([displayWidth(heading) + 3]));
    }
  });
});

describe('for machines', () => {
  test('the same is printed in every language', async () => {
    const { stdout } = await recorded(['book', '--json']);
    for (const language of languages) expect((await recorded(['book', '--json', '--lang', language])).stdout).toBe(stdout);
    expect((await recorded(['book', '--json'], { env: { LANG: 'ja_JP.UTF-8' } })).stdout).toBe(stdout);
  });

  test('scripts know the keys and the texts: a change of one is a change for them', async () => {
    const { stdout } = await recorded(['book', '--json']);
    const texts = stdout.split('\n').filter((line) => /^ *"(?:title|summary|what)": /.test(line));
    const keys = new Set(Array.from(stdout.matchAll(/^ *"(\w+)": /gm), ([, key]) => key));
    expect([...keys]).toEqual(['title', 'ranOn', 'agrees', 'sections', 'summary', 'parts', 'findings', 'what', 'ours', 'book']);
    await expect(`${texts.map((text) => text.trim()).join('\n')}\n`).toMatchFileSnapshot('__golden__/json-texts.txt');
  });
});

describe('the glossary', () => {
  const lines = readFileSync(new URL('../languages/glossary.md', import.meta.url), 'utf8').split('\n');
  const rows = lines.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())).filter((cells) => cells.length === 5 && !cells.includes('from') && !cells.includes('---'));

  test('has a term of each language in each row, and its origin', () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row.at(-1)).toMatch(/^(?:heading|chapter|training)(?: [1-5])?$/);
  });

  test.each(languages.map((language, column) => [language, column] as const))('in %s what is printed uses its terms', async (language, column) => {
    const text = (await printed(language)).toLowerCase();
    expect(rows.map((row) => row[column] ?? '').filter((term) => term === '' || !text.includes(term.toLowerCase()))).toEqual([]);
  });
});
