import { add, corr2d, FeedError, flip, grad, input, mul, NdArray, reduceMax, square, state, sub, sum, transpose, type DType, type Tensor } from '@xcorr/graph';
import type { ProgramSpec } from '@xcorr/compiler';
import { differenceOf } from '../judge/compare.ts';
import { required, runnerOf, type AnyBackend, type Arrays, type Feeds } from '../judge/runner.ts';
import type { Check } from '../suite/check.ts';
import { programsCheck, type Programs } from './described.ts';

export const stateNames = ['states: updates', 'states: many times in one call', 'states: a refused run changes nothing', 'states: programs of their own', 'states: overlapping runs'] as const;
export type StateName = (typeof stateNames)[number];

/** Updates over many runs, each judged from the states that the backend had before it. */
export const statePrograms: Programs = (dtype) => {
  const x = input('x', [3], { dtype });
  const held = (name: string, values: Parameters<typeof state>[1]): Tensor => state(name, values, { dtype });
  const [a, b] = [held('a', [1, 2, 3]), held('b', [-1, 0, 5])];
  const square3 = held('square', [[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
  const [w, total] = [held('w', [[1, -1]]), held('total', 0)];
  const image = input('image', [4, 5], { dtype });
  const [slope] = grad(sum(square(corr2d(image, w))), [w]);
  return {
    swapped: { outputs: { a, b }, updates: [[a, b], [b, a]], runs: 7 },
    'each by the other': { outputs: { sum: add(a, b) }, updates: [[a, sub(b, a)], [b, add(a, x)]], runs: 6 },
    'by itself': { outputs: { y: mul(total, 2) }, updates: [[total, add(total, 1)]], runs: 9 },
    'to itself': { outputs: { y: add(a, x) }, updates: [[a, a]], runs: 3 },
    'flipped in its place': { outputs: {}, updates: [[a, flip(a)]], runs: 5 },
    'transposed in its place': { outputs: { square3 }, updates: [[square3, transpose(square3)]], runs: 5 },
    'by its sum': { outputs: { largest: reduceMax(a) }, updates: [[a, sub(a, sum(a))]], runs: 4 },
    'read before and behind its update': { outputs: { before: a, behind: add(a, x), twice: mul(add(a, x), 2) }, updates: [[a, add(a, x)]], runs: 5 },
    'two by one': { outputs: {}, updates: [[a, x], [b, x]], runs: 3 },
    learned: { outputs: { y: corr2d(image, w) }, updates: [[w, sub(w, mul(slope, 2 ** -10))]], runs: 4, set: 'real' },
    'not updated': { outputs: { y: mul(a, x) }, updates: [[b, a]], runs: 3 },
  };
};

const feedsAt = (dtype: DType, step: number): Feeds => ({ x: new NdArray([3], dtype === 'float32' ? Float32Array.of(step, 1, -step) : Float64Array.of(step, 1, -step)) });

/** Two states that run on like Fibonacci's numbers. */
function counting(dtype: DType): ProgramSpec {
  const x = input('x', [3], { dtype });
  const [a, b] = [state('a', [1, 0, 2], { dtype }), state('b', [1, 1, -1], { dtype })];
  const next = add(a, b);
  return { inputs: { x }, state: { a, b }, outputs: { a, next: add(next, x), largest: reduceMax(next) }, updates: [[a, b], [b, next]] };
}

function differences(got: Arrays, want: Arrays, place: string): readonly string[] {
  return Object.entries(want).flatMap(([name, array]) => differenceOf(`${place}, ${name}`, required(got, name), array) ?? []);
}

/** What one run after another gives of an output, along a new first axis. */
function recorded(results: readonly Arrays[], name: string): NdArray {
  const arrays = results.map((each) => required(each, name));
  const values = arrays.flatMap(({ data }) => [...data]);
  return new NdArray([arrays.length, ...(arrays[0]?.shape ?? [])], arrays[0]?.data instanceof Float32Array ? Float32Array.from(values) : Float64Array.from(values));
}

async function manyTimes(backend: AnyBackend, dtype: DType): Promise<readonly string[]> {
  const times = 12;
  const [together, apart] = [await runnerOf(counting(dtype), backend), await runnerOf(counting(dtype), backend)];
  const problems: string[] = [];
  for (const record of [['next', 'largest'], ['a'], []] as const) {
    const got = await together.run(feedsAt(dtype, 1), { times, record });
    const steps: Arrays[] = [];
    for (let time = 0; time < times; time++) steps.push(await apart.run(feedsAt(dtype, 1)));
    const names: readonly string[] = record;
    const want = Object.fromEntries(Object.keys(steps[0] ?? {}).map((name) => [name, names.includes(name) ? recorded(steps, name) : required(steps.at(-1) ?? {}, name)]));
    problems.push(...differences(got, want, `${times} times in one call`), ...differences(await together.states(), await apart.states(), `after ${times} times in one call`));
  }
  return problems;
}

async function refused(backend: AnyBackend, dtype: DType): Promise<readonly string[]> {
  const runner = await runnerOf(counting(dtype), backend);
  await runner.run(feedsAt(dtype, 2));
  const before = await runner.states();
  const problems: string[] = [];
  for (const feeds of [{}, { x: [1, 2] }, { x: [1, 2, 3], y: [1] }]) {
    const error: unknown = await runner.run(feeds).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof FeedError)) problems.push(`feeds that do not fit were taken: ${JSON.stringify(feeds)}`);
  }
  return [...problems, ...differences(await runner.states(), before, 'after refused runs')];
}

/** Two programs of one graph, and of one backend, know nothing of one another. */
async function ownStates(backend: AnyBackend, dtype: DType): Promise<readonly string[]> {
  const spec = counting(dtype);
  const [one, other] = [await runnerOf(spec, backend), await runnerOf(spec, backend)];
  const before = await other.states();
  const first = await one.run(feedsAt(dtype, 3));
  await one.run(feedsAt(dtype, 1));
  return [...differences(await other.states(), before, 'after runs of another program'), ...differences(await other.run(feedsAt(dtype, 3)), first, 'the first run of another program')];
}

async function overlapping(backend: AnyBackend, dtype: DType): Promise<readonly string[]> {
  const [queued, oneByOne] = [await runnerOf(counting(dtype), backend), await runnerOf(counting(dtype), backend)];
  const steps = [1, 2, 3, 4, 5];
  const together = await Promise.all(steps.map((step) => queued.run(feedsAt(dtype, step))));
  const problems: string[] = [];
  for (const [position, step] of steps.entries()) problems.push(...differences(together[position] ?? {}, await oneByOne.run(feedsAt(dtype, step)), `run ${position + 1} of ${steps.length} that overlap`));
  return [...problems, ...differences(await queued.states(), await oneByOne.states(), 'after runs that overlap')];
}

const check = (promise: string, problemsOf: (backend: AnyBackend, dtype: DType) => Promise<readonly string[]>): Check => ({
  promise,
  runs: 'for each dtype',
  run: async ({ backend, dtype }) => ({ problems: await problemsOf(backend, dtype) }),
});

export const stateChecks: Readonly<Record<StateName, Check>> = {
  'states: updates': programsCheck('outputs and updates see the states as they were before the run', statePrograms),
  'states: many times in one call': check('`times` in one call are as many runs, and what is recorded stands in their order', manyTimes),
  'states: a refused run changes nothing': check('a run whose feeds are refused leaves the states as they were', refused),
  'states: programs of their own': check('programs share no states', ownStates),
  'states: overlapping runs': check('runs that overlap follow one another', overlapping),
};
