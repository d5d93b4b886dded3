import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../command-error.ts';
import type { ExitStatus } from '../exit-status.ts';
import type { Streams } from '../streams.ts';
import { book } from './book.ts';
import { edges } from './edges.ts';

export const photograph: string = fileURLToPath(new URL('../../assets/alpine-landscape.jpg', import.meta.url));

/** The chapter, then the edges of a photograph, found by the chapter's kernel and by Sobel's. */
export async function demo({ output }: { readonly output: string }, streams: Streams): Promise<ExitStatus> {
  await makeFolder(output);
  const status = book({}, streams);
  streams.stdout.write('\nThe edges of a photograph\n');
  for (const kernel of ['book', 'sobel']) {
    streams.stdout.write('\n');
    await edges(photograph, { output: join(output, `edges-${kernel}.png`), kernel }, streams);
  }
  return status;
}

async function makeFolder(path: string): Promise<void> {
  await makeFolders(path).catch((error: unknown) => {
    const reason = refusals[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
    throw new CommandError(`the folder ${path} cannot be made: ${reason}\n  name another one with --output`, { cause: error });
  });
}

/**
 * The folder and those that should hold it, each asked for once. The recursive mkdir of Node.js asks for ever where the
 * system says ENOENT below a folder that is there, as file systems do that the kernel makes up.
 */
async function makeFolders(path: string): Promise<void> {
  const found = await stat(path).catch(codeOf);
  if (typeof found !== 'string' && found.isDirectory()) return;
  const parent = dirname(path);
  if (found === 'ENOENT' && parent !== path) await makeFolders(parent);
  await mkdir(path);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const refusals: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'what should hold it is a file',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'no folder can be made there',
};
