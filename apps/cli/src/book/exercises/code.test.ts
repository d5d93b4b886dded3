import { evaluate, isTensor, NdArray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { backends } from '../../backends/names.ts';
import type { Answer } from './exercise.ts';
import { answers } from './exercises.ts';
import { resultLines } from './report.ts';

// The code that is shown is a program: it stands in a file, where it is type-checked as users' programs are, is run, and
// gives the results that are shown.

const answered = await answers(backends.js());

/** The file of an exercise's program, which ends with the results that are shown of it. */
const fileOf = ({ number }: Answer): string => `../../testing/exercises/exercise-${number.replace(/\D*$/, number.includes(',') ? '-earlier' : '')}.ts`;
const sourceOf = ({ code, results }: Answer): string => `${code}\n\nexport const results: readonly unknown[] = [\n${results.map(({ what }) => `  ${what},\n`).join('')}];\n`;

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

async function resultsOf(answer: Answer): Promise<readonly unknown[]> {
  const module: unknown = await import(/* @vite-ignore */ fileOf(answer));
  const results: unknown = typeof module === 'object' && module !== null && 'results' in module ? module.results : undefined;
  if (!isList(results)) throw new TypeError(`${fileOf(answer)} exports no results`);
  return results;
}

/** The elements of a tensor, an array, rows, or a number. */
function elementsOf(value: unknown): readonly number[] {
  if (isTensor(value)) return [...evaluate(value).data];
  if (value instanceof NdArray) return [...value.data];
  if (typeof value === 'number') return [value];
  throw new TypeError(`${String(value)} has no elements`);
}

describe.each(answered.map((answer) => [answer.number, answer] as const))('the code of %s', (_, answer) => {
  test('is a file that is type-checked', async () => {
    await expect(sourceOf(answer)).toMatchFileSnapshot(fileOf(answer));
  });

  test('gives what is shown', async () => {
    const given = await resultsOf(answer);
    expect(given).toHaveLength(answer.results.length);
    answer.results.forEach(({ what, value }, index) => {
      if (typeof value === 'string') return expect(given[index]).toBe(value);
      const elements = elementsOf(given[index]);
      expect(elements, what).toHaveLength(value.flat().length);
      // The interpreter rounds where a backend does not.
      value.flat().forEach((element, position) => expect(Math.abs((elements[position] ?? Number.NaN) - element), what).toBeLessThan(1e-5));
    });
  });
});

describe('docs/exercises.md', () => {
  test('shows the same code, results and answers', async () => {
    const sections = answered.map(({ number, question, code, results, answer }) => `## ${number}\n\n${question}\n\n\`\`\`ts\n${code}\n\`\`\`\n\n\`\`\`text\n${resultLines(results).join('\n')}\n\`\`\`\n\n${answer}\n`);
    const page = `# The exercises of the chapter

"Convolutions for Images" of *Dive into Deep Learning* ends with exercises. \`xcorr book --exercises\` answers each by running
it, checks what it says of the results, and takes any \`--backend\`. Here are its programs, what comes out of them, and the
answers; what stands below a program are values of its expressions.

${sections.join('\n')}`;
    await expect(page).toMatchFileSnapshot('../../../../../docs/exercises.md');
  });
});
