import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program as a user would write it, in TypeScript. */
export type Example = { readonly file: string; readonly text: string };

/** The first TypeScript block of a Markdown text; nothing when it has none. */
export function firstExample(markdown: string): string | undefined {
  return /^```(?:ts|typescript)\b[^\n]*\n(?<text>[\s\S]*?)^```/m.exec(markdown.replaceAll('\r\n', '\n'))?.groups?.['text'];
}

/** What the README shows first, as a file of its own; the learning step of the book while no README shows anything. */
export function example(root: string): Example {
  const readme = join(root, 'README.md');
  const text = existsSync(readme) ? firstExample(readFileSync(readme, 'utf8')) : undefined;
  return text === undefined ? fixture(root, 'learning-step.ts') : { file: 'README.ts', text };
}

/**
 * What the README of a package shows first, as a file of its own.
 *
 * @param folder  relative to the root: `packages/xcorr`
 * @throws Error when it shows nothing
 */
export function packageExample(root: string, folder: string): Example {
  const text = firstExample(readFileSync(join(root, folder, 'README.md'), 'utf8'));
  if (text === undefined) throw new Error(`${folder}/README.md: it shows no program in TypeScript`);
  return { file: `${folder.replaceAll('/', '-')}.ts`, text };
}

/** A program that is kept for the checks. */
export function fixture(root: string, file: string): Example {
  return { file, text: readFileSync(join(root, 'tools/fixtures', file), 'utf8') };
}
