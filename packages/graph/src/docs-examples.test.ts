import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { programsIn, stated, withChecks } from '../testing/docstrings.ts';
import * as analyses from './analyses/index.ts';
import * as gradients from './gradient-tools/index.ts';
import * as graph from './index.ts';
import * as text from './text/index.ts';

// Documentation that is wrong is worse than none: every example in a docstring is run.
//
//   /** x * x. @example evaluate(square(3)).item(); // => 9 */
//
// An example is a program; `expression; // => value` states the value of an expression, which may span lines.
// Everything that the package, graph and its other entries, compiler and backend-js export is in scope.

/** All entries of this package. */
const ofGraph = { ...graph, ...text, ...gradients, ...analyses };
const packages = join(import.meta.dirname, '../..');
const inEveryScope = ['graph', 'compiler', 'backend-js'];

interface Example {
  /** `graph/src/ops/reduce.ts:28`. */
  readonly place: string;
  readonly package: string;
  /** The function, constant or class that the docstring belongs to. */
  readonly subject: string;
  readonly code: string;
}

function sourcesOf(name: string): readonly string[] {
  const folder = join(packages, name, 'src');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file)).sort();
}

function examplesIn(name: string, file: string): readonly Example[] {
  const source = readFileSync(join(packages, name, 'src', file), 'utf8');
  const docstrings = source.matchAll(/\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*(?:export\s+)?(?:declare\s+|abstract\s+|async\s+)*(?:\w+\s+)?(\w*)/g);
  return Array.from(docstrings).flatMap((match) => {
    const [, text = '', subject = ''] = match;
    const line = source.slice(0, match.index).split('\n').length;
    return programsIn(text).map((code) => ({ place: `${name}/src/${file}:${line}`, package: name, subject, code }));
  });
}

/** The sources of a package's entries. */
function entriesOf(name: string): readonly string[] {
  const manifest = join(packages, name, 'package.json');
  if (!existsSync(manifest)) return [];
  return Array.from(readFileSync(manifest, 'utf8').matchAll(/"@xcorr\/source": "([^"]*)"/g), ([, entry = '']) => entry);
}

async function exportsOf(name: string): Promise<Readonly<Record<string, unknown>>> {
  if (name === 'graph') return ofGraph;
  const all: [string, unknown][] = [];
  for (const entry of entriesOf(name)) {
    const exported: unknown = await import(/* @vite-ignore */ join(packages, name, entry));
    all.push(...Object.entries(exported ?? {}));
  }
  return Object.fromEntries(all);
}

/** Runs the program and gives every value with what was stated of it. */
async function run({ code, package: name }: Example): Promise<readonly (readonly [unknown, unknown])[]> {
  const pairs: (readonly [unknown, unknown])[] = [];
  const scope = new Map<string, unknown>([[stated, (value: unknown, expected: unknown) => pairs.push([value, expected])]]);
  for (const each of [...inEveryScope, name]) for (const [key, value] of Object.entries(await exportsOf(each))) scope.set(key, value);
  const { code: body } = transformSync(`async () => {\n${withChecks(code)}\n}`, { loader: 'ts', target: 'es2022' });
  const program: unknown = Reflect.apply(compileFunction(`return ${body}`, [...scope.keys()]), undefined, [...scope.values()]);
  if (typeof program === 'function') await Reflect.apply(program, undefined, []);
  return pairs;
}

const names = readdirSync(packages).filter((name) => sourcesOf(name).length > 0);
const examples = names.flatMap((name) => sourcesOf(name).flatMap((file) => examplesIn(name, file)));

test.each(examples)('$place $subject', async (example) => {
  const pairs = await run(example);
  expect(pairs.length, 'an example states at least one value: expression; // => value').toBeGreaterThan(0);
  for (const [value, expected] of pairs) expect(value).toEqual(expected);
});

/** Functions of @xcorr/graph whose examples would say nothing, with the reason. */
const withoutExample: Readonly<Record<string, string>> = {
  XcorrError: 'errors are caught, not made',
  CompileError: 'errors are caught, not made',
  FeedError: 'errors are caught, not made',
  GradientError: 'errors are caught, not made',
  ParseError: 'errors are caught, not made',
  ShapeError: 'errors are caught, not made',
  ValueError: 'errors are caught, not made',
};

describe('every function of the graph package has an example', () => {
  const documented = new Set(examples.filter(({ package: name }) => name === 'graph').map(({ subject }) => subject));
  const functions = Object.entries(ofGraph).filter(([, value]) => typeof value === 'function').map(([name]) => name);

  test('that ran', () => {
    expect(functions.filter((name) => !documented.has(name) && withoutExample[name] === undefined)).toEqual([]);
  });

  test('and no exception is left over', () => {
    expect(Object.keys(withoutExample).filter((name) => documented.has(name) || !functions.includes(name))).toEqual([]);
  });
});

describe('how examples are read', () => {
  test('one line, several lines, another tag behind them', () => {
    expect(programsIn(' x * x. @example square(3); // => 9 ')).toEqual(['square(3); // => 9']);
    expect(programsIn('\n * About.\n * @example\n * const a = 1;\n * a; // => 1\n * @throws Never.\n ')).toEqual(['const a = 1;\na; // => 1']);
  });

  test('the expression before a value is the shortest that is one', () => {
    expect(withChecks('const a = [\n  1,\n];\na.map(\n  (x) => x,\n); // => [1]')).toBe('const a = [\n  1,\n];\n__stated(a.map(\n  (x) => x,\n),\n[1]);');
  });

  test('a value that is not the stated one is found', async () => {
    expect(await run({ place: '', package: 'graph', subject: '', code: 'const x: number = 2;\nevaluate(mul(x, 3)).item(); // => 7' })).toEqual([[6, 7]]);
  });
});
