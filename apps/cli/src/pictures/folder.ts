import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '@xcorr/image/node';
import { CommandError } from '../command-error.ts';
import { isFolder } from '../files/identity.ts';

/**
 * Looks whether a folder can be written into, or made where it is missing, so that a wrong name is found before any work
 * is done. Nothing is made.
 *
 * @throws CommandError when a file stands in its place or above it, or there is no permission.
 */
export async function checkFolder(path: string): Promise<void> {
  try {
    await access(path, constants.W_OK);
  } catch (error) {
    const parent = dirname(path);
    if (systemCode(error) !== 'ENOENT' || parent === path) throw refusal(path, systemCode(error) === 'ENOTDIR' ? 'made' : 'written to', error);
    // Whatever is wrong above keeps this one from being made.
    return checkParent(path, parent);
  }
  if (!(await isFolder(path))) throw refusal(path, 'made', 'EEXIST');
}

async function checkParent(path: string, parent: string): Promise<void> {
  try {
    await access(parent, constants.W_OK);
  } catch (error) {
    const above = dirname(parent);
    if (systemCode(error) !== 'ENOENT' || above === parent) throw refusal(path, 'made', error);
    return checkParent(path, above);
  }
  if (!(await isFolder(parent))) throw refusal(path, 'made', 'ENOTDIR');
}

/**
 * Makes a folder, and those that should hold it, where they are not there.
 *
 * @throws CommandError when it cannot be made, or nothing can be written into it.
 */
export async function makeFolder(path: string): Promise<void> {
  await makeFolders(path).catch((error: unknown) => {
    throw refusal(path, 'made', error);
  });
  await access(path, constants.W_OK).catch((error: unknown) => {
    throw refusal(path, 'written to', error);
  });
}

/**
 * The folder and those that should hold it, each asked for once. The recursive mkdir of Node.js asks for ever where the
 * system says ENOENT below a folder that is there, as file systems do that the kernel makes up.
 */
async function makeFolders(path: string): Promise<void> {
  const found = await stat(path).catch(systemCode);
  if (typeof found === 'object' && found.isDirectory()) return;
  const parent = dirname(path);
  if (found === 'ENOENT' && parent !== path) await makeFolders(parent);
  await mkdir(path);
}

/** @param error what the system said, or the code that it would say */
function refusal(path: string, what: string, error: unknown): CommandError {
  const reason = refusals[typeof error === 'string' ? error : (systemCode(error) ?? '')] ?? (error instanceof Error ? error.message : String(error));
  return new CommandError(`the folder ${path} cannot be ${what}: ${reason}\n  name another one with --output`, { cause: error });
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
