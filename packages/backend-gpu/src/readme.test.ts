import * as compiler from '@xcorr/compiler';
import * as graph from '@xcorr/graph';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { expect, test } from 'vitest';
import { gapsOf } from '../testing/gaps.ts';
import { modeNames } from './device/open.ts';
import * as backend from './index.ts';
import { isGraphics } from './modes.ts';

// The program of the page runs and gives what it states: `expression; // => value`.

const page = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const modules: Readonly<Record<string, unknown>> = { '@xcorr/graph': graph, '@xcorr/compiler': compiler, '@xcorr/backend-gpu': backend };

const programs = Array.from(page.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = '']) =>
  code
    .replaceAll(/^import \{ (.*) \} from '(.*)';$/gm, (_, names: string, from: string) => `const { ${names} } = modules['${from}'];`)
    .replaceAll(/^(.*); \/\/ => (.*)$/gm, (_, expression: string, value: string) => `check(${expression}, ${value});`),
);

test('there is a program on the page', () => {
  expect(programs).toHaveLength(1);
});

test.each(programs)('program %$', async (program) => {
  const stated: (readonly [unknown, unknown])[] = [];
  const check = (value: unknown, expected: unknown): void => void stated.push([value, expected]);
  await Reflect.apply(compileFunction(`return (async () => {\n${program}\n})();`, ['modules', 'check']), undefined, [modules, check]);
  expect(stated).toHaveLength(3);
  for (const [value, expected] of stated) expect(value).toEqual(expected);
});

test('its table of gaps is that which the suite is told', () => {
  const rows = [...page.matchAll(/^\| (all|those of graphics) \| `([^`]+)`(?:, ([^|]+))? \| (known gap|unspecified) \| ([^|]+) \|$/gm)].map(([, ...cells]) => cells);
  for (const mode of modeNames) {
    const { knownGaps = {}, unspecified = {} } = gapsOf(mode);
    const told = [
      ...Object.entries(knownGaps).map(([check, gap]) => [check, 'known gap', gap] as const),
      ...Object.entries(unspecified).map(([check, gap]) => [check, 'unspecified', gap] as const),
    ].flatMap(([check, status, gap]) => (typeof gap === 'string' ? [[check, undefined, status, gap]] : Object.entries(gap).map(([part, reason]) => [check, part, status, reason])));
    const written = rows.flatMap(([modes, ...row]) => (modes === 'all' || isGraphics[mode] ? [row] : []));
    expect(written, mode).toEqual(told);
  }
});
