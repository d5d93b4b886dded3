import { compile, type Backend } from '@xcorr/compiler';
import { add, input, mul, NdArray, sub, squaredError, corr2d, grad, state } from '@xcorr/graph';
import { book } from '@xcorr/golden';
import { describe, expect, test } from 'vitest';
import { js } from './index.ts';

/** A program that counts: its output is the state before the run plus x, which the state becomes. */
function counter() {
  const [x, count] = [input('x', [2]), state('count', [1, 2])];
  const next = add(count, x);
  return compile({ inputs: { x }, state: { count }, outputs: { next }, updates: [[count, next]] }, js());
}

describe('many times in one call', () => {
  test('ten steps of the chapter give the ten losses that ten runs give', () => {
    const learner = () => {
      const [X, Y] = [input('X', [6, 8]), input('Y', [6, 7])];
      const K = state('K', [[0.25, 0.5]]);
      const loss = squaredError(corr2d(X, K), Y);
      const [dK] = grad(loss, [K]);
      return compile({ inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(book.learnKernel.lr, dK))]] }, js());
    };
    const [together, oneByOne] = [learner(), learner()];
    const feeds = { X: book.edge.x, Y: book.edge.y };
    const { loss } = together.run(feeds, { times: 10, record: ['loss'] });
    expect(loss.shape).toEqual([10]);
    expect(loss.toNested()).toEqual(Array.from({ length: 10 }, () => oneByOne.run(feeds).loss.item()));
    expect(together.state.K.toNested()).toEqual(oneByOne.state.K.toNested());
  });

  test('what is not recorded has its last value', () => {
    expect(counter().run({ x: [1, 1] }, { times: 3 }).next.toNested()).toEqual([4, 5]);
    expect(counter().run({ x: [1, 1] }, { times: 3, record: ['next'] }).next.toNested()).toEqual([[2, 3], [3, 4], [4, 5]]);
  });

  test('a wrong number of times, or an output that is not there, is refused before anything runs', () => {
    const program = counter();
    expect(() => program.run({ x: [1, 1] }, { times: 0 })).toThrow('run: times 0 is not a whole number of at least 1');
    expect(() => program.run({ x: [1, 1] }, { times: 1.5 })).toThrow('run: times 1.5 is not a whole number of at least 1');
    // @ts-expect-error -- the type knows the outputs
    expect(() => program.run({ x: [1, 1] }, { record: ['nxt'] })).toThrow('run: there is no output "nxt" to record; did you mean "next"?');
    expect(program.state.count.toNested()).toEqual([1, 2]);
  });
});

describe('into arrays of the caller', () => {
  test('results are written where the caller says', () => {
    const program = counter();
    const next = new Float32Array(2);
    program.runInto({ x: [1, 1] }, { next });
    expect([...next]).toEqual([2, 3]);
    program.runInto({ x: [1, 1] }, { next: new NdArray([2], next) });
    expect([...next]).toEqual([3, 4]);
  });

  test('the program owns an array for each input and output, and only those are written again', () => {
    const program = counter();
    const kept = program.run({ x: [1, 1] }).next;
    program.inputs.x.data.set([10, 20]);
    program.runInto(program.inputs, program.outputs);
    expect(program.outputs.next.toNested()).toEqual([12, 23]);
    program.runInto(program.inputs, program.outputs);
    expect(program.outputs.next.toNested()).toEqual([22, 43]);
    expect(kept.toNested()).toEqual([2, 3]);
    expect(program.outputs.next).toBe(program.outputs.next);
  });

  test('a result fed back into its own place is copied first', () => {
    const [x, y] = [input('x', [4]), input('y', [4])];
    // Element 0 of the result is written before element 3 of x is read.
    const program = compile({ inputs: { x, y }, outputs: { z: add(x, mul(y, 2)) } }, js());
    const shared = Float32Array.of(1, 2, 3, 4, 5);
    program.runInto({ x: shared.subarray(0, 4), y: [1, 1, 1, 1] }, { z: shared.subarray(1, 5) });
    expect([...shared]).toEqual([1, 3, 4, 5, 6]);
  });

  test('an array that does not fit is refused, and nothing is written', () => {
    const program = counter();
    const wrong = new Float32Array(3);
    expect(() => program.runInto({ x: [1, 1] }, { next: wrong })).toThrow('runInto: the output "next" needs a Float32Array of 2 elements, or an NdArray that holds one');
    expect(() => program.runInto({ x: [1, 1] }, { next: new Float64Array(2) })).toThrow('runInto: the output "next" needs a Float32Array');
    // @ts-expect-error -- the type wants every output
    expect(() => program.runInto({ x: [1, 1] }, {})).toThrow('runInto: the output "next" needs a Float32Array');
    expect([...wrong]).toEqual([0, 0, 0]);
    expect(program.state.count.toNested()).toEqual([1, 2]);
  });

  test('two outputs in one place are refused', () => {
    const x = input('x', [2]);
    const program = compile({ inputs: { x }, outputs: { a: mul(x, 2), b: mul(x, 3) } }, js());
    const place = new Float32Array(3);
    expect(() => program.runInto({ x: [1, 1] }, { a: place.subarray(0, 2), b: place.subarray(1, 3) })).toThrow(
      'runInto: the outputs "a" and "b" share memory; give each an array of its own',
    );
  });

  test('named sizes have no array of the program', () => {
    const picture = input('picture', ['H', 'W']);
    const program = compile({ inputs: { picture }, outputs: { y: mul(picture, 2) } }, js());
    expect(() => program.inputs.picture).toThrow('the input "picture" has named sizes, so the program owns no array for it; feed arrays of your own');
  });
});

describe('a call that cannot be made', () => {
  test('feeds that are none', () => {
    const program = counter();
    // @ts-expect-error -- the type wants feeds
    expect(() => program.run()).toThrow('run: an object with a value for each input is expected, not undefined');
    // @ts-expect-error -- the type wants feeds
    expect(() => program.run(null)).toThrow('run: an object with a value for each input is expected, not null');
  });

  test('a record beyond the memory limit', () => {
    const program = counter();
    expect(() => program.run({ x: [1, 1] }, { times: 1e12, record: ['next'] })).toThrow('run: 8 TB are needed, the limit is 4.29 GB\n  the largest is the record of "next" [1000000000000, 2] with 8 TB');
    expect(program.state.count.toNested()).toEqual([1, 2]);
  });

  test('an output that the program does not have', () => {
    // @ts-expect-error -- the type knows the outputs
    expect(() => counter().runInto({ x: [1, 1] }, { next: new Float32Array(2), nxt: new Float32Array(2) })).toThrow('runInto: there is no output "nxt"; did you mean "next"?');
  });
});

test('when a later of many times fails, the states are as before the first', () => {
  const [x, count] = [input('x', [2]), state('count', [1, 2])];
  const next = add(count, x);
  let runs = 0;
  const failing: Backend<'sync'> = {
    ...js(),
    load: (artifact) => {
      const loaded = js().load(artifact);
      return {
        ...loaded,
        run: (buffers, sizes) => {
          if (++runs === 3) throw new Error('the third time fails');
          loaded.run(buffers, sizes);
        },
      };
    },
  };
  const program = compile({ inputs: { x }, state: { count }, outputs: { next }, updates: [[count, next]] }, failing);
  expect(() => program.run({ x: [1, 1] }, { times: 5 })).toThrow('the third time fails');
  expect(program.state.count.toNested()).toEqual([1, 2]);
  expect(program.run({ x: [1, 1] }).next.toNested()).toEqual([2, 3]);
});
