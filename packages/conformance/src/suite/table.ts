import type { DType } from '@xcorr/graph';
import { defaultExtent, fullExtent, type Measurement } from './check.ts';
import type { SuiteReport } from './run-suite.ts';
import type { Status } from './verdict.ts';

/** The largest error of an operation on one backend, rounded so that it is the same on every machine. */
export interface MeasuredRow {
  readonly operation: string;
  readonly dtype: DType;
  readonly measure: Measurement['measure'];
  readonly domain: string;
  readonly largest: string;
  readonly allowed: number;
}

/** What is kept of one backend. */
export interface BackendRecord {
  readonly dtypes: readonly DType[];
  readonly checks: Readonly<Record<string, Status>>;
  /** Known gaps, and their reasons. */
  readonly gaps: Readonly<Record<string, string>>;
  /** What is not judged, why, and what was found: nothing where it is as IEEE 754 says. */
  readonly unspecified: Readonly<Record<string, { readonly reason: string; readonly found: readonly string[] }>>;
  /** What was not looked at or does not apply, and why. */
  readonly leftOut: Readonly<Record<string, readonly string[]>>;
  readonly measured: readonly MeasuredRow[];
}

/** Of every backend that was measured, by its name. */
export type ConformanceRecord = Readonly<Record<string, BackendRecord>>;

/** It depends on the machine whether this one runs. */
const dependsOnMachine = 'numbers: the folder of vectors';

function shown(value: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return 'not a number';
  return value >= 10 ? value.toFixed(0) : value.toFixed(2);
}

/** Errors of functions: what is more than half a unit, up to the next half. Engines differ in the digits behind. */
const shownUnits = (value: number): string => shown(value <= 0.5 + 2 ** -20 ? value : Math.ceil(2 * value) / 2);

/** What is kept of a run of the whole suite. */
export function recordOf({ dtypes, results }: SuiteReport): BackendRecord {
  const kept = results.filter(({ name }) => name !== dependsOnMachine);
  return {
    dtypes,
    checks: Object.fromEntries(kept.map(({ name, status }) => [name, status])),
    gaps: Object.fromEntries(kept.flatMap(({ name, status, reason = '' }) => (status === 'known gap' ? [[name, reason]] : []))),
    unspecified: Object.fromEntries(kept.flatMap(({ name, status, problems, reason = '' }) => (status === 'unspecified' ? [[name, { reason, found: problems }]] : []))),
    leftOut: Object.fromEntries(
      kept.flatMap(({ name, status, reason, leftOut }) => {
        const all = [...((status === 'not run' || status === 'does not apply') && reason !== undefined ? [reason] : []), ...leftOut];
        return all.length === 0 ? [] : [[name, all]];
      }),
    ),
    measured: kept.flatMap(({ measured }) => measured.map((each): MeasuredRow => ({ ...each, largest: (each.measure === 'ulp' ? shownUnits : shown)(each.largest) }))),
  };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** One row for each operation of one measure, one column for each backend and dtype. */
function measuredTable(record: ConformanceRecord, measure: Measurement['measure']): string {
  const columns = Object.entries(record).flatMap(([backend, { dtypes }]) => dtypes.map((dtype) => [backend, dtype] as const));
  const all = Object.values(record).flatMap(({ measured }) => measured.filter((row) => row.measure === measure));
  const operations = [...new Map(all.map((row) => [row.operation, row])).values()];
  return table(
    ['operation', 'operands', 'allowed', ...columns.map(([backend, dtype]) => `${backend}, ${dtype}`)],
    operations.map(({ operation, domain, allowed }) => [
      `\`${operation}\``,
      domain,
      String(allowed),
      ...columns.map(([backend, dtype]) => record[backend]?.measured.find((row) => row.operation === operation && row.dtype === dtype)?.largest ?? ''),
    ]),
  );
}

function checksTable(record: ConformanceRecord): string {
  const names = [...new Set(Object.values(record).flatMap(({ checks }) => Object.keys(checks)))];
  return table(['check', ...Object.keys(record)], names.map((name) => [name, ...Object.values(record).map(({ checks }) => checks[name] ?? '')]));
}

function notes(record: ConformanceRecord): readonly string[] {
  return Object.entries(record).flatMap(([backend, { gaps, unspecified, leftOut }]) => [
    ...Object.entries(gaps).map(([name, reason]) => `- ${backend}, known gap, ${name}: ${reason}`),
    ...Object.entries(unspecified).map(([name, { reason, found }]) => `- ${backend}, unspecified, ${name} (${reason}): ${found.length === 0 ? 'as IEEE 754' : found.join('; ')}`),
    ...Object.entries(leftOut).map(([name, reasons]) => `- ${backend}, left out, ${name}: ${reasons.join('; ')}`),
  ]);
}

/** The tables as a page. */
export function printRecord(record: ConformanceRecord): string {
  const said = notes(record);
  const { graphs, certified } = defaultExtent;
  return [
    '# Conformance',
    'What every backend was found to do by the suite of `@xcorr/conformance`. `npm run conformance:write` writes this page; a test keeps it true.',
    '## Errors of functions',
    'The largest error in units in the last place, over the operands that are named, from values of 100 bits more than a double has. What is more than half a unit is rounded up to the next half.',
    measuredTable(record, 'ulp'),
    '## Errors of sums',
    'The largest c for which |got - want| = c u (sum of |terms|), where u is 2^-24 for float32 and 2^-53 for float64. What is wanted are sums in float64, in the order of the interpreter: 0 in float64 says that a backend takes them in that order too.',
    measuredTable(record, 'c'),
    '## Checks',
    `Random graphs: ${graphs} of each set, where no other number stands below, of which every ${Math.round(1 / certified)}th is certified at each stage of its compilation. \`npm run test:full\` takes ${fullExtent.graphs} of each and certifies all of them, in about two minutes of one core for a backend.`,
    checksTable(record),
    ...(said.length === 0 ? [] : ['## Gaps, what drivers decide, and what was left out', said.join('\n')]),
    '',
  ].join('\n\n').trimEnd().concat('\n');
}

/** A run as text: what failed, what was not judged, and what was measured. */
export function printSuite(report: SuiteReport): string {
  const counts = new Map<Status, number>();
  for (const { status } of report.results) counts.set(status, (counts.get(status) ?? 0) + 1);
  const lines = report.results.flatMap(({ name, status, problems, reason, leftOut }) => [
    ...(status === 'passed' ? [] : [`${status}: ${name}${reason === undefined ? '' : ` (${reason})`}`, ...problems.map((problem) => `  ${problem.replaceAll('\n', '\n  ')}`)]),
    ...leftOut.map((each) => `left out: ${name}: ${each}`),
  ]);
  const measured = report.results.flatMap((result) => result.measured).map(({ operation, dtype, measure, largest, allowed }) => `  ${operation.padEnd(22)} ${dtype}  ${shown(largest).padStart(6)} ${measure}, ${allowed} allowed`);
  return [`${report.backend}: ${[...counts].map(([status, count]) => `${count} ${status}`).join(', ')}`, ...lines, ...measured].join('\n');
}
