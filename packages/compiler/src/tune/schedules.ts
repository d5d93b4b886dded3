import { ValueError } from '@xcorr/graph';
import type { Backend } from '../backend.ts';
import { programFor } from '../compile.ts';
import type { ProgramSpec } from '../graph.ts';
import type { GivenSchedules, Lowering } from '../lower-program.ts';
import type { Directive, Schedule } from '../schedule/schedule.ts';
import { canonicalNest, renamedBack } from './canonical.ts';
import { checkFit } from './fit.ts';

/** Schedules by the keys of their nests, with the canonical names of loops: plain data, as JSON holds it. */
export type NestSchedules = Readonly<Record<string, Schedule>>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Factors and amounts beyond this are no schedules. */
const largest = 2 ** 20;

const isCount = (value: unknown, least: number): value is number => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= largest;

/** A directive as its kind has it, and nothing else; undefined where it is none. */
const readers: Readonly<Record<Directive['kind'], (loop: string, value: Readonly<Record<string, unknown>>) => Directive | undefined>> = {
  peel: (loop, { low, high }) => (isCount(low, 0) && isCount(high, 0) && low + high > 0 ? { kind: 'peel', loop, low, high } : undefined),
  unroll: (loop) => ({ kind: 'unroll', loop }),
  block: (loop, { factor }) => (isCount(factor, 2) ? { kind: 'block', loop, factor } : undefined),
};

const isKind = (kind: unknown): kind is Directive['kind'] => typeof kind === 'string' && Object.hasOwn(readers, kind);

const directiveForms = '{ "kind": "unroll", "loop": "r0" }, { "kind": "block", "loop": "i0", "factor": 4 } or { "kind": "peel", "loop": "i0", "low": 1, "high": 1 }';

function readDirective(value: unknown, place: string): Directive {
  const directive = isRecord(value) && isKind(value['kind']) && typeof value['loop'] === 'string' ? readers[value['kind']](value['loop'], value) : undefined;
  if (directive === undefined) throw new ValueError(`${place}: ${JSON.stringify(value)} is no directive\n  expected ${directiveForms}`);
  return directive;
}

/**
 * Reads schedules from what JSON gives.
 *
 * @throws ValueError naming the place of what is none.
 */
export function readSchedules(value: unknown, place: string): NestSchedules {
  if (!isRecord(value)) throw new ValueError(`${place}: an object is expected, with a schedule for each key of a nest`);
  return Object.fromEntries(
    Object.entries(value).map(([key, schedule]) => {
      if (!Array.isArray(schedule)) throw new ValueError(`${place}, nest ${JSON.stringify(key)}: a list of directives is expected`);
      return [key, schedule.map((each: unknown, at) => readDirective(each, `${place}, nest ${JSON.stringify(key)}, directive ${at + 1}`))];
    }),
  );
}

/**
 * Schedules as an option of `compile`: each nest whose key has one gets it, all others what the compiler chooses.
 *
 * @param tuning what `tune` or `readTuning` gave, or any object with `schedules`
 * @throws ValueError when the schedules are not well-formed; `compile` then throws CompileError for one that does not fit its nest.
 * @example
 * const x = input('x', [6, 6]);
 * const spec = { inputs: { x }, outputs: { y: corr2d(x, [[1, -1]]) } };
 * const [key = ''] = nestKeys(spec, js());
 * const schedules = schedulesFrom({ schedules: { [key]: [{ kind: 'block', loop: 'i1', factor: 2 }] } });
 * programFor(spec, js(), { schedules }).nests[0]?.schedule.map(({ kind }) => kind); // => ['block']
 */
export function schedulesFrom({ schedules }: { readonly schedules: NestSchedules }): GivenSchedules {
  const known = readSchedules(schedules, 'schedulesFrom');
  return (nest, place) => {
    const { key, loops, renamed } = canonicalNest(nest, place);
    const schedule = Object.hasOwn(known, key) ? known[key] : undefined;
    if (schedule !== undefined) checkFit(renamed, schedule, `the schedule given for ${nest.name}, whose key is ${key},`);
    return renamedBack(schedule, loops);
  };
}

/**
 * The keys of a program's nests, in order, by which their schedules are found.
 *
 * @example
 * const x = input('x', [3]);
 * nestKeys({ inputs: { x }, outputs: { y: mul(x, 2) } }, js()).length; // => 1
 */
export function nestKeys(spec: ProgramSpec, backend: Pick<Backend, 'machine'>, options: Lowering = {}): readonly string[] {
  const { nests, buffers } = programFor(spec, backend, options);
  return nests.map(({ nest }) => canonicalNest(nest, { buffers, machine: backend.machine }).key);
}
