import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { rowWithout, measuredRow, type Row } from '../row.ts';
import { median, spread } from '../statistics.ts';
import { isRecord } from '../peers/frames.ts';
import { smallestUses } from './smallest-uses.ts';
import { writeIdle, writeUse } from './use-files.ts';

// Whole processes, from their start to their end: how long, and how much memory.

interface Outcome {
  readonly milliseconds: number;
  readonly kilobytes: number;
}

/** @throws Error with the process's last words where it failed. */
function runProcess(file: string, height: number, width: number): Outcome {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', file, String(height), String(width)], { encoding: 'utf8' });
  const milliseconds = performance.now() - start;
  const told: unknown = status === 0 ? JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) : undefined;
  if (!isRecord(told) || typeof told['kilobytes'] !== 'number') throw new Error(stderr.split('\n').find((line) => line.includes('Error')) ?? `the process ended with ${status ?? 'a signal'}`);
  return { milliseconds, kilobytes: told['kilobytes'] };
}

/** The contender that does nothing. */
export const emptyProcess = 'empty process';

interface Subject {
  readonly contender: string;
  readonly file: string;
  readonly outcomes: Outcome[];
  failed?: string;
}

/** Runs all subjects in turn, round by round. */
function runAll(contenders: RegExp, height: number, width: number, rounds: number): readonly Subject[] {
  const subjects: Subject[] = [
    { contender: emptyProcess, file: writeIdle(), outcomes: [] },
    ...smallestUses.filter(({ contender }) => contenders.test(contender)).map((use) => ({ contender: use.contender, file: writeUse(use), outcomes: [] })),
  ];
  // The first round fills the caches of files, and does not count.
  for (let round = -1; round < rounds; round++)
    for (const subject of subjects) {
      if (subject.failed !== undefined) continue;
      try {
        const outcome = runProcess(subject.file, height, width);
        if (round >= 0) subject.outcomes.push(outcome);
      } catch (error) {
        subject.failed = error instanceof Error ? error.message : String(error);
      }
    }
  return subjects;
}

export const coldStart = 'cold-start-512';

/** From the start of a process to its end, with one filtered picture of 512 x 512 between. */
export function coldStarts(contenders: RegExp, rounds: number): readonly Row[] {
  return runAll(contenders, 512, 512, rounds).map(({ contender, outcomes, failed }) => {
    const named = { workload: coldStart, contender, threads: 1 };
    if (failed !== undefined) return rowWithout(named, failed);
    return measuredRow(named, spread(outcomes.map(({ milliseconds }) => milliseconds)), null);
  });
}

export const peakMemory = 'memory-4k';

export interface MemoryRow {
  readonly contender: string;
  /** At most, above a process that does nothing; null where it failed. */
  readonly megabytes: number | null;
  /** That, by the bytes of the picture and of its filtered version. */
  readonly ofPictures: number | null;
  readonly reason?: string;
}

/** What one filtered picture of 3840 x 2160 takes. */
export function peakMemories(contenders: RegExp, rounds: number): readonly MemoryRow[] {
  const [height, width] = [2160, 3840];
  const subjects = runAll(contenders, height, width, rounds);
  const kilobytes = ({ outcomes }: Subject): number => median(outcomes.map((outcome) => outcome.kilobytes));
  const [idle, ...others] = subjects;
  if (idle === undefined || idle.outcomes.length === 0) return [];
  const pictures = 4 * (height * width + (height - 2) * (width - 2));
  return others.map((subject) => {
    if (subject.failed !== undefined) return { contender: subject.contender, megabytes: null, ofPictures: null, reason: subject.failed };
    const bytes = 1024 * (kilobytes(subject) - kilobytes(idle));
    return { contender: subject.contender, megabytes: bytes / 1e6, ofPictures: bytes / pictures };
  });
}
