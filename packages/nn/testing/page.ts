import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import * as backend from '@xcorr/backend-js';
import * as compiler from '@xcorr/compiler';
import * as graph from '@xcorr/graph';
import * as nn from '../src/index.ts';
import * as node from '../src/node/index.ts';

/** A program of a page, and the block of text behind it, if that is what follows. */
export interface PageProgram {
  readonly code: string;
  readonly prints: string | undefined;
}

/** The programs of a page of markdown. */
export function programsOf(path: string): readonly PageProgram[] {
  const page = readFileSync(path, 'utf8');
  return Array.from(page.matchAll(/```ts\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g), ([, code = '', prints]) => ({ code, prints }));
}

/** What a program says: values stated as `expression; // => value`, and lines printed. */
export interface Said {
  readonly stated: readonly (readonly [value: unknown, expected: unknown])[];
  readonly printed: readonly string[];
}

const modules: Readonly<Record<string, unknown>> = { '@xcorr/graph': graph, '@xcorr/compiler': compiler, '@xcorr/backend-js': backend, '@xcorr/nn': nn, '@xcorr/nn/node': node };

/** Runs a program of a page. */
export async function run(code: string): Promise<Said> {
  const body = code
    .replaceAll(/^import \{ (.*) \} from '(.*)';$/gm, (_, names: string, from: string) => `const { ${names} } = modules['${from}'];`)
    .replaceAll(/^(.*); \/\/ => (.*)$/gm, (_, expression: string, value: string) => `check(${expression}, ${value});`);
  const stated: (readonly [unknown, unknown])[] = [];
  const printed: string[] = [];
  const check = (value: unknown, expected: unknown): void => void stated.push([value, expected]);
  const told = { log: (text: string): void => void printed.push(text) };
  await Reflect.apply(compileFunction(`return (async () => {\n${body}\n})()`, ['modules', 'check', 'console']), undefined, [modules, check, told]);
  return { stated, printed };
}
