import { compile, type AsyncExecutable } from '@xcorr/compiler';
import { add, input, mul, state, sum, type Tensor } from '@xcorr/graph';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchBuffers, watchTextures, type Watch } from '../../testing/watch.ts';
import { DeviceError, gpu } from '../index.ts';

// A driver that is reset, a tab of 17 contexts, a laptop that wakes: contexts are taken away. gpu.js goes on with zeros.

const watches = { webgl2: watchTextures, webgpu: watchBuffers } as const;

type Sum = AsyncExecutable<{ x: Tensor }, { s: Tensor }, { total: Tensor }>;

/** Adds what it is fed to its state; gives the sum of the state before. */
function adder(mode: 'webgl2' | 'webgpu'): Promise<Sum> {
  const x = input('x', [2, 3]);
  const s = state('s', [[0, 0, 0], [0, 0, 0]]);
  return compile({ inputs: { x }, state: { s }, outputs: { total: sum(s) }, updates: [[s, add(s, x)]] }, gpu({ mode }));
}

const ones = [[1, 1, 1], [1, 1, 1]];

describe.each(['webgl2', 'webgpu'] as const)('a context that is lost, %s', (mode) => {
  let watch: Watch;
  beforeEach(() => {
    watch = watches[mode]();
  });
  afterEach(() => {
    watch.stop();
  });

  test('a program without states goes on in a new one', async () => {
    const x = input('x', [3]);
    const program = await compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, gpu({ mode }));
    const contexts: number[] = [];
    for (let round = 0; round < 3; round++) {
      expect((await program.run({ x: [1, 2, 3] })).y.toNested()).toEqual([2, 4, 6]);
      contexts.push(watch.contexts());
      watch.lose();
    }
    // The first that a page opens is opened by gpu.js to see what it can do.
    const [first = 0] = contexts;
    expect(contexts).toEqual([first, first + 1, first + 2]);
    expect(program.ranOn).toBe(`gpu:${mode}`);
    await program.dispose();
  });

  test('states go on from where they were read back', async () => {
    const program = await adder(mode);
    await program.run({ x: ones }, { times: 2 });
    expect((await program.state.s).toNested()).toEqual([[2, 2, 2], [2, 2, 2]]);
    watch.lose();
    expect((await program.run({ x: ones })).total.item()).toBe(12);
    expect((await program.state.s).toNested()).toEqual([[3, 3, 3], [3, 3, 3]]);
    await program.dispose();
  });

  test('runs whose states were never read back are lost, which is said; then it goes on from the last that were', async () => {
    const program = await adder(mode);
    await program.run({ x: ones }, { times: 2 });
    await program.state.s;
    await program.run({ x: ones });
    watch.lose();
    const error: unknown = await program.run({ x: ones }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeviceError);
    expect(String(error)).toMatch(/lost/);
    expect((await program.run({ x: ones })).total.item()).toBe(12);
    expect((await program.state.s).toNested()).toEqual([[3, 3, 3], [3, 3, 3]]);
    await program.dispose();
  });

  test('a state that is read after the loss is never zeros', async () => {
    const program = await adder(mode);
    await program.run({ x: ones }, { times: 5 });
    watch.lose();
    await expect(program.state.s).rejects.toThrow(DeviceError);
    await program.dispose();
  });

  test.each([0, 2, 5, 10, 20, 40])('a call that is under way gives what it should, or says that it was lost: after %i ms', async (milliseconds) => {
    const program = await adder(mode);
    const running = program.run({ x: ones }, { times: 200, record: ['total'] });
    setTimeout(() => {
      watch.lose();
    }, milliseconds);
    const losses = await running.then(
      ({ total }) => [...total.data],
      (error: unknown) => error,
    );
    const expected = losses instanceof DeviceError ? losses : Array.from({ length: 200 }, (_, time) => 6 * time);
    expect(losses).toEqual(expected);
    // Whatever came of it, the states are whole: all of the call's times, or none.
    const kept = await program.state.s.then(
      ({ data }) => data[0],
      (error: unknown) => error,
    );
    expect(kept instanceof DeviceError || kept === 0 || kept === 200).toBe(true);
    await program.dispose();
  });
});
