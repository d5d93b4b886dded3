import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Person } from './person.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with the page as it is now, a line for each element. */
export async function violations(person: Person): Promise<readonly string[]> {
  await person.evaluate(`${axe}; undefined`);
  const found = await person.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`)))",
  );
  return Array.isArray(found) ? found.map(String) : [`axe-core gave no list: ${String(found)}`];
}

/** Things of the page that stick out of it to the side: a person would have to scroll to and fro. */
export async function sideways(person: Person): Promise<unknown> {
  return person.evaluate('Math.max(0, document.documentElement.scrollWidth - window.innerWidth)');
}
