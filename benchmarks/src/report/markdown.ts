import { labelOf, type Row } from '../row.ts';
import { median } from '../statistics.ts';
import type { Report } from './report.ts';
import { groups, rowsOf } from './groups.ts';

/** Three digits, without a unit. */
export function printFigure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** Workloads down, contenders across; the least of each line stands out where there is another. */
export function table(rows: readonly Row[]): string {
  const contenders = unique(rows.filter(({ milliseconds }) => milliseconds !== null).map(labelOf));
  const lines = unique(rows.map(({ workload }) => workload)).map((workload) => {
    const here = rows.filter((row) => row.workload === workload);
    const least = Math.min(...here.flatMap(({ milliseconds }) => milliseconds ?? []));
    const cells = contenders.map((name) => {
      const milliseconds = here.find((row) => labelOf(row) === name)?.milliseconds ?? undefined;
      if (milliseconds === undefined) return '-';
      return milliseconds === least && contenders.length > 1 ? `**${printFigure(milliseconds)}**` : printFigure(milliseconds);
    });
    return `| ${workload} | ${cells.join(' | ')} |`;
  });
  return [`| ms | ${contenders.join(' | ')} |`, `|---|${'---|'.repeat(contenders.length)}`, ...lines].join('\n');
}

/** How far rounds lie apart: the middle row, and the worst. */
function spreadOf(rows: readonly Row[]): string {
  const widths = rows.flatMap(({ milliseconds, low, high }) => (milliseconds === null || low === null || high === null ? [] : [(high - low) / milliseconds]));
  if (widths.length === 0) return 'Nothing was measured.';
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  return `Between the fastest and the slowest round of a row lie ${percent(median(widths))} of its median in the middle row, and ${percent(Math.max(...widths))} in the worst.`;
}

/** Why rows have no figure, and what must be known of others, each reason once a contender. */
function reasons(rows: readonly Row[]): string {
  const texts = unique(rows.flatMap((row) => (row.reason === undefined ? [] : [`- ${labelOf(row)}: ${row.reason}`])));
  return texts.length === 0 ? '' : `Without a figure, or with one that is no match:\n\n${texts.join('\n')}`;
}

function memoryTable({ memory }: Report): string {
  const lines = memory.map(({ contender, megabytes, ofPictures, reason }) => `| ${contender} | ${megabytes === null ? (reason ?? '-') : megabytes.toFixed(1)} | ${ofPictures?.toFixed(2) ?? '-'} |`);
  return ['| peak memory of a filter at 3840 x 2160, above an idle process | MB | by input and output |', '|---|---|---|', ...lines].join('\n');
}

function bytesTable({ bytes }: Report): string {
  const kilobytes = (value: number | null): string => (value === null ? '-' : (value / 1000).toFixed(1));
  const lines = bytes.map((row) => `| ${row.contender} | ${kilobytes(row.bytes)} | ${kilobytes(row.gzip)} | ${row.reason ?? ''} |`);
  return ['| what a page loads to filter a picture | kB, minified | kB, gzip | |', '|---|---|---|---|', ...lines].join('\n');
}

/** The generated part of docs/benchmarks.md. */
export function figuresSection(report: Report): string {
  const { command, machine, versions, rounds, rows } = report;
  const listed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const parts = groups.flatMap((group) => {
    const found = rowsOf(group, rows);
    if (found.length === 0) return [];
    return [`### ${group.title}`, group.note, ...(group.plot === undefined ? [] : [`![${group.title}](benchmarks/${group.plot}.svg)`]), table(found)];
  });
  return [
    `${machine.processor}, ${machine.cores} cores, ${machine.gigabytes} GB, ${machine.system}, Node ${machine.node}. \`${command}\`: ${rounds} rounds. ${spreadOf(rows)}`,
    `Versions: ${listed.join(', ')}.`,
    ...parts,
    ...(report.memory.length === 0 ? [] : ['### Memory and bytes', memoryTable(report)]),
    ...(report.bytes.length === 0 ? [] : [bytesTable(report)]),
    reasons(rows.filter(({ workload }) => !workload.startsWith('filter-odd'))),
  ].join('\n\n');
}
