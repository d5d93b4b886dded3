import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groups, rowsOf } from './groups.ts';
import { figuresSection } from './markdown.ts';
import { plot } from './plot.ts';
import type { Report } from './report.ts';
import { withSection } from './section.ts';

const docs = join(import.meta.dirname, '../../../docs');
const page = join(docs, 'benchmarks.md');

export function writeSection(name: string, content: string): void {
  writeFileSync(page, withSection(readFileSync(page, 'utf8'), name, content));
}

/** The figures of a run into docs/benchmarks.md, and its plots beside it. */
export function writeFigures(report: Report): void {
  mkdirSync(join(docs, 'benchmarks'), { recursive: true });
  for (const group of groups) {
    const rows = rowsOf(group, report.rows).filter(({ workload }) => group.plotted?.test(workload) ?? false);
    if (group.plot !== undefined && rows.some(({ milliseconds }) => milliseconds !== null)) writeFileSync(join(docs, `benchmarks/${group.plot}.svg`), plot(group.title, rows));
  }
  writeSection('figures', figuresSection(report));
}
