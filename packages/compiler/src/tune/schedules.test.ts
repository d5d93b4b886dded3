import { corr2d, input, mean, mul, tanh, ValueError, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { certify } from '../certify/certify.ts';
import { compile, programFor } from '../compile.ts';
import { checkSpec, type ProgramSpec } from '../graph.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { digestOf } from './digest.ts';
import { nestKeys, readTuning, schedulesFrom, serialiseTuning, type NestSchedules, type Tuning } from './index.ts';

const photo = input('photo', ['H', 'W']);
const K = input('K', [3, 3]);
const filter: ProgramSpec = { inputs: { photo, K }, outputs: { y: corr2d(photo, K) } };

function keyOf(y: Tensor, machine = direct().machine): string {
  return nestKeys({ inputs: { photo, K }, outputs: { y } }, { machine }).at(-1) ?? '';
}

test('the digest is FNV-1a', () => {
  // From the authors' test vectors.
  expect(['', 'a', 'foobar'].map(digestOf)).toEqual(['cbf29ce484222325', 'af63dc4c8601ec8c', '85944171f73967e8']);
});

describe('the key of a nest', () => {
  test('is the same in every process', () => {
    expect(nestKeys(filter, direct())).toMatchInlineSnapshot(`
      [
        "8ff09e19ae7126db",
      ]
    `);
  });

  test('is the same whatever else its program holds, before it and behind', () => {
    const [other, third] = [input('other', ['H', 'n']), input('third', ['n'])];
    const keys = nestKeys({ inputs: { other, third, photo, K }, outputs: { mean: mean(other), t: tanh(third), y: corr2d(photo, K), z: mul(third, mean(other)) } }, direct());
    expect(keys.length).toBeGreaterThan(3);
    expect(keys).toContain(nestKeys(filter, direct())[0]);
  });

  test('is another for another computation, storage, or machine', () => {
    const bytes = input('bytes', ['H', 'W'], { storage: 'uint8' });
    const keys = [
      keyOf(corr2d(photo, K)),
      keyOf(tanh(corr2d(photo, K))),
      keyOf(corr2d(photo, [[1, 2, 4], [3, 9, 2], [0.5, 7, 8]])),
      nestKeys({ inputs: { bytes, K }, outputs: { y: corr2d(bytes, K) } }, direct())[0],
      keyOf(corr2d(photo, K), { ...direct().machine, registers: 32 }),
      keyOf(corr2d(photo, K), { ...direct().machine, lanes: 4 }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

/** Schedules for the one nest of the filter, whose loops are i0, i1 over results and r0, r1 over taps. */
function given(schedule: Schedule): { readonly schedules: NestSchedules } {
  return { schedules: { [nestKeys(filter, direct())[0] ?? '']: schedule } };
}

describe('schedules as an option of compile', () => {
  const schedule: Schedule = [{ kind: 'block', loop: 'i1', factor: 5 }, { kind: 'unroll', loop: 'r1' }];

  test('a nest whose key has one gets it, by its own names of loops, and the others what is chosen', () => {
    const spec = { inputs: { photo, K }, outputs: { mean: mean(photo), y: corr2d(photo, K) } };
    const [chosen, tuned] = [programFor(spec, direct()), programFor(spec, direct(), { schedules: schedulesFrom(given(schedule)) })];
    const differs = tuned.nests.flatMap(({ schedule: own }, at) => (JSON.stringify(own) === JSON.stringify(chosen.nests[at]?.schedule) ? [] : [own]));
    expect(tuned.nests.length).toBeGreaterThan(1);
    expect(differs.map((own) => own.map((each) => ({ ...each, loop: '' })))).toEqual([schedule.map((each) => ({ ...each, loop: '' }))]);
    const feeds = { photo: Array.from({ length: 9 }, (_, row) => Array.from({ length: 10 }, (_, column) => Math.sin(row * 10 + column))), K: [[1, 2, 3], [4, 5, 6], [7, 8, 9]] };
    expect(compile(spec, direct(), { schedules: schedulesFrom(given(schedule)) }).run(feeds).y.data).toEqual(compile(spec, direct()).run(feeds).y.data);
  });

  test('a program that is made for some sizes alone has keys of its own', () => {
    const sized = input('photo', [7, 30]);
    const [key = ''] = nestKeys({ inputs: { sized, K }, outputs: { y: corr2d(sized, K) } }, direct());
    expect(key).not.toBe(nestKeys(filter, direct())[0]);
    const compiled = compile({ inputs: { photo, K }, outputs: { y: corr2d(photo, K) } }, direct(), { specialise: true, schedules: schedulesFrom({ schedules: { [key]: schedule } }) });
    compiled.run({ photo: Array.from({ length: 7 }, () => Array.from({ length: 30 }, () => 1)), K: [[1, 2, 3], [4, 5, 6], [7, 8, 9]] });
    expect(compiled.variants()[0]?.program.nests[0]?.schedule).toContainEqual(expect.objectContaining({ factor: 5 }));
    expect(compiled.program.nests[0]?.schedule).not.toContainEqual(expect.objectContaining({ factor: 5 }));
  });

  test('a certificate is of the program as it is given', () => {
    const seen: unknown[] = [];
    compile(filter, direct(), {
      schedules: schedulesFrom(given(schedule)),
      certify: (spec, backend, options) => {
        seen.push(options?.lower?.(checkSpec(spec).graph, backend.machine).nests[0]?.schedule.length);
        return certify(spec, backend, options);
      },
    });
    expect(seen).toEqual([schedule.length]);
  });

  test.each<readonly [string, Schedule, RegExp]>([
    ['of a loop that is not there', [{ kind: 'unroll', loop: 'r7' }], /^compile: the schedule given for nest0, whose key is \w{16}, says "unroll r7", and there is no loop "r7"\n {2}its loops are i0, i1, r0, r1$/],
    ['that blocks a sum', [{ kind: 'block', loop: 'r0', factor: 2 }], /says "block r0 by 2", and r0 gathers a sum, whose terms keep their order\n {2}block a parallel loop: i0, i1$/],
    ['that unrolls a loop of any size', [{ kind: 'unroll', loop: 'i0' }], /says "unroll i0", and i0 runs H - 2 times, which is no number\n {2}unroll a loop of literal extent: r0, r1$/],
    ['that says two things of a loop', [{ kind: 'unroll', loop: 'r0' }, { kind: 'unroll', loop: 'r0' }], /says "unroll r0" beside something else of r0\n/],
    ['that writes out too much', [{ kind: 'block', loop: 'i0', factor: 200 }, { kind: 'block', loop: 'i1', factor: 200 }], /writes out about \d+ statements, of at most 10000\n/],
  ])('one %s is refused', (_, schedule, message) => {
    expect(() => compile(filter, direct(), { schedules: schedulesFrom(given(schedule)) })).toThrow(message);
  });
});

const tuning: Tuning = {
  version: 1,
  backend: 'direct',
  machine: 'a machine',
  schedules: { '0123456789abcdef': [{ kind: 'peel', loop: 'i0', low: 1, high: 0 }, { kind: 'block', loop: 'i0', factor: 2 }, { kind: 'unroll', loop: 'r0' }] },
  report: {
    milliseconds: { chosen: 2, tuned: 1.5 },
    sizes: { H: 5 },
    rounds: 9,
    ended: 'done',
    nests: [{ key: '0123456789abcdef', nest: 'nest0', chosen: 'as it is', tuned: 'unroll r0', milliseconds: { chosen: 2, tuned: 1.5 }, tried: 4, differed: 0 }],
  },
};

describe('a tuning as text', () => {
  test('is read as it was written', () => {
    expect(readTuning(serialiseTuning(tuning))).toEqual(tuning);
    expect(serialiseTuning(readTuning(serialiseTuning(tuning)))).toBe(serialiseTuning(tuning));
  });

  const withSchedule = (schedule: unknown): string => JSON.stringify({ ...tuning, schedules: { key: schedule } });

  test.each<readonly [string, string, string]>([
    ['no JSON', '{ "version": 1', 'readTuning: the text is not JSON'],
    ['a list', '[]', 'readTuning: the text is not an object\n  give what serialiseTuning wrote, or tune again'],
    ['of no version', '{}', 'readTuning: the version is missing, and 1 is what is read here\n  tune again'],
    ['of another version', '{ "version": 2 }', 'readTuning: the version is 2, and 1 is what is read here\n  tune again'],
    ['of no machine', JSON.stringify({ ...tuning, machine: 7 }), 'readTuning: machine is not a text'],
    ['schedules that are a list', JSON.stringify({ ...tuning, schedules: [] }), 'readTuning: schedules: an object is expected, with a schedule for each key of a nest'],
    ['a schedule that is no list', withSchedule('unroll r0'), 'readTuning: schedules, nest "key": a list of directives is expected'],
    ['an unknown kind', withSchedule([{ kind: 'unroll', loop: 'r0' }, { kind: 'fuse', loop: 'r0' }]), 'readTuning: schedules, nest "key", directive 2: {"kind":"fuse","loop":"r0"} is no directive\n  expected { "kind": "unroll"'],
    ['a kind that every object has', withSchedule([{ kind: 'toString', loop: 'r0' }]), 'directive 1: {"kind":"toString","loop":"r0"} is no directive'],
    ['a block by a half', withSchedule([{ kind: 'block', loop: 'i0', factor: 2.5 }]), 'is no directive'],
    ['a block by nothing', withSchedule([{ kind: 'block', loop: 'i0' }]), 'is no directive'],
    ['a peel of nothing', withSchedule([{ kind: 'peel', loop: 'i0', low: 0, high: 0 }]), 'is no directive'],
    ['a loop that is no name', withSchedule([{ kind: 'unroll', loop: 0 }]), 'is no directive'],
    ['a report without its nests', JSON.stringify({ ...tuning, report: { ...tuning.report, nests: undefined } }), 'readTuning: report.nests is not a list'],
    ['a time that is none', JSON.stringify({ ...tuning, report: { ...tuning.report, milliseconds: { chosen: -1, tuned: 1 } } }), 'readTuning: report.milliseconds.chosen is not a number of at least 0'],
    ['a size that is none', JSON.stringify({ ...tuning, report: { ...tuning.report, sizes: { H: '5' } } }), 'readTuning: report.sizes.H is not a number of at least 0'],
    ['an end that is none', JSON.stringify({ ...tuning, report: { ...tuning.report, ended: 'soon' } }), 'readTuning: report.ended is not "done" or "time spent"'],
  ])('%s is refused', (_, text, message) => {
    expect(() => readTuning(text)).toThrow(ValueError);
    expect(() => readTuning(text)).toThrow(message);
  });
});
