import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import * as compiler from '@xcorr/compiler';
import * as tune from '@xcorr/compiler/tune';
import * as graph from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import * as backend from './index.ts';

// The pages of the repository say what is true: their programs run, and the files that they name are there.

const root = join(import.meta.dirname, '../../..');
const docs = existsSync(join(root, 'docs')) ? readdirSync(join(root, 'docs')).map((name) => `docs/${name}`) : [];
const pages = ['README.md', ...docs].filter((page) => page.endsWith('.md'));

function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

const modules: Readonly<Record<string, unknown>> = { '@xcorr/graph': graph, '@xcorr/compiler': compiler, '@xcorr/compiler/tune': tune, '@xcorr/backend-js': backend };

/** The programs of a page that state values: `expression; // => value`. */
function programsIn(page: string): readonly string[] {
  return Array.from(textOf(page).matchAll(/```ts\n([\s\S]*?)```/g), ([, code = '']) => code).filter((code) => code.includes('// => '));
}

/** A program as the body of a function of the modules it imports and of what checks a stated value. */
function bodyOf(program: string): string {
  return program
    .replaceAll(/^import \{ (.*) \} from '(.*)';$/gm, (_, names: string, from: string) => `const { ${names} } = modules['${from}'];`)
    .replaceAll(/^(.*); \/\/ => (.*)$/gm, (_, expression: string, value: string) => `check(${expression}, ${value});`);
}

describe('every program of a page does what it states', () => {
  const programs = pages.flatMap((page) => programsIn(page).map((program, position) => [page, position, program] as const));

  test('the first page has one', () => {
    expect(programs.map(([page]) => page)).toContain('README.md');
  });

  test.each(programs)('%s, program %i', (_, __, program) => {
    const stated: (readonly [unknown, unknown])[] = [];
    const check = (value: unknown, expected: unknown): void => void stated.push([value, expected]);
    Reflect.apply(compileFunction(bodyOf(program), ['modules', 'check']), undefined, [modules, check]);
    expect(stated.length).toBeGreaterThan(0);
    for (const [value, expected] of stated) expect(value).toEqual(expected);
  });
});

/** The paths that a page names: its links, and what it writes as `packages/…` or, within packages, as `graph/src/…`. */
function pathsOn(page: string): readonly string[] {
  const links = Array.from(textOf(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g), ([, link = '']) => join(dirname(page), link));
  const written = Array.from(textOf(page).matchAll(/`((?:packages|apps|tools|docs)\/[\w./*-]+)`/g), ([, path = '']) => path);
  const within = Array.from(textOf(page).matchAll(/`((?:graph|compiler|backend-js|backend-closures|conformance|image|golden|xcorr)\/src\/[\w./*-]+)`/g), ([, path = '']) => `packages/${path}`);
  return [...links, ...written, ...within];
}

/** True when there is such a file or folder; a star stands for any name. */
function isThere(path: string): boolean {
  const [before = '', after] = path.split(/\/[^/]*\*/);
  if (after === undefined) return existsSync(join(root, path));
  const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('**/', '(?:.*/)?').replaceAll(/(?<!\.)\*/g, '[^/]*')}$`);
  return existsSync(join(root, before)) && readdirSync(join(root, before), { recursive: true, encoding: 'utf8' }).some((name) => pattern.test(`${before}/${name.replaceAll('\\', '/')}`));
}

test.each(pages)('every file that %s names is there', (page) => {
  // A name that the reader is to choose stands in capitals.
  expect(pathsOn(page).filter((path) => !path.includes('NAME') && !isThere(path))).toEqual([]);
});
