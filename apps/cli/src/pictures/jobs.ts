import { basename, join, sep } from 'node:path';
import { checkOutput, type WrittenFormat } from '@xcorr/image/node';
import { CommandError } from '../command-error.ts';
import { identityOf, isFolder } from '../files/identity.ts';
import { extensionOf, formatOfName, stemOf } from './format-names.ts';
import { checkFolder } from './folder.ts';

/** Stands for standard input as a source, and for standard output as a target. */
export const stream = '-';

/** A picture to read, and where its result goes. */
export interface Job {
  readonly source: string;
  readonly target: string;
  readonly format: WrittenFormat;
  /** The folder to be made before the result is written. */
  readonly folder?: string;
}

export interface OutputOptions {
  /** A file, a folder, or `-`. */
  readonly output: string;
  readonly format?: WrittenFormat | undefined;
  /** Whether an input may be replaced by its result. */
  readonly overwrite?: boolean | undefined;
}

/**
 * What is read and what is written, settled before any work is done: several pictures go into a folder under their own
 * names, and one does where the output is a folder. Nothing is made: a folder that is missing is made with the first result.
 *
 * @throws CommandError or PictureError when an output cannot be written, two outputs have one name, or one is an input.
 */
export async function planJobs(sources: readonly string[], options: OutputOptions): Promise<readonly Job[]> {
  const { output, overwrite } = options;
  if (output === '') throw new CommandError('the name of the output is empty');
  if (sources.filter((source) => source === stream).length > 1) throw new CommandError('- is given twice; standard input can be read but once');
  const folderIsThere = output !== stream && (await isFolder(output));
  const intoFolder = sources.length > 1 || output.endsWith('/') || output.endsWith(sep) || folderIsThere;
  if (output === stream && sources.length > 1) throw new CommandError(`${sources.length} pictures cannot go to standard output\n  name a folder with --output`);
  if (sources.length > 1 && formatOfName(output) !== undefined && !folderIsThere)
    throw new CommandError(`${output} names one picture, and ${sources.length} are given\n  name a folder with --output`);
  const jobs = sources.map((source) => (intoFolder ? jobInFolder(source, options) : jobOf(source, options)));
  refuseSameNames(jobs);
  if (overwrite !== true) await refuseInputs(jobs);
  if (intoFolder) await checkFolder(output);
  // In a folder that is yet to be made nothing stands in the way.
  if (!intoFolder || folderIsThere) for (const { target } of jobs) if (target !== stream) await checkOutput(target);
  return jobs;
}

function jobOf(source: string, { output, format }: OutputOptions): Job {
  if (output === stream) return { source, target: stream, format: format ?? 'png' };
  const named = formatOfName(output);
  if (format !== undefined && named !== undefined && named !== format)
    throw new CommandError(`--format ${format}: the name ${output} says ${named}\n  leave --format out; it is for folders and for standard output`);
  // A name that says no format is refused by checkOutput.
  return { source, target: output, format: named ?? format ?? 'png' };
}

/** In a folder a picture keeps its name, and its format where that can be written. */
function jobInFolder(source: string, { output, format }: OutputOptions): Job {
  const name = source === stream ? 'stdin' : basename(source);
  const own = formatOfName(name);
  if (own !== undefined && (format === undefined || format === own)) return { source, target: join(output, name), format: own, folder: output };
  const wanted = format ?? 'png';
  return { source, target: join(output, `${stemOf(name)}${extensionOf(wanted)}`), format: wanted, folder: output };
}

/** Where case does not tell names apart, it must not keep two results apart. */
const foldsCase = process.platform === 'darwin' || process.platform === 'win32';

function refuseSameNames(jobs: readonly Job[]): void {
  const first = new Map<string, Job>();
  for (const job of jobs) {
    const key = foldsCase ? job.target.normalize().toLowerCase() : job.target;
    const other = first.get(key);
    if (other !== undefined)
      throw new CommandError(`${other.source} and ${job.source} would both be written to ${job.target}\n  filter them in two runs, into two folders`);
    first.set(key, job);
  }
}

/** An input is not replaced by mistake: what is lost of it cannot be had again. Links are no way around this. */
async function refuseInputs(jobs: readonly Job[]): Promise<void> {
  const identities = await Promise.all(jobs.map(async ({ source }) => (source === stream ? undefined : identityOf(source))));
  for (const { target } of jobs) {
    const identity = target === stream ? undefined : await identityOf(target);
    const at = identity === undefined ? -1 : identities.indexOf(identity);
    if (at >= 0) throw new CommandError(`${target} is an input, and would be replaced${target === jobs[at]?.source ? '' : ` (it is ${jobs[at]?.source ?? ''})`}\n  name another output, or add --overwrite`);
  }
}
