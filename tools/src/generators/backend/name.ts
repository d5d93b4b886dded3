import type { Tree } from '../tree.ts';
import { copied, model, readModel } from './model.ts';

/** What a new backend is called in each of its places. */
export interface Name {
  /** `web-gpu`, in `@xcorr/backend-web-gpu`. */
  readonly name: string;
  /** The function that makes it: `webGpu`. */
  readonly identifier: string;
  /** `packages/backend-web-gpu`. */
  readonly folder: string;
}

const longest = 40;

/** The name nearest to a text that is one; nothing where none is near. */
function nearest(text: string): string | undefined {
  const words = text.split('/').at(-1)?.toLowerCase().replace(/^(?:@xcorr\/)?backend-/, '').match(/[a-z0-9]+/g) ?? [];
  const name = words.join('-').replace(/^[\d-]+/, '').slice(0, longest).replace(/-$/, '');
  return name === '' ? undefined : name;
}

function refusal(text: string, law: string, mend: string): Error {
  return new Error(`backend: ${text}\n  law   ${law}\n  mend  ${mend}`);
}

/** A source without its comments and quoted texts. */
function codeOf(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'/g, ' ');
}

/** True for words of the language, which no function can be called. */
function isReserved(identifier: string): boolean {
  try {
    // oxlint-disable-next-line no-new, typescript/no-implied-eval -- parsed, never run; the identifier is letters and digits
    new Function(`'use strict'; async () => { let ${identifier}; };`);
    return false;
  } catch {
    return true;
  }
}

/**
 * The names of a new backend.
 *
 * @throws Error when the text is no name, the package is there, or its function could not be called so.
 */
export function checkName(tree: Tree, given: unknown): Name {
  if (typeof given !== 'string' || given.length > longest || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(given)) {
    const near = typeof given === 'string' ? nearest(given) : undefined;
    throw refusal(
      given === undefined ? 'the new backend has no name' : `${JSON.stringify(given)} is no name of a backend`,
      `lower-case letters and digits, a letter first, words joined by -, ${longest} characters at most`,
      `npx nx g @xcorr/tools:backend ${near ?? 'NAME'}`,
    );
  }
  const folder = `packages/backend-${given}`;
  if (tree.exists(folder)) throw refusal(`${folder} is there already`, 'a package is laid out once, and nothing is overwritten', 'choose another name, or remove that folder first');
  const identifier = given.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const sources = copied.filter((file) => file.endsWith('.ts')).map((file) => codeOf(readModel(tree, file)));
  if (isReserved(identifier) || (identifier !== model && sources.some((source) => new RegExp(`\\b${identifier}\\b`).test(source))))
    throw refusal(
      `no function of a backend can be called ${identifier}`,
      'the function that makes a backend has its name, which is no word of the language and means nothing else in its sources',
      `npx nx g @xcorr/tools:backend my-${given}`,
    );
  return { name: given, identifier, folder };
}
