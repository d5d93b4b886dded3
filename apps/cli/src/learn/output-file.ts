import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeAtomically } from '@xcorr/image/node';
import { CommandError } from '../command-error.ts';
import { identityOf, isFolder } from '../files/identity.ts';
import { untilWritten } from '../interruption.ts';

/**
 * Looks whether texts could be written there, so that a wrong name is found before any work is done.
 *
 * @param outputs the paths to write, with the option that names each
 * @param inputs the files that must not be replaced
 * @throws CommandError when one is a folder, its folder is missing, or it is an input or another output.
 */
export async function checkOutputs(outputs: readonly (readonly [option: string, path: string])[], inputs: readonly string[]): Promise<void> {
  const known = new Map<string, string>();
  for (const path of inputs) known.set(await placeOf(path), `${path} is an input, and would be replaced`);
  for (const [option, path] of outputs) {
    if (path === '') throw new CommandError(`${option}: the name of the file to write is empty`);
    const folder = dirname(path);
    const around = await stat(folder).catch(() => undefined);
    if (around === undefined) throw new CommandError(`${option} ${path}: there is no folder ${folder}`);
    if (!around.isDirectory()) throw new CommandError(`${option} ${path}: ${folder} is not a folder`);
    if (await isFolder(path)) throw new CommandError(`${option} ${path}: a folder; give the name of a file in it`);
    const place = await placeOf(path);
    const taken = known.get(place);
    if (taken !== undefined) throw new CommandError(`${option} ${path}: ${taken}\n  name another file`);
    known.set(place, `it is written already, by ${option}`);
  }
}

/** What tells a file from all others, and where there is none its path. */
async function placeOf(path: string): Promise<string> {
  return (await identityOf(path)) ?? resolve(path);
}

/**
 * Writes a text whole or not at all, and does not let a signal end the command halfway.
 *
 * @throws PictureError when it cannot be written.
 */
export async function writeText(path: string, text: string): Promise<void> {
  await untilWritten(() => writeAtomically(path, Buffer.from(text)));
}
