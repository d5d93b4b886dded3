import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandError } from '../command-error.ts';

/**
 * Makes a folder, and those that should hold it, where they are not there.
 *
 * @throws CommandError when it cannot be made, or nothing can be written into it.
 */
export async function makeFolder(path: string): Promise<void> {
  const refuse = (what: string, error: unknown): never => {
    const reason = refusals[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
    throw new CommandError(`the folder ${path} cannot be ${what}: ${reason}\n  name another one with --output`, { cause: error });
  };
  await makeFolders(path).catch((error: unknown) => refuse('made', error));
  await access(path, constants.W_OK).catch((error: unknown) => refuse('written to', error));
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
  ENAMETOOLONG: 'the name is too long for the file system',
};
