import type { Backend } from '@xcorr/compiler';
import { asynchronous } from '@xcorr/compiler/device';
import { add, CompileError, input, mul, ndarray, state, sum, type NodeOf, type Tensor, type TypedArray } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { model } from '../../testing/model.ts';
import type { Case } from '../case.ts';
import { runCase } from './run-case.ts';

const isInput = (tensor: Tensor): tensor is NodeOf<'input'> => tensor.primitive === 'input';
const isState = (tensor: Tensor): tensor is NodeOf<'state'> => tensor.primitive === 'state';

/** A total that grows by what is fed. */
function running(): Case {
  const x = input('x', [2]);
  const total = state('total', 1);
  const next = add(total, sum(x));
  return {
    inputs: [x].filter(isInput),
    states: [total].filter(isState),
    outputs: [{ name: 'y', tensor: mul(x, total), storage: 'float32' }],
    updates: [total].filter(isState).map((each) => ({ state: each, next })),
    runs: [{ x: ndarray([1, 2]) }, { x: ndarray([3, 4]) }],
    specialise: false,
  };
}

const stateless = (test: Case): Case => {
  const [feeds = {}] = test.runs;
  return { ...test, updates: [], runs: [feeds, feeds] };
};

/** A backend whose programs do something else beside what they should. */
function meddling(meddle: (buffers: readonly TypedArray[], run: number) => void): Backend<'sync'> {
  const backend = model();
  return {
    ...backend,
    load: (artifact) => {
      const loaded = backend.load(artifact);
      let runs = 0;
      return {
        ...loaded,
        run: (buffers, sizes) => {
          loaded.run(buffers, sizes);
          meddle(buffers, ++runs);
        },
      };
    },
  };
}

test('outputs and states are judged step by step', async () => {
  expect(await runCase(running(), model())).toEqual({ judged: 6, unjudged: 0, problem: undefined });
});

test('an asynchronous backend is judged alike', async () => {
  expect(await runCase(running(), asynchronous(model()))).toEqual({ judged: 6, unjudged: 0, problem: undefined });
});

test('a step is judged from the state that the backend had before it', async () => {
  const stale = meddling((buffers, run) => {
    if (run === 2) for (const each of buffers) if (each.length === 1) each.fill(9);
  });
  const { problem } = await runCase(running(), stale);
  expect(problem).toEqual({ kind: 'result', text: 'run 2: state total: element 0 is 9, not 11' });
});

test('a feed must stay as it was', async () => {
  const { problem } = await runCase(stateless(running()), meddling((buffers) => buffers[0]?.fill(7)));
  expect(problem).toEqual({ kind: 'changed', text: 'run 1: the feed x: element 0 is 7, it was 1' });
});

test('results may be written into arrays of the caller, the same bits', async () => {
  const { problem } = await runCase(stateless(running()), meddling((buffers, run) => {
    if (run === 3) for (const each of buffers) if (each.length === 2) each[1] = 5;
  }));
  expect(problem).toEqual({ kind: 'repeated', text: 'run into given arrays: y: element 1 is 5, it was 2' });
});

test('what a backend refuses is no failure', async () => {
  const refusing: Backend<'sync'> = {
    ...model(),
    emit: () => {
      throw new CompileError('nothing: this backend compiles nothing');
    },
  };
  expect(await runCase(running(), refusing)).toEqual({ judged: 0, unjudged: 0, problem: undefined, refusal: 'nothing: this backend compiles nothing' });
});

test('an error in a run is a failure', async () => {
  const failing = meddling(() => {
    throw new RangeError('out of luck 17');
  });
  expect((await runCase(running(), failing)).problem).toEqual({ kind: 'thrown by run 1, RangeError: out of luck #', text: 'run 1: RangeError: out of luck 17' });
});
