import type { AbortSignalLike, ProgramSpec } from '@xcorr/compiler';
import { add, input, mul, NdArray, reduceMax, state, sum, type DType } from '@xcorr/graph';
import { differenceOf } from '../judge/compare.ts';
import { required, runnerOf, type Arrays, type Device, type Feeds, type Runner } from '../judge/runner.ts';
import type { Check, Subject } from '../suite/check.ts';

export const asynchronousNames = ['results: those that are asked for', 'states: an aborted run changes nothing'] as const;
export type AsynchronousName = (typeof asynchronousNames)[number];

/** A state that runs on, with results of several sizes, one of which makes what is stored. */
function counting(dtype: DType): ProgramSpec {
  const x = input('x', [5], { dtype });
  const total = state('total', [1, 0, 2, -1, 3], { dtype });
  const next = add(total, x);
  return { inputs: { x }, state: { total }, outputs: { next, sum: sum(next), largest: reduceMax(mul(next, x)), before: total }, updates: [[total, next]] };
}

const feeds = (dtype: DType, step: number): Feeds => {
  const values = [step, 1, -step, 2, 0];
  return { x: new NdArray([5], dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values)) };
};

/** A program whose calls may be aborted. */
interface Called {
  readonly device: Device;
  readonly states: Runner['states'];
}

async function called({ backend, dtype }: Subject): Promise<Called> {
  const { device, states } = await runnerOf(counting(dtype), backend);
  if (device === undefined) throw new TypeError(`${backend.name} is asynchronous, and its programs cannot be disposed of`);
  return { device, states };
}

const differences = (got: Arrays, want: Arrays, place: string): readonly string[] =>
  Object.entries(want).flatMap(([name, array]) => (Object.hasOwn(got, name) ? (differenceOf(`${place}, ${name}`, required(got, name), array) ?? []) : [`${place}: ${name} is not among the results`]));

/** Calls that read some of the results, or none, beside calls that read all of them. */
async function askedFor(subject: Subject): Promise<readonly string[]> {
  const [some, all] = [await called(subject), await called(subject)];
  const problems: string[] = [];
  for (const [step, results] of ([['largest'], [], ['sum', 'before'], ['next'], ['before', 'largest']] as const).entries())
    for (const times of [1, 3]) {
      const place = `asked for ${results.length === 0 ? 'nothing' : results.join(' and ')}, ${times} times`;
      const record = results.slice(0, 1);
      const got = await some.device.run(feeds(subject.dtype, step), { times, results, record });
      const want = await all.device.run(feeds(subject.dtype, step), { times, record });
      const names: readonly string[] = results;
      problems.push(
        ...differences(got, Object.fromEntries(Object.entries(want).filter(([name]) => names.includes(name))), place),
        ...Object.keys(got).flatMap((name) => (names.includes(name) ? [] : [`${place}: ${name} is among the results`])),
        ...differences(await some.states(), await all.states(), `after a run, ${place}`),
      );
    }
  return problems;
}

/** A signal that is aborted when it has been looked at so often. */
function abortedAfter(looks: number, reason: Error): AbortSignalLike {
  let left = looks;
  return {
    get aborted() {
      return left-- <= 0;
    },
    throwIfAborted: () => {
      if (left-- <= 0) throw reason;
    },
  };
}

const times = 12;

/** Calls that are aborted before they begin and in their midst, with others behind them in the queue. */
async function aborted(subject: Subject): Promise<readonly string[]> {
  const { dtype } = subject;
  const [one, other] = [await called(subject), await called(subject)];
  await one.device.run(feeds(dtype, 2), {});
  await other.device.run(feeds(dtype, 2), {});
  const problems: string[] = [];
  for (const looks of [0, 1, 2, 5, 9]) {
    const place = `aborted after ${looks} looks at its signal`;
    const reason = new Error(place);
    const before = await one.states();
    const ended = one.device.run(feeds(dtype, 1), { times, signal: abortedAfter(looks, reason) }).then(
      () => `a run of ${times} times, ${place}, goes on to its end`,
      (error: unknown) => (error === reason ? undefined : `a run that is ${place} does not reject with its reason, but with ${String(error)}`),
    );
    const states = one.states();
    const behind = one.device.run(feeds(dtype, 3), {});
    problems.push(...[await ended].filter((each) => each !== undefined), ...differences(await states, before, `after a run that was ${place}`));
    problems.push(...differences(await behind, await other.device.run(feeds(dtype, 3), {}), `behind a run that was ${place}`));
  }
  const never = { aborted: false, throwIfAborted: () => undefined };
  return [...problems, ...differences(await one.device.run(feeds(dtype, 1), { times, signal: never }), await other.device.run(feeds(dtype, 1), { times }), 'with a signal that is never aborted')];
}

const check = (promise: string, problemsOf: (subject: Subject) => Promise<readonly string[]>): Check => ({
  promise,
  runs: 'for each dtype',
  inapplicable: ({ backend }) => (backend.mode === 'async' ? undefined : 'runs of a synchronous backend are over when they return: none is aborted, and none has results on a device'),
  run: async (subject) => ({ problems: await problemsOf(subject) }),
});

/** What calls of asynchronous backends may ask for. */
export const asynchronousChecks: Readonly<Record<AsynchronousName, Check>> = {
  'results: those that are asked for': check('results that are asked for are given and no others, and states run on all the same', askedFor),
  'states: an aborted run changes nothing': check('a run that is aborted rejects with the reason of its signal and leaves the states as they were; those behind it run', aborted),
};
