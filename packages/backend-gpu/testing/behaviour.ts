import { compile, programFor, type Backend } from '@xcorr/compiler';
import { add, corr2d, input, mul, NdArray, state, sub, sum } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';

/** A program that counts: its output is the state before the run plus x, which the state becomes. */
function counter(backend: Backend<'async'>) {
  const [x, count] = [input('x', [2]), state('count', [1, 2])];
  const next = add(count, x);
  return compile({ inputs: { x }, state: { count }, outputs: { next, before: count }, updates: [[count, next]] }, backend);
}

const ones = { x: [1, 1] };

/** Registers what programs on a device promise: how they are fed, what they give, and what they keep. */
export function behaves(name: string, backend: Backend<'async'>): void {
  describe(`programs on ${name}`, () => {
    test('say where they run, at once and after a run', async () => {
      const program = await counter(backend);
      expect(program.ranOn).toBe(name);
      await program.run(ones);
      expect(program.ranOn).toBe(name);
      await program.dispose();
    });

    test('keep their states from run to run, and give them when they are asked', async () => {
      const program = await counter(backend);
      expect((await program.state.count).toNested()).toEqual([1, 2]);
      for (const expected of [[2, 3], [3, 4], [4, 5]]) expect((await program.run(ones)).next.toNested()).toEqual(expected);
      expect((await program.state.count).toNested()).toEqual([4, 5]);
      await program.dispose();
    });

    test('run many times in one call, and record what each time gave', async () => {
      const program = await counter(backend);
      const { next, before } = await program.run(ones, { times: 40, record: ['next'] });
      expect(next.toNested()).toEqual(Array.from({ length: 40 }, (_, time) => [time + 2, time + 3]));
      expect(before.toNested()).toEqual([40, 41]);
      expect((await program.run(ones, { times: 2 })).next.toNested()).toEqual([43, 44]);
      await program.dispose();
    });

    test('read back what is asked for alone', async () => {
      const program = await counter(backend);
      expect(Object.keys(await program.run(ones, { results: ['before'] }))).toEqual(['before']);
      expect(await program.run(ones, { times: 300, results: [] })).toEqual({});
      expect((await program.state.count).toNested()).toEqual([302, 303]);
      await program.dispose();
    });

    test('give results that are the caller\'s, and leave what they are fed alone', async () => {
      const program = await counter(backend);
      const fed = Float32Array.of(1, 1);
      const first = await program.run({ x: fed });
      first.next.data.fill(99);
      (await program.state.count).data.fill(99);
      expect((await program.run({ x: fed })).next.toNested()).toEqual([3, 4]);
      expect([...fed]).toEqual([1, 1]);
      await program.dispose();
    });

    test('take feeds of every kind', async () => {
      const x = input('x', [2, 2]);
      const program = await compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, backend);
      for (const fed of [[[1, 2], [3, 4]], new NdArray([2, 2], Float32Array.of(1, 2, 3, 4)), Float32Array.of(1, 2, 3, 4), Uint8Array.of(1, 2, 3, 4)])
        expect((await program.run({ x: fed })).y.toNested()).toEqual([[2, 4], [6, 8]]);
      await program.dispose();
    });

    test('take bytes, and give bytes that are rounded half to even and saturated', async () => {
      const x = input('x', [6], { storage: 'uint8' });
      const shift = input('shift', [6]);
      const program = await compile({ inputs: { x, shift }, outputs: { bytes: { tensor: add(x, shift), storage: 'uint8' }, floats: add(x, shift) } }, backend);
      const { bytes, floats } = await program.run({ x: Uint8ClampedArray.of(0, 1, 2, 3, 250, 255), shift: [-3, 0.5, 0.5, 0.25, 4.75, 4] });
      expect(bytes.data).toBeInstanceOf(Uint8ClampedArray);
      expect([...bytes.data]).toEqual([0, 2, 2, 3, 255, 255]);
      expect(floats.toNested()).toEqual([-3, 1.5, 2.5, 3.25, 254.75, 259]);
      await program.dispose();
    });

    test('keep a state through runs of other sizes', async () => {
      const x = input('x', ['n']);
      const total = state('total', 0);
      const program = await compile({ inputs: { x }, state: { total }, outputs: { before: total, doubled: mul(x, 2) }, updates: [[total, add(total, sum(x))]] }, backend);
      for (const size of [1, 1, 2, 3, 4, 5, 600, 1]) expect((await program.run({ x: Array.from({ length: size }, () => 1) })).doubled.shape).toEqual([size]);
      expect((await program.state.total).item()).toBe(617);
      await program.dispose();
    });

    test('swap states', async () => {
      const [a, b] = [state('a', [1, 2, 3]), state('b', [4, 5, 6])];
      const program = await compile({ state: { a, b }, outputs: { difference: sub(a, b) }, updates: [[a, b], [b, a]] }, backend);
      expect((await program.run({}, { times: 3 })).difference.toNested()).toEqual([-3, -3, -3]);
      expect([(await program.state.a).toNested(), (await program.state.b).toNested()]).toEqual([[4, 5, 6], [1, 2, 3]]);
      await program.dispose();
    });

    test('go by names of any kind', async () => {
      const hostile = ['__proto__', 'constructor', '"); throw 1; //', 'this.thread.x', 'b0', 'gl_FragColor'];
      const inputs = Object.fromEntries(hostile.map((name) => [name, input(name, [1])] as const));
      const program = await compile({ inputs, outputs: Object.fromEntries(hostile.map((name, at) => [name, mul(inputs[name] ?? 0, at)] as const)) }, backend);
      const results = await program.run(Object.fromEntries(hostile.map((name) => [name, [2]] as const)));
      expect(hostile.map((name) => results[name]?.item())).toEqual([0, 2, 4, 6, 8, 10]);
      await program.dispose();
    });

    test('are aborted between two times, and are then as they were', async () => {
      const program = await counter(backend);
      await program.run(ones);
      const aborting = new AbortController();
      const running = program.run(ones, { times: 1e9, signal: aborting.signal });
      setTimeout(() => aborting.abort(new Error('enough')), 60);
      await expect(running).rejects.toThrow('enough');
      expect((await program.state.count).toNested()).toEqual([2, 3]);
      expect((await program.run(ones)).next.toNested()).toEqual([3, 4]);
      await program.dispose();
    });

    test('run beside one another, in one context, and outlive one another', async () => {
      const [first, second] = [await counter(backend), await counter(backend)];
      const x = input('x', [5, 5]);
      const edges = await compile({ inputs: { x }, outputs: { y: corr2d(x, [[1, -1]]) } }, backend);
      const picture = new NdArray([5, 5], Float32Array.from({ length: 25 }, (_, index) => index % 5 === 2 ? 1 : 0));
      const all = await Promise.all([first.run(ones, { times: 5 }), edges.run({ x: picture }), second.run(ones), first.run(ones)]);
      expect([all[0].next.toNested(), all[2].next.toNested(), all[3].next.toNested()]).toEqual([[6, 7], [2, 3], [7, 8]]);
      expect([...all[1].y.data.subarray(0, 4)]).toEqual([0, -1, 1, 0]);
      await second.dispose();
      await edges.dispose();
      expect((await first.run(ones)).next.toNested()).toEqual([8, 9]);
      await first.dispose();
      const again = await counter(backend);
      expect((await again.run(ones)).next.toNested()).toEqual([2, 3]);
      await again.dispose();
    });

    test('do not run once they are disposed of', async () => {
      const program = await counter(backend);
      await program.dispose();
      await program.dispose();
      await expect(program.run(ones)).rejects.toThrow('the program was disposed of and does not run again; compile it anew');
    });

    test('compute in float32 alone', async () => {
      const x = input('x', [2], { dtype: 'float64' });
      await expect(compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, backend)).rejects.toThrow(/float64/);
    });

    test('are the same text for the same program', async () => {
      const target = await backend.detect();
      const [x, k] = [input('x', [4, 4]), state('k', [[1, 2], [3, 4]])];
      const program = programFor({ inputs: { x }, state: { k }, outputs: { y: corr2d(x, k) } }, backend);
      expect(backend.emit(program, target).code).toBe(backend.emit(program, target).code);
    });
  });
}
