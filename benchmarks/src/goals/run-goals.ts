import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../report/report.ts';
import { figuresOf, type Figures } from './goals.ts';

const separateRuns = 5;

/** What the goals need, in processes that measure what stands side by side, side by side. */
const parts: readonly (readonly string[])[] = [
  ['--only', '^(filter-(3x3|5x5|7x7|gauss15)-1080p|conv-.*|learn-(book|book-ten-calls|5x5-256|two-layers))$', '--contenders', '^(xcorr/js|hand/js|naive)$', '--rounds', '7'],
  ['--only', '^(cold-start|memory|compile|filter-[^-]+-(512|1080p)(-any-size)?$|filter-odd)', '--contenders', '^xcorr/js( in one file)?$', '--rounds', '5'],
];

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && 'rows' in value && 'memory' in value;
}

/** The figures of five separate runs. @throws Error when a run gives no report. */
export function runGoals(bench: string, say: (text: string) => void): readonly Figures[] {
  const folder = mkdtempSync(join(tmpdir(), 'xcorr-goals-'));
  try {
    return Array.from({ length: separateRuns }, (_, run) => {
      const reports = parts.map((words, part) => {
        const file = join(folder, `${run}-${part}.json`);
        say(`run ${run + 1} of ${separateRuns}, part ${part + 1} of ${parts.length}\n`);
        spawnSync(process.execPath, [bench, ...words, '--allow-missing', '--report', file], { stdio: ['ignore', 'ignore', 'inherit'] });
        const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
        if (!isReport(report)) throw new Error(`${file} holds no report`);
        return report;
      });
      return figuresOf(
        reports.flatMap(({ rows }) => rows),
        reports.flatMap(({ memory }) => memory),
      );
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
