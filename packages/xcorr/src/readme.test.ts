import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { expect, test } from 'vitest';
import * as xcorr from './index.ts';

// What the README shows is true: its programs run and give what they state, `expression; // => value`.

const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const programs = Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = '']) => code);

/** A program as the body of a function of the module it imports and of what checks a stated value. */
function bodyOf(program: string): string {
  return program
    .replaceAll(/^import \{ (.*) \} from 'xcorr';$/gm, (_, names: string) => `const { ${names} } = xcorr;`)
    .replaceAll(/^(.*); \/\/ => (.*)$/gm, (_, expression: string, value: string) => `check(${expression}, ${value});`);
}

test('the README has a program', () => {
  expect(programs.length).toBeGreaterThan(0);
});

test.each(programs)('program %#', (program) => {
  const stated: (readonly [unknown, unknown])[] = [];
  const check = (value: unknown, expected: unknown): void => void stated.push([value, expected]);
  Reflect.apply(compileFunction(bodyOf(program), ['xcorr', 'check']), undefined, [xcorr, check]);
  expect(stated.length).toBeGreaterThan(0);
  for (const [value, expected] of stated) expect(value).toEqual(expected);
});
