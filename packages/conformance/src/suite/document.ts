import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printRecord, recordOf, type BackendRecord, type ConformanceRecord } from './table.ts';
import type { SuiteReport } from './run-suite.ts';

const files = { json: 'conformance.json', page: 'conformance.md' } as const;

function isRecord(value: unknown): value is ConformanceRecord {
  return typeof value === 'object' && value !== null && Object.values(value).every((each: unknown) => typeof each === 'object' && each !== null && 'checks' in each && 'measured' in each);
}

function read(folder: string): ConformanceRecord {
  const path = join(folder, files.json);
  if (!existsSync(path)) return {};
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isRecord(value)) throw new TypeError(`${path} is no record of conformance; remove it and write it anew`);
  return value;
}

const asText = (record: BackendRecord | ConformanceRecord): string => JSON.stringify(record, undefined, 1);

/** Puts what was found of a backend into `conformance.json` and `conformance.md` of a folder; other backends stay. */
export function writeDocument(folder: string, report: SuiteReport): void {
  const all = Object.entries({ ...read(folder), [report.backend]: recordOf(report) }).sort(([a], [b]) => (a < b ? -1 : 1));
  const record = Object.fromEntries(all);
  writeFileSync(join(folder, files.json), `${asText(record)}\n`);
  writeFileSync(join(folder, files.page), printRecord(record));
}

/** Where the files of a folder no longer say what was found of a backend; undefined where they do. */
export function documentProblem(folder: string, report: SuiteReport): string | undefined {
  const mend = 'npm run conformance:write writes it anew';
  const record = read(folder);
  const known = record[report.backend];
  if (known === undefined) return `${files.json} says nothing of ${report.backend}; ${mend}`;
  const [was, is] = [asText(known).split('\n'), asText(recordOf(report)).split('\n')];
  const differs = is.findIndex((line, position) => line !== was[position]);
  if (differs >= 0 || was.length !== is.length) return `${files.json} says of ${report.backend}: ${String(was[differs]).trim()}, and it is: ${String(is[differs]).trim()}; ${mend}`;
  const page = join(folder, files.page);
  return existsSync(page) && readFileSync(page, 'utf8') === printRecord(record) ? undefined : `${files.page} does not hold the tables of ${files.json}; ${mend}`;
}
