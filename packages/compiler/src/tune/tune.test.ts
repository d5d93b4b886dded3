import { conv2d, corr2d, extend, grad, input, meanSquaredError, mul, state, sub, sum, tanh } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import type { Backend } from '../backend.ts';
import { compile, programFor } from '../compile.ts';
import type { ProgramSpec } from '../graph.ts';
import { walk } from '../nest.ts';
import type { Program, ScheduledNest } from '../program.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { schedulesFrom, tune, type TuneOptions } from './index.ts';
import { interleavedMedians, median } from './measure.ts';

/** How many milliseconds a nest takes, by its schedule. */
type Cost = (nest: ScheduledNest) => number;

/** What emits nothing. */
const silent = { ...direct(), emit: (program: Program) => ({ program, code: '' }) };

/** A backend that computes nothing: its runs take the time that a cost says, on a clock of its own. It notes every nest that it loads. */
function simulated(cost: Cost): { readonly backend: Backend<'sync'>; readonly clock: () => number; readonly tried: readonly ScheduledNest[] } {
  let now = 0;
  const tried: ScheduledNest[] = [];
  const load: Backend<'sync'>['load'] = ({ program: { nests } }) => {
    tried.push(...nests);
    const taken = nests.reduce((total, nest) => total + cost(nest), 0);
    return {
      ranOn: 'nowhere',
      run: () => {
        now += taken;
      },
    };
  };
  return { backend: { ...silent, load }, clock: () => now, tried };
}

function tuned(spec: ProgramSpec, cost: Cost, options: TuneOptions = {}): { readonly tuning: ReturnType<typeof tune>; readonly tried: readonly ScheduledNest[] } {
  const { backend, clock, tried } = simulated(cost);
  return { tuning: tune(spec, backend, { clock, milliseconds: 1e6, rounds: 3, ...options }), tried };
}

const factorOf = (schedule: Schedule, loop: string): number => schedule.reduce((factor, each) => (each.kind === 'block' && each.loop === loop ? each.factor : factor), 1);

const picture = input('picture', [18, 20]);
const K = input('K', [3, 3]);
const filter: ProgramSpec = { inputs: { picture, K }, outputs: { y: corr2d(picture, K) } };
const named: ProgramSpec = (() => {
  const photo = input('photo', ['H', 'W']);
  return { inputs: { photo, K }, outputs: { y: corr2d(photo, K) } };
})();

/** 10 ms, less the farther the block of the columns is from that of 8, and of the rows from 1. */
const narrow: Cost = ({ schedule }) => 10 + Math.abs(8 - factorOf(schedule, 'i1')) + 2 * (factorOf(schedule, 'i0') - 1);

describe('what is kept', () => {
  test('the schedule that takes least, several steps from the chosen one', () => {
    const { tuning } = tuned(filter, narrow);
    const [schedule = []] = Object.values(tuning.schedules);
    expect([factorOf(schedule, 'i0'), factorOf(schedule, 'i1')]).toEqual([1, 8]);
    expect(tuning.report).toMatchObject({ ended: 'done', milliseconds: { chosen: 17, tuned: 10 }, nests: [{ nest: 'nest0', milliseconds: { chosen: 17, tuned: 10 }, differed: 0 }] });
    expect(tuning).toMatchObject({ version: 1, backend: 'direct', machine: 'direct' });
  });

  test('compile takes it: the program is the one that was measured', () => {
    const { tuning } = tuned(filter, narrow);
    const [nest] = programFor(filter, direct(), { schedules: schedulesFrom(tuning) }).nests;
    expect(nest === undefined ? 0 : narrow(nest)).toBe(10);
  });

  test('the same, whenever it is asked for by the same clock', () => {
    expect(tuned(filter, narrow).tuning).toEqual(tuned(filter, narrow).tuning);
  });

  test('nothing that is better by no more than noise', () => {
    const little: Cost = ({ schedule }) => 10 + 0.1 * Math.abs(8 - factorOf(schedule, 'i1'));
    expect(tuned(filter, little).tuning.schedules).toEqual({});
    expect(Object.keys(tuned(filter, little, { noise: 0.005 }).tuning.schedules)).toHaveLength(1);
  });

  test('nothing that looked better and is not, when it is measured beside the chosen one once more', () => {
    let [now, asked, loads] = [0, 0, 0];
    // What is loaded behind the first ones takes less, but only until the clock was asked so often.
    const load: Backend<'sync'>['load'] = () => {
      const seemsFaster = loads++ > 1;
      return {
        ranOn: 'nowhere',
        run: () => {
          now += seemsFaster && asked < 120 ? 1 : 10;
        },
      };
    };
    const tuning = tune(filter, { ...silent, load }, { clock: () => (asked++, now), milliseconds: 1e6, rounds: 3 });
    expect(asked).toBeGreaterThan(120);
    expect(tuning.schedules).toEqual({});
  });

  test('nothing when the whole program is slower for it', () => {
    const two: ProgramSpec = { inputs: { picture, K }, outputs: { y: tanh(corr2d(corr2d(picture, K), K)) } };
    const columns = programFor(two, direct()).nests.map(({ nest }) => [...walk(nest.body)].flatMap(([each]) => (each.kind === 'loop' && each.role === 'parallel' ? [each.variable] : [])).at(-1) ?? '');
    expect(columns).toHaveLength(2);
    const widths = ({ schedule }: ScheduledNest): number => Math.max(...columns.map((loop) => factorOf(schedule, loop)));
    let now = 0;
    const backend: Backend<'sync'> = {
      ...silent,
      load: ({ program: { nests } }) => ({
        ranOn: 'nowhere',
        run: () => {
          // Alone wide blocks take less, together more.
          now += nests.reduce((total, nest) => total + (nests.length === 1 ? 20 - widths(nest) : 10 + widths(nest)), 0);
        },
      }),
    };
    const tuning = tune(two, backend, { clock: () => now, milliseconds: 1e6, rounds: 3 });
    expect(tuning.report.nests.map(({ milliseconds }) => milliseconds.tuned < milliseconds.chosen)).toEqual([true, true]);
    expect(tuning.report.milliseconds.tuned).toBeGreaterThan(tuning.report.milliseconds.chosen);
    expect(tuning.schedules).toEqual({});
  });
});

describe('time', () => {
  test('that is spent ends the search: what was found so far is kept', () => {
    const { tuning, tried } = tuned(filter, narrow, { milliseconds: 0 });
    expect(tuning.report).toMatchObject({ ended: 'time spent', nests: [{ tried: 1 }] });
    expect(tuning.schedules).toEqual({});
    expect(tried.length).toBeLessThan(tuned(filter, narrow).tried.length);
  });

  test('is left alone when a signal is aborted: its reason is thrown', () => {
    const reason = new Error('enough');
    let looked = 0;
    const signal = {
      aborted: false,
      throwIfAborted: () => {
        if (looked++ === 5) throw reason;
      },
    };
    expect(() => tuned(filter, narrow, { signal })).toThrow(reason);
  });

  test('of contenders is their median, in rounds of one sample each', () => {
    let now = 0;
    const order: string[] = [];
    const contender = (name: string, times: readonly number[]) => {
      let at = 0;
      return () => {
        order.push(name);
        now += times[at++] ?? 0;
      };
    };
    const [a, b] = [contender('a', [8, 9, 9, 5, 1, 6]), contender('b', [9, 9, 2, 3, 40])];
    expect(interleavedMedians([a, b], { clock: () => now, rounds: 3, mayGoOn: () => true, restore: () => undefined })).toEqual([5, 3]);
    expect(order.join('')).toBe('aabbaabbaab'.slice(0, order.length));
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });

  test('of too few rounds says nothing', () => {
    let rounds = 0;
    expect(interleavedMedians([() => undefined], { clock: () => rounds, rounds: 9, mayGoOn: () => rounds++ < 4, restore: () => undefined })).toBeUndefined();
  });
});

describe('sizes', () => {
  test('are those of the feeds, or given', () => {
    const feeds = { photo: Array.from({ length: 6 }, () => Array.from({ length: 19 }, (_, column) => column)), K: [[1, 2, 3], [4, 5, 6], [7, 8, 9]] };
    expect(tuned(named, narrow, { feeds }).tuning.report.sizes).toEqual({ H: 6, W: 19 });
    expect(tuned(named, narrow, { sizes: new Map([['H', 5], ['W', 9]]) }).tuning.report.sizes).toEqual({ H: 5, W: 9 });
  });

  test('that nobody gave are asked for', () => {
    expect(() => tuned(named, narrow)).toThrow('tune: the sizes H, W have no number, and a program is measured at some\n  give sizes: new Map([["H", 512]]), or feeds of the size that matters');
  });

  test('a program for them alone has keys of its own', () => {
    const sizes = new Map([['H', 18], ['W', 20]]);
    const [general, special, literal] = [tuned(named, narrow, { sizes }), tuned(named, narrow, { sizes, specialise: true }), tuned(filter, narrow)].map(({ tuning }) => Object.keys(tuning.schedules));
    expect(special).toEqual(literal);
    expect(general).not.toEqual(special);
  });
});

/** One step of learning, of which a state is updated in its own place. */
function learning(): ProgramSpec {
  const [X, Y] = [input('X', [5, 6]), input('Y', [4, 5])];
  const W = state('W', [[0.5, -0.25], [1, 2]]);
  const loss = meanSquaredError(tanh(corr2d(X, W)), Y);
  const [dW] = grad(loss, [W]);
  return { inputs: { X, Y }, state: { W }, outputs: { loss }, updates: [[W, sub(W, mul(0.25, dW))]] };
}

function small(): ProgramSpec {
  const photo = input('photo', [7, 11]);
  return { inputs: { photo, K }, outputs: { y: corr2d(photo, K) } };
}

function layer(): ProgramSpec {
  const [x, w] = [input('x', [1, 2, 3, 5]), input('w', [2, 2, 3, 3])];
  return { inputs: { x, w }, outputs: { y: conv2d(x, w, { padding: 'same' }) } };
}

function bordered(): ProgramSpec {
  const small = input('small', [7, 6]);
  return { inputs: { small, K }, outputs: { y: corr2d(extend(small, { mode: 'reflect', low: [1, 2], high: [1, 0] }), K), total: sum(small) } };
}

function bytes(): ProgramSpec {
  const photo = input('photo', [9, 11], { storage: 'uint8' });
  return { inputs: { photo }, outputs: { y: { tensor: corr2d(photo, [[0, 0.25, 0], [0.25, 0, 0.25], [0, 0.25, 0]]), storage: 'uint8' } } };
}

const wave = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, at) => 100 + 90 * Math.sin(at));

test.each<readonly [string, () => ProgramSpec]>([
  ['a filter', small],
  ['a step of learning', learning],
  ['a layer', layer],
  ['a filter with borders', bordered],
  ['a filter of bytes', bytes],
])('every schedule that is tried for %s gives the same bits', (_, make) => {
  const spec = make();
  // What is loaded later takes less: the search goes on until there is nothing left to try.
  let cost = 100;
  const { tuning, tried } = tuned(spec, () => (cost *= 0.99), { noise: 0 });
  const schedules = new Map(tried.map((each) => [`${each.nest.name} ${JSON.stringify(each.schedule)}`, each]));
  expect(schedules.size).toBeGreaterThan(tuning.report.nests.length + 3);
  const feeds = Object.fromEntries(Object.entries(spec.inputs ?? {}).map(([name, { shape }]) => [name, wave(shape.reduce<number>((product, size) => product * (typeof size === 'number' ? size : 1), 1))]));
  const results = (schedule: Schedule | undefined, name: string): unknown => {
    const program = compile(spec, direct(), schedule === undefined ? {} : { schedules: (nest) => (nest.name === name ? schedule : undefined) });
    return [program.run(feeds), program.run(feeds), Object.values(program.state)];
  };
  const wanted = results(undefined, '');
  for (const { nest, schedule } of everyNth([...schedules.values()], 16)) expect(results(schedule, nest.name)).toEqual(wanted);
});

/** At most so many of some values, spread evenly. */
function everyNth<Value>(values: readonly Value[], most: number): readonly Value[] {
  const step = Math.ceil(values.length / most);
  return values.filter((_, at) => at % step === 0);
}

test('a schedule that gives other numbers is dropped, and counted', () => {
  const isWrong = ({ schedule }: ScheduledNest): boolean => factorOf(schedule, 'i1') === 4;
  const { backend, clock } = simulated(narrow);
  const wrong: Backend<'sync'> = {
    ...backend,
    load: (artifact) => {
      const { run, ranOn } = backend.load(artifact);
      return {
        ranOn,
        run: (arrays, sizes) => {
          run(arrays, sizes);
          arrays.at(-1)?.fill(artifact.program.nests.some(isWrong) ? 2 : 1);
        },
      };
    },
  };
  const { report, schedules } = tune(filter, wrong, { clock, milliseconds: 1e6, rounds: 3 });
  expect(report.nests[0]?.differed).toBeGreaterThan(0);
  // The way from blocks of 3 to those of 8 leads over 4.
  expect(Object.values(schedules).some((schedule) => factorOf(schedule, 'i1') > 3)).toBe(false);
});
