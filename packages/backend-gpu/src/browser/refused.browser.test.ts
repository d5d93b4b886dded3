import { compile, type AsyncExecutable } from '@xcorr/compiler';
import { add, input, mul, state, sum, type Tensor } from '@xcorr/graph';
import { afterEach, describe, expect, test } from 'vitest';
import { giveBack, numbersOf, rawGpu } from '../../testing/raw-gpujs.ts';
import { refuseBuffer, refuseTexture, type Refusal } from '../../testing/refusing.ts';
import { DeviceError, gpu } from '../index.ts';

// A driver has no memory for what is asked of it. WebGL and WebGPU go on, with zeros or with what was there, and say it to who asks.

const refusals = { webgl2: refuseTexture, webgpu: refuseBuffer } as const;

type Sum = AsyncExecutable<{ x: Tensor }, { s: Tensor }, { total: Tensor; y: Tensor }>;

/** Adds what it is fed to its state; gives the sum of the state before, and the state after. */
function adder(mode: 'webgl2' | 'webgpu', length = 3): Promise<Sum> {
  const x = input('x', [length]);
  const s = state('s', Array.from({ length }, () => 0));
  return compile({ inputs: { x }, state: { s }, outputs: { total: sum(s), y: add(s, x) }, updates: [[s, add(s, x)]] }, gpu({ mode }));
}

const ones = (length = 3): Float32Array => new Float32Array(length).fill(1);

let refusal: Refusal | undefined;
afterEach(() => {
  refusal?.stop();
});

describe.each(['webgl2', 'webgpu'] as const)('memory that is refused, %s', (mode) => {
  const refuse = (after: number): Refusal => {
    refusal?.stop();
    refusal = refusals[mode](after);
    return refusal;
  };

  /** Runs once while something is refused: how it ended. */
  const whileRefused = async (after: number, run: () => Promise<unknown>): Promise<'resolved' | 'rejected' | 'not reached'> => {
    const { isDone, stop } = refuse(after);
    const ended = await run().then(
      () => 'resolved' as const,
      (error: unknown) => {
        expect(error).toBeInstanceOf(DeviceError);
        return 'rejected' as const;
      },
    );
    stop();
    return isDone() ? ended : 'not reached';
  };

  test('in a run that reads nothing: it rejects, the states are as they were, and the next run is right', async () => {
    const program = await adder(mode);
    for (let run = 0; run < 2; run++) await program.run({ x: ones() }, { results: [] });
    let steps = 2;
    const ended: string[] = [];
    for (const after of [0, 1, 2]) {
      const end = await whileRefused(after, () => program.run({ x: ones() }, { results: [] }));
      ended.push(end);
      if (end !== 'rejected') steps++;
      const { y } = await program.run({ x: ones() });
      steps++;
      expect([...y.data]).toEqual([steps, steps, steps]);
      expect([...(await program.state.s).data]).toEqual([steps, steps, steps]);
      await program.run({ x: ones() }, { results: [] });
      steps++;
    }
    expect(ended).not.toContain('resolved');
    expect(ended).toContain('rejected');
    await program.dispose();
  });

  test('in the midst of many steps', async () => {
    const program = await adder(mode);
    await program.run({ x: ones() }, { times: 10, results: [] });
    expect(await whileRefused(3, () => program.run({ x: ones() }, { times: 300, results: [] }))).toBe('rejected');
    expect([...(await program.state.s).data]).toEqual([10, 10, 10]);
    await program.run({ x: ones() }, { times: 300, results: [] });
    expect([...(await program.state.s).data]).toEqual([310, 310, 310]);
    await program.dispose();
  });

  test('wherever it comes in a run that reads: results are right or there are none, and later runs are', { timeout: 120_000 }, async () => {
    const length = 70_000;
    const program = await adder(mode, length);
    const x = ones(length);
    let steps = 0;
    for (const after of [0, 1, 2, 3, 4, 5]) {
      const { stop } = refuse(after);
      const results = await program.run({ x }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(DeviceError);
        return undefined;
      });
      stop();
      if (results !== undefined) {
        expect(results.total.item()).toBe(length * steps);
        steps++;
        expect(results.y.data[length - 1]).toBe(steps);
      }
      const { total } = await program.run({ x });
      expect(total.item()).toBe(length * steps);
      steps++;
    }
    await program.dispose();
  });

  test('to one program: another one, on the same device at the same time, is right', async () => {
    const [first, second] = [await adder(mode), await adder(mode, 4)];
    for (const each of [first, second]) await each.run({ x: each === first ? ones() : ones(4) }, { times: 2, results: [] });
    expect(await whileRefused(1, () => first.run({ x: ones() }, { results: [] }))).toBe('rejected');
    expect([...(await second.run({ x: ones(4) })).y.data]).toEqual([3, 3, 3, 3]);
    refuse(12);
    const [one, other] = await Promise.allSettled([first.run({ x: ones() }, { times: 40, results: [] }), second.run({ x: ones(4) }, { times: 40, results: [] })]);
    refusal?.stop();
    expect([one.status, other.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect([(await first.state.s).data[0], (await second.state.s).data[0]]).toEqual([one.status === 'fulfilled' ? 42 : 2, other.status === 'fulfilled' ? 43 : 3]);
    await first.dispose();
    await second.dispose();
  });

  test('to a program that is being loaded: it is not, and the next one is', async () => {
    // It keeps the device open, so that nothing else is asked for.
    const other = await adder(mode);
    const w = input('w', [3]);
    const scaled = (): Promise<AsyncExecutable<{ w: Tensor }, Record<never, never>, { y: Tensor }>> => compile({ inputs: { w }, outputs: { y: mul(w, [2, 3, 4]) } }, gpu({ mode }));
    const ends: string[] = [];
    for (let after = 0; ends.at(-1) !== 'not reached'; after++)
      ends.push(
        await whileRefused(after, async () => {
          // Where it is loaded, its first run is right or rejects.
          const program = await scaled();
          try {
            expect([...(await program.run({ w: ones() })).y.data]).toEqual([2, 3, 4]);
          } finally {
            await program.dispose();
          }
        }),
      );
    expect(ends).toContain('rejected');
    const program = await scaled();
    expect([...(await program.run({ w: ones() })).y.data]).toEqual([2, 3, 4]);
    for (const each of [program, other]) await each.dispose();
  });
});

test('what somebody else does wrong with the device of WebGPU that all share rejects no run', async () => {
  const x = input('x', [3]);
  const program = await compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, gpu({ mode: 'webgpu' }));
  const raw = await rawGpu('webgpu');
  const double = raw.createKernel('function(a) { return a[this.thread.x] * 2; }', { precision: 'single', tactic: 'precision', pipeline: true, immutable: true, output: [3] });
  const first = await double(ones());
  const running = program.run({ x: [1, 2, 3] }, { times: 100 });
  const { stop, isDone } = refuseBuffer();
  const refused = double(ones());
  stop();
  expect(isDone()).toBe(true);
  expect([...(await running).y.data]).toEqual([2, 4, 6]);
  expect([...(await program.run({ x: [1, 2, 3] })).y.data]).toEqual([2, 4, 6]);
  expect(await numbersOf(refused)).not.toEqual([2, 2, 2]);
  giveBack(first);
  await raw.destroy();
  await program.dispose();
});

test('gpu.js itself gives other numbers, without a word', async () => {
  const raw = await rawGpu('webgl2');
  const double = raw.createKernel('function(a) { return a[this.thread.x] * 2; }', { precision: 'single', tactic: 'precision', pipeline: true, immutable: true, output: [3] });
  expect(await numbersOf(double(ones()))).toEqual([2, 2, 2]);
  const { stop, isDone } = refuseTexture(0);
  const refused = double(Float32Array.of(5, 6, 7));
  stop();
  expect(isDone()).toBe(true);
  expect(await numbersOf(refused)).not.toEqual([10, 12, 14]);
  await raw.destroy();
});
