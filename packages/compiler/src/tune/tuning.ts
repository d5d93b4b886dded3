import { ValueError } from '@xcorr/graph';
import { readSchedules, type NestSchedules } from './schedules.ts';

/** Milliseconds of a run, by the chosen schedule and by the tuned one. */
export interface Timings {
  readonly chosen: number;
  readonly tuned: number;
}

/** What was found of one nest, with the canonical names of its loops. */
export interface NestReport {
  readonly key: string;
  /** What the program calls it. */
  readonly nest: string;
  readonly chosen: string;
  /** What is kept: the chosen one where none was better by more than noise. */
  readonly tuned: string;
  readonly milliseconds: Timings;
  /** Schedules that ran, the chosen one included. */
  readonly tried: number;
  /** Those that gave other numbers than the chosen one, and were dropped: a schedule changes no result where all numbers are finite. */
  readonly differed: number;
}

export interface TuningReport {
  /** Of the whole program. */
  readonly milliseconds: Timings;
  /** The sizes at which it ran. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly rounds: number;
  /** What ended the search: nothing was left to try, or its time was spent. */
  readonly ended: 'done' | 'time spent';
  readonly nests: readonly NestReport[];
}

/** Schedules that are better than the chosen ones where they were measured: plain data. */
export interface Tuning {
  readonly version: 1;
  readonly backend: string;
  /** Where it was measured. */
  readonly machine: string;
  readonly schedules: NestSchedules;
  readonly report: TuningReport;
}

const version = 1;

/**
 * A tuning as text, for a file that `readTuning` reads in any process.
 *
 * @example
 * const x = input('x', [3]);
 * const tuning = tune({ inputs: { x }, outputs: { y: mul(x, 2) } }, js(), { milliseconds: 20 });
 * readTuning(serialiseTuning(tuning)).schedules; // => tuning.schedules
 */
export function serialiseTuning(tuning: Tuning): string {
  return `${JSON.stringify(tuning, undefined, 2)}\n`;
}

function fail(place: string, wanted: string): never {
  throw new ValueError(`readTuning: ${place} is not ${wanted}\n  give what serialiseTuning wrote, or tune again`);
}

type Fields = Readonly<Record<string, unknown>>;
type Reader<Value> = (value: unknown, place: string) => Value;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const fields: Reader<Fields> = (value, place) => (isFields(value) ? value : fail(place, 'an object'));
const text: Reader<string> = (value, place) => (typeof value === 'string' ? value : fail(place, 'a text'));
const amount: Reader<number> = (value, place) => (typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : fail(place, 'a number of at least 0'));
const ending: Reader<TuningReport['ended']> = (value, place) => (value === 'done' || value === 'time spent' ? value : fail(place, '"done" or "time spent"'));
const list = <Value>(each: Reader<Value>): Reader<readonly Value[]> => (value, place) => (Array.isArray(value) ? value.map((item: unknown, at) => each(item, `${place}[${at}]`)) : fail(place, 'a list'));

/** An object's field under its own name. */
function field<Value>(of: Fields, name: string, place: string, read: Reader<Value>): Value {
  return read(Object.hasOwn(of, name) ? of[name] : undefined, place === '' ? name : `${place}.${name}`);
}

const timings: Reader<Timings> = (value, place) => {
  const of = fields(value, place);
  return { chosen: field(of, 'chosen', place, amount), tuned: field(of, 'tuned', place, amount) };
};

const nestReport: Reader<NestReport> = (value, place) => {
  const of = fields(value, place);
  return {
    key: field(of, 'key', place, text),
    nest: field(of, 'nest', place, text),
    chosen: field(of, 'chosen', place, text),
    tuned: field(of, 'tuned', place, text),
    milliseconds: field(of, 'milliseconds', place, timings),
    tried: field(of, 'tried', place, amount),
    differed: field(of, 'differed', place, amount),
  };
};

const report: Reader<TuningReport> = (value, place) => {
  const of = fields(value, place);
  const sizes = field(of, 'sizes', place, fields);
  return {
    milliseconds: field(of, 'milliseconds', place, timings),
    sizes: Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, amount(size, `${place}.sizes.${name}`)])),
    rounds: field(of, 'rounds', place, amount),
    ended: field(of, 'ended', place, ending),
    nests: field(of, 'nests', place, list(nestReport)),
  };
};

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new ValueError(`readTuning: the text is not JSON (${error instanceof Error ? error.message : String(error)})\n  give what serialiseTuning wrote`);
  }
}

/**
 * Reads a tuning from text. Whether its schedules fit is found when a program is compiled with them.
 *
 * @throws ValueError when the text is not JSON, of another version, or not well-formed: the message names the place.
 */
export function readTuning(json: string): Tuning {
  const of = fields(parsed(json), 'the text');
  if (of['version'] !== version) throw new ValueError(`readTuning: the version is ${JSON.stringify(of['version']) ?? 'missing'}, and ${version} is what is read here\n  tune again`);
  return {
    version,
    backend: field(of, 'backend', '', text),
    machine: field(of, 'machine', '', text),
    schedules: readSchedules(of['schedules'], 'readTuning: schedules'),
    report: field(of, 'report', '', report),
  };
}
