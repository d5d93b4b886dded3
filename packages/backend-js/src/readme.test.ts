import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import * as compiler from '@xcorr/compiler';
import * as graph from '@xcorr/graph';
import { expect, test } from 'vitest';
import * as backend from './index.ts';
import { threadCosts } from './threads/division.ts';

// What the README shows is true: its programs run and give what they state, `expression; // => value`.

const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const programs = Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = '']) => code);
const modules: Readonly<Record<string, unknown>> = { '@xcorr/graph': graph, '@xcorr/compiler': compiler, '@xcorr/backend-js': backend };

/** A program as the body of a function of the modules it imports and of what checks a stated value. */
function bodyOf(program: string): string {
  const body = program
    .replaceAll(/^import \{ (.*) \} from '(.*)';$/gm, (_, names: string, from: string) => `const { ${names} } = modules['${from}'];`)
    .replaceAll(/^(.*); \/\/ => (.*)$/gm, (_, expression: string, value: string) => `check(${expression}, ${value});`);
  return `return (async () => {\n${body}\n})();`;
}

test('the README has a program', () => {
  expect(programs.length).toBeGreaterThan(0);
});

test.each(programs)('program %#', async (program) => {
  const stated: (readonly [unknown, unknown])[] = [];
  const check = (value: unknown, expected: unknown): void => void stated.push([value, expected]);
  await Reflect.apply(compileFunction(bodyOf(program), ['modules', 'check']), undefined, [modules, check]);
  expect(stated.length).toBeGreaterThan(0);
  for (const [value, expected] of stated) expect(value).toEqual(expected);
});

test('the README tells what threads cost', () => {
  const words = text.replaceAll(/\s+/g, ' ');
  expect(words).toContain(`as ${threadCosts.job.toLocaleString('en')} operations, and a byte that is copied as ${threadCosts.byte}.`);
  expect(words).toContain('an nth of a nest, and a tenth more');
  expect(threadCosts.banded).toBe(1.1);
});
