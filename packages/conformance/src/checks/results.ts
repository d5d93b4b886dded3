import { add, conv2d, corr2d, flip, input, mean, mul, NdArray, relu, square, state, sub, sum, tanh, type DType } from '@xcorr/graph';
import type { ProgramSpec } from '@xcorr/compiler';
import { differenceOf } from '../judge/compare.ts';
import { copies, required, runnerOf, type Arrays, type Feeds } from '../judge/runner.ts';
import { createRandom } from '../random.ts';
import type { Check, Finding, Subject } from '../suite/check.ts';

export const resultNames = ['results: belong to the caller', 'results: fed back', 'results: in arrays of the caller', 'results: the same bits again'] as const;
export type ResultName = (typeof resultNames)[number];

/** A step of diffusion: its result may be its next feed. */
function diffusion(dtype: DType): ProgramSpec {
  const [x, k] = [input('x', [9, 11], { dtype }), state('k', [[0, 1, 0], [1, -4, 1], [0, 1, 0]], { dtype })];
  const y = add(x, mul(corr2d(x, k, { padding: 1 }), 0.125));
  return { inputs: { x }, state: { k }, outputs: { y, turned: flip(x), total: sum(y) } };
}

/** Sums whose order shows: long, of real numbers, of products. */
function roundings(dtype: DType): ProgramSpec {
  const [x, w] = [input('x', [2, 3, 17, 18], { dtype }), input('w', [5, 3, 3, 3], { dtype })];
  const y = relu(conv2d(x, w, { padding: 1 }));
  return { inputs: { x, w }, outputs: { y, average: mean(y), spread: sum(square(sub(y, mean(y)))), rows: sum(tanh(y), { axes: 3 }) } };
}

function drawn(shape: readonly number[], dtype: DType, seed: number): NdArray {
  const random = createRandom(20_261_126, seed);
  const values = Float64Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => random.uniform(-2, 2));
  return new NdArray(shape, dtype === 'float32' ? Float32Array.from(values) : values);
}

const picture = (dtype: DType, seed: number): NdArray => drawn([9, 11], dtype, seed);

const differences = (got: Arrays, want: Arrays, place: string): readonly string[] =>
  Object.entries(want).flatMap(([name, array]) => differenceOf(`${place}, ${name}`, required(got, name), array) ?? []);

async function belong({ backend, dtype }: Subject): Promise<readonly string[]> {
  const runner = await runnerOf(diffusion(dtype), backend);
  const feeds = { x: picture(dtype, 1) };
  const [first, states] = [await runner.run(feeds), await runner.states()];
  const [were, held, fed] = [copies(first), copies(states), copies(feeds)];
  for (let run = 2; run < 8; run++) await runner.run({ x: picture(dtype, run) });
  const problems = [...differences(first, were, 'kept over later runs'), ...differences(states, held, 'a state that was read, kept over later runs')];
  // What is the caller's may be written, and nobody else sees it.
  for (const array of [...Object.values(first), ...Object.values(states)]) array.data.fill(99);
  const again = await runner.run(feeds);
  problems.push(...differences(again, were, 'after the caller wrote into results and states'), ...differences(feeds, fed, 'the feed after the caller wrote into results'));
  const shared = new Set([...Object.values(again), ...Object.values(feeds)].map((array) => array.data.buffer));
  if (shared.size < Object.keys(again).length + 1) problems.push('results share their memory');
  feeds.x.data.fill(5);
  return [...problems, ...differences(again, were, 'after the caller wrote into the feed')];
}

async function fedBack({ backend, dtype }: Subject): Promise<readonly string[]> {
  const [runner, copying] = [await runnerOf(diffusion(dtype), backend), await runnerOf(diffusion(dtype), backend)];
  let [x, copied] = [picture(dtype, 1), picture(dtype, 1)];
  const results: Arrays[] = [];
  const problems: string[] = [];
  for (let step = 1; step <= 6; step++) {
    const result = await runner.run({ x });
    const apart = copies(await copying.run({ x: copied }));
    problems.push(...differences(result, apart, `step ${step}`));
    results.push(result, apart);
    [x, copied] = [required(result, 'y'), required(apart, 'y')];
  }
  for (let step = 0; step < results.length; step += 2) problems.push(...differences(results[step] ?? {}, results[step + 1] ?? {}, `the result of step ${step / 2 + 1}, afterwards`));
  return problems;
}

/** Arrays of the caller's, and those that the program owns; a result is written into the very array that is fed. */
async function intoArrays({ backend, dtype }: Subject): Promise<Finding> {
  const { own, run } = await runnerOf(diffusion(dtype), backend);
  if (own === undefined) throw new TypeError(`${backend.name} is synchronous, and its programs cannot run into arrays that are given`);
  const problems: string[] = [];
  const start = picture(dtype, 4);
  const given = copies(await run({ x: picture(dtype, 9) }));
  for (const { data } of Object.values(given)) data.fill(-7);
  let want = await run({ x: start });
  own.runInto({ x: start }, given);
  problems.push(...differences(given, want, 'in given arrays that held something'));
  const x = required(own.inputs, 'x');
  x.data.set(start.data);
  for (let step = 1; step <= 4; step++) {
    own.runInto({ x }, own.outputs);
    problems.push(...differences(own.outputs, want, `in the program's arrays, step ${step}`));
    x.data.set(required(own.outputs, 'y').data);
    want = await run({ x: required(want, 'y') });
  }
  const place = copies({ x: start });
  own.runInto(place, { ...given, y: required(place, 'x') });
  problems.push(...differences({ y: required(place, 'x') }, { y: required(await run({ x: start }), 'y') }, 'in the array that was fed'));
  return { problems };
}

async function sameBits({ backend, dtype }: Subject): Promise<readonly string[]> {
  const feeds: Feeds = { x: drawn([2, 3, 17, 18], dtype, 1), w: drawn([5, 3, 3, 3], dtype, 2) };
  const one = await runnerOf(roundings(dtype), backend);
  const first = await one.run(feeds);
  const problems = [...differences(await one.run(feeds), first, 'a second run')];
  for (let compiled = 2; compiled <= 3; compiled++) problems.push(...differences(await (await runnerOf(roundings(dtype), backend)).run(feeds), first, `compiled ${compiled} times`));
  return problems;
}

const ofSynchronous: Check['inapplicable'] = ({ backend }) => (backend.mode === 'sync' ? undefined : 'programs of an asynchronous backend have memory of their own: they write into no array of the caller');

const check = (promise: string, problemsOf: (subject: Subject) => Promise<readonly string[]>): Check => ({
  promise,
  runs: 'for each dtype',
  run: async (subject) => ({ problems: await problemsOf(subject) }),
});

export const resultChecks: Readonly<Record<ResultName, Check>> = {
  'results: belong to the caller': check('results and states that were read are fresh arrays: no later run changes them, and no writing into them changes a run', belong),
  'results: fed back': check('a result may be the next feed', fedBack),
  'results: in arrays of the caller': { promise: 'results go where the caller says, whatever was there, the place of a feed too', runs: 'for each dtype', inapplicable: ofSynchronous, run: intoArrays },
  'results: the same bits again': check('equal feeds give equal bits, run again or compiled again', sameBits),
};
