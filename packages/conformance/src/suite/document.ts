import type * as FileSystem from 'node:fs';
import { nodeProcess } from '../node-process.ts';
import { printRecord, recordOf, type BackendRecord, type ConformanceRecord } from './table.ts';
import type { SuiteReport } from './run-suite.ts';

const names = { json: 'conformance.json', page: 'conformance.md' } as const;

function files(): typeof FileSystem {
  const found = nodeProcess()?.getBuiltinModule('node:fs');
  if (found === undefined) throw new Error(`${names.json} is a file, and there are none here; give a function as \`document\`, which hands the report to Node`);
  return found;
}

function isRecord(value: unknown): value is ConformanceRecord {
  return typeof value === 'object' && value !== null && Object.values(value).every((each: unknown) => typeof each === 'object' && each !== null && 'checks' in each && 'measured' in each);
}

function read(folder: string): ConformanceRecord {
  const path = `${folder}/${names.json}`;
  if (!files().existsSync(path)) return {};
  const value: unknown = JSON.parse(files().readFileSync(path, 'utf8'));
  if (!isRecord(value)) throw new TypeError(`${path} is no record of conformance; remove it and write it anew`);
  return value;
}

const asText = (record: BackendRecord | ConformanceRecord): string => JSON.stringify(record, undefined, 1);

/** Puts what was found of a backend into `conformance.json` and `conformance.md` of a folder; other backends stay. */
export function writeDocument(folder: string, report: SuiteReport): void {
  const all = Object.entries({ ...read(folder), [report.backend]: recordOf(report) }).sort(([a], [b]) => (a < b ? -1 : 1));
  const record = Object.fromEntries(all);
  files().writeFileSync(`${folder}/${names.json}`, `${asText(record)}\n`);
  files().writeFileSync(`${folder}/${names.page}`, printRecord(record));
}

/** Where the files of a folder no longer say what was found of a backend; undefined where they do. */
export function documentProblem(folder: string, report: SuiteReport): string | undefined {
  const mend = 'npm run conformance:write writes it anew';
  const record = read(folder);
  const known = record[report.backend];
  if (known === undefined) return `${names.json} says nothing of ${report.backend}; ${mend}`;
  const [was, is] = [asText(known).split('\n'), asText(recordOf(report)).split('\n')];
  const differs = is.findIndex((line, position) => line !== was[position]);
  if (differs >= 0 || was.length !== is.length) return `${names.json} says of ${report.backend}: ${String(was[differs]).trim()}, and it is: ${String(is[differs]).trim()}; ${mend}`;
  const page = `${folder}/${names.page}`;
  return files().existsSync(page) && files().readFileSync(page, 'utf8') === printRecord(record) ? undefined : `${names.page} does not hold the tables of ${names.json}; ${mend}`;
}

/**
 * What a folder says of a backend is held to what was found; where the environment has XCORR_WRITE=1 it is written first.
 *
 * @returns  where they differ, in words; undefined where they do not.
 */
export function keepDocument(folder: string, report: SuiteReport): string | undefined {
  if (nodeProcess()?.env['XCORR_WRITE'] === '1') writeDocument(folder, report);
  return documentProblem(folder, report);
}
