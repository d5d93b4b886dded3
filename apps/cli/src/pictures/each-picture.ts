import { resolve } from 'node:path';
import { XcorrError } from '@xcorr/graph';
import { toDepth, type Depth, type DeepPicture, type Picture } from '@xcorr/image';
import type { WrittenFormat } from '@xcorr/image/node';
import type { BackendName } from '../backends/names.ts';
import type { RanOn } from '../backends/on-backend.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { whileComputing } from '../interruption.ts';
import { printJson } from '../json.ts';
import { progressOn } from '../progress.ts';
import type { Streams } from '../streams.ts';
import { planJobs, stream, type Job, type OutputOptions } from './jobs.ts';
import { readSource, writeTarget } from './picture-io.ts';

export interface PictureOptions extends OutputOptions {
  readonly backend?: BackendName | undefined;
  readonly pixelLimit?: number | undefined;
  readonly json?: boolean | undefined;
}

/** A picture that was made of another, and what there is to be said about it. */
export interface Made {
  readonly picture: Picture;
  /** Lines for a person: a title and a text each. */
  readonly notes: readonly (readonly [title: string, text: string])[];
  /** The same for machines. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly compiled: number;
  readonly ran: number;
}

/** What is the same for all pictures of one call. */
export interface Work {
  readonly command: string;
  readonly notes: Made['notes'];
  readonly facts: Made['facts'];
  readonly make: (picture: Picture) => Promise<Made>;
}

interface Side {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Bits of a sample. */
  readonly depth: Depth;
}

/** What became of one picture. */
interface Done {
  readonly read: Side;
  readonly written: Side & { readonly format: WrittenFormat };
  readonly made: Made;
  readonly milliseconds: { readonly read: number; readonly compile: number; readonly run: number; readonly write: number };
}

interface Failed {
  readonly path: string;
  readonly error: XcorrError;
}

/** The error of one picture, whose message names it. */
function naming({ source, target }: Job, error: XcorrError): XcorrError {
  const names = source === stream ? ['standard input', stream] : [source];
  if ([...names, target].some((name) => error.message.startsWith(`${name}: `))) return error;
  return new CommandError(`${names[0] ?? source}: ${error.message}`, { cause: error });
}

/**
 * Reads pictures, makes others of them, and writes these. One that fails among several does not keep the others from
 * being made: it is named at the end, and the status is `misuse`.
 *
 * What is said goes to stdout, or to stderr where a picture goes to stdout.
 *
 * @throws XcorrError when nothing can be done, or the only picture fails.
 */
export async function eachPicture(sources: readonly string[], options: PictureOptions, { command, ...work }: Work, ranOn: RanOn, streams: Streams): Promise<ExitStatus> {
  const json = options.json === true;
  if (options.output === stream && json) throw new CommandError('--json and a picture would both go to standard output\n  name a file with --output');
  if (options.output === stream && streams.stdout.isTTY === true) throw new CommandError('-: standard output is a terminal, which shows no pictures\n  name a file with --output, or pipe the picture on');
  const jobs = await planJobs(sources, options);
  const said = options.output === stream ? streams.stderr : streams.stdout;
  const progress = progressOn(streams, jobs.length, { json });
  const notes = (): Made['notes'] => [...work.notes, ['ran on', ranOn()]];
  const done: Done[] = [];
  const failed: Failed[] = [];
  for (const [index, job] of jobs.entries()) {
    progress.show(index, job.source);
    try {
      const result = await processed(job, work.make, options, streams);
      done.push(result);
      progress.hide();
      if (!json && jobs.length === 1) said.write(report(result, notes()));
      // What is the same for all stands once, above the first.
      else if (!json) said.write(`${done.length === 1 ? rows(notes()) : ''}${reportInOneLine(result)}`);
    } catch (error) {
      progress.hide();
      if (!(error instanceof XcorrError)) throw error;
      const named = naming(job, error);
      if (jobs.length === 1) throw named;
      failed.push({ path: job.source, error: named });
    }
  }
  progress.show(jobs.length, '');
  progress.hide();
  if (json)
    said.write(
      printJson({
        command,
        ...work.facts,
        ranOn: ranOn(),
        pictures: done.map(({ read, written, made, milliseconds }) => ({ read, written, ...made.facts, milliseconds })),
        failed: failed.map(({ path, error: { name, message } }) => ({ path, error: { name, message } })),
      }),
    );
  else if (failed.length > 0)
    streams.stderr.write(`xcorr: ${failed.length} of ${jobs.length} pictures failed\n${failed.map(({ error }) => `  ${error.message.replaceAll('\n', '\n  ')}\n`).join('')}`);
  return failed.length === 0 ? exitStatus.ok : exitStatus.misuse;
}

async function processed(job: Job, make: Work['make'], { pixelLimit }: PictureOptions, streams: Streams): Promise<Done> {
  const start = performance.now();
  const picture = await readSource(job.source, streams, pixelLimit);
  const read = performance.now();
  const made = await whileComputing(() => make(toDepth(picture, 8)));
  const computed = performance.now();
  await writeTarget(job, made.picture, streams);
  return {
    read: sideOf(job.source, picture),
    written: { ...sideOf(job.target === stream ? stream : resolve(job.target), made.picture), format: job.format },
    made,
    milliseconds: { read: read - start, compile: made.compiled, run: made.ran, write: performance.now() - computed },
  };
}

function sideOf(path: string, picture: Picture | DeepPicture): Side {
  const { width, height, channels } = picture;
  return { path, width, height, channels, depth: picture.data instanceof Uint16Array ? 16 : 8 };
}

/** The size of a picture that was read, and what of it is not seen. */
function sizeOf({ width, height, channels, depth }: Side): string {
  return `${width} x ${height}${channels === 1 ? ', grey' : ''}${depth === 16 ? ', 16 bits rounded to 8' : ''}`;
}

function report({ read, written, made, milliseconds }: Done, notes: Made['notes']): string {
  const time = `compiled in ${milliseconds.compile.toFixed(1)} ms, ran in ${milliseconds.run.toFixed(1)} ms`;
  return rows([['read', `${read.path}, ${sizeOf(read)}`], ...notes, ...made.notes, ['written', `${written.path}, ${written.width} x ${written.height}`], ['time', time]]);
}

function rows(notes: Made['notes']): string {
  return notes.map(([title, text]) => `${title.padEnd(10)}${text}\n`).join('');
}

function reportInOneLine({ read, written, made, milliseconds }: Done): string {
  const notes = made.notes.map(([title, text]) => `, ${title}: ${text}`).join('');
  return `${read.path}, ${sizeOf(read)} -> ${written.path}, ${written.width} x ${written.height}${notes}, ${(milliseconds.compile + milliseconds.run).toFixed(1)} ms\n`;
}
