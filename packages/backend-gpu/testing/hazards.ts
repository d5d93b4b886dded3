import { compile, type AsyncExecutable, type Backend } from '@xcorr/compiler';
import { add, concat, conv2d, corr2d, cos, evaluate, exp, extend, input, log, mean, mul, NdArray, pad, pow, sin, square, state, sub, sum, tanh, type Feed, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';

type Feeds = Readonly<Record<string, Feed>>;

/** Whole numbers, so that sums of them have one value in any order. */
function whole(...shape: readonly number[]): NdArray {
  const length = shape.reduce((product, extent) => product * extent, 1);
  return new NdArray(shape, Float32Array.from({ length }, (_, index) => ((index * 7) % 13) - 6));
}

function largestDifference(got: NdArray, want: NdArray): number {
  expect(got.shape).toEqual(want.shape);
  let largest = 0;
  for (let index = 0; index < want.data.length; index++) {
    const difference = Math.abs((got.data[index] ?? Number.NaN) - (want.data[index] ?? Number.NaN));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

/** Compiles one output, runs it once, and gives everything back. */
async function once(backend: Backend<'async'>, inputs: Readonly<Record<string, Tensor>>, y: Tensor, feeds: Feeds): Promise<NdArray> {
  const program = await compile({ inputs, outputs: { y } }, backend);
  const results = await program.run(feeds);
  await program.dispose();
  return results.y;
}

/** Runs one output on the backend and holds it to the reference interpreter. */
async function expectAsMeant(backend: Backend<'async'>, inputs: Readonly<Record<string, Tensor>>, y: Tensor, feeds: Feeds, tolerance = 0): Promise<void> {
  expect(largestDifference(await once(backend, inputs, y, feeds), evaluate(y, feeds))).toBeLessThanOrEqual(tolerance);
}

/**
 * Registers, as tests, programs that go wrong without a word when they are written for gpu.js as one would at first:
 * `src/browser/gpujs.browser.test.ts` shows that gpu.js does so. Here they are right, or refused.
 */
export function hazards(name: string, backend: Backend<'async'>): void {
  describe(`hazards of gpu.js on ${name}`, () => {
    test('loops end where they should: more terms than any loop may have', async () => {
      const x = input('x', [1_000_000]);
      await expectAsMeant(backend, { x }, sum(x), { x: whole(1_000_000) });
    });

    test('loops end where they should: the size of a sum is a named one', async () => {
      const x = input('x', ['N']);
      const program = await compile({ inputs: { x }, outputs: { y: sum(x) } }, backend);
      for (const size of [1, 999, 1000, 1001, 70_000]) expect((await program.run({ x: whole(size) })).y.item()).toBe(evaluate(sum(x), { x: whole(size) }).item());
      await program.dispose();
    });

    test('more buffers than a kernel can read', async () => {
      const inputs = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`x${index}`, input(`x${index}`, [3])]));
      const feeds = Object.fromEntries(Object.keys(inputs).map((name, index) => [name, [index, 2 * index, 1]]));
      const all = Object.values(inputs).reduce((total, each) => add(total, mul(each, each)));
      await expectAsMeant(backend, inputs, all, feeds);
    });

    test('one program, pictures of different sizes in turn', async () => {
      const x = input('x', ['H', 'W']);
      const y = corr2d(x, [[1, 2], [3, -4]]);
      const program = await compile({ inputs: { x }, outputs: { y } }, backend);
      for (const [rows, columns] of [[5, 4], [4, 5], [17, 3], [5, 4], [2, 60]] as const) {
        const picture = whole(rows, columns);
        expect((await program.run({ x: picture })).y.toNested()).toEqual(evaluate(y, { x: picture }).toNested());
      }
      await program.dispose();
    });

    test('numbers of one program are none of another', async () => {
      const x = input('x', [4]);
      const programs: AsyncExecutable<{ x: Tensor }, Record<never, never>, { y: Tensor }>[] = [];
      for (const factor of [2, 3, 5]) programs.push(await compile({ inputs: { x }, outputs: { y: mul(x, factor) } }, backend));
      const results = await Promise.all(programs.map((program) => program.run({ x: [1, 2, 3, 4] })));
      expect(results.map(({ y }) => y.toNested())).toEqual([[2, 4, 6, 8], [3, 6, 9, 12], [5, 10, 15, 20]]);
      for (const program of programs) await program.dispose();
    });

    test('nothing is read beyond a border', async () => {
      const x = input('x', [4, 5]);
      const feeds = { x: whole(4, 5) };
      for (const wide of [pad(x, { low: [2, 1], high: [1, 3], value: 7 }), extend(x, { mode: 'reflect', low: [2, 3], high: [1, 2] }), pad(x, { low: [-1, 2], high: [2, -2], value: 0 })])
        await expectAsMeant(backend, { x }, corr2d(wide, [[1, 2], [3, 4]]), feeds);
    });

    test('a result stays what it was when the program runs again', async () => {
      const x = input('x', [3]);
      const program = await compile({ inputs: { x }, outputs: { y: add(x, 1) } }, backend);
      const first = await program.run({ x: [1, 2, 3] });
      const second = await program.run({ x: [10, 20, 30] });
      expect([first.y.toNested(), second.y.toNested()]).toEqual([[2, 3, 4], [11, 21, 31]]);
      await program.dispose();
    });

    test('what was uploaded and what a kernel made are read alike, whatever their shape', async () => {
      for (const shape of [[6], [2, 3], [2, 3, 4], [2, 1, 3, 2]]) {
        const x = input('x', shape);
        const s = state('s', whole(...shape));
        const program = await compile({ inputs: { x }, state: { s }, outputs: { y: mul(s, x) }, updates: [[s, add(s, x)]] }, backend);
        const feeds = { x: whole(...shape) };
        const { y } = await program.run(feeds, { times: 3 });
        expect(largestDifference(y, evaluate(mul(mul(x, 3), x), feeds))).toBe(0);
        expect(largestDifference(await program.state.s, evaluate(mul(x, 4), feeds))).toBe(0);
        await program.dispose();
      }
    });

    test('sides longer than a texture, and directions of more threads than there are groups', async () => {
      for (const shape of [[20_000], [3, 20_000], [20_000, 3], [2, 20_000, 2], [2, 70_000, 2], [70_000, 2, 2], [2048, 33, 2, 2]]) {
        const x = input('x', shape);
        const y = add(mul(x, 2), 1);
        await expectAsMeant(backend, { x }, y, { x: whole(...shape) });
      }
    });

    test('many taps, all of them different', async () => {
      const x = input('x', [40, 40]);
      const kernel = whole(20, 20).toNested();
      await expectAsMeant(backend, { x }, corr2d(x, kernel), { x: whole(40, 40) });
    });

    test('many taps, each with conditions of its own', async () => {
      const x = input('x', [3, 2]);
      const w = input('w', [5, 7]);
      const y = corr2d(extend(x, { mode: 'edge', low: [2, 3], high: [2, 3] }), w);
      await expectAsMeant(backend, { x, w }, y, { x: whole(3, 2), w: whole(5, 7) });
    });

    test('many steps of one expression', async () => {
      const x = input('x', [5]);
      const deep = Array.from({ length: 200 }).reduce<Tensor>((value, _, index) => sub(index % 2 === 0 ? mul(value, 2) : value, mul(value, index % 2)), x);
      await expectAsMeant(backend, { x }, add(deep, x), { x: [1, 2, 3, 4, 5] });
    });

    test('infinity and NaN come through what does not compute with them', async () => {
      const x = input('x', [6]);
      const values = Float32Array.of(Number.NaN, Infinity, -Infinity, 3.4e38, -0, 1);
      const y = await once(backend, { x }, concat([x, x]), { x: values });
      expect([...y.data]).toEqual([...values, ...values]);
    });

    test('functions where shading languages and quick formulas leave them open', async () => {
      const x = input('x', [6]);
      const feeds = { x: [-3, -2, 0.5, 1, 20, 100] };
      // NaN is the driver's: a logarithm of what is negative is none, and at least no other number.
      const logarithms = await once(backend, { x }, log(x), feeds);
      for (const value of logarithms.data.subarray(0, 2)) expect(value).toBeNaN();
      await expectAsMeant(backend, { x }, pow(x, 3), feeds);
      await expectAsMeant(backend, { x }, tanh(x), feeds, 2 ** -23);
      const n = input('n', [6]);
      const powers = { ...feeds, n: [3, 3, 3, 3, 2, 2] };
      await expectAsMeant(backend, { x, n }, pow(x, n), powers, 1e-2);
      const angles = { x: [8192, 1e5, -1e6, 16_777_215, 1e8, -4e9] };
      for (const wave of [sin, cos]) await expectAsMeant(backend, { x }, wave(x), angles, 2 ** -21);
    });

    test('a function of a layer, as the interpreter means it', async () => {
      const x = input('x', [1, 2, 9, 8]);
      const w = input('w', [3, 2, 3, 3]);
      const y = mean(square(exp(mul(conv2d(x, w, { padding: [[1, 1], [1, 1]], strides: [2, 1] }), 0.01))));
      await expectAsMeant(backend, { x, w }, y, { x: whole(1, 2, 9, 8), w: whole(3, 2, 3, 3) }, 1e-4);
    });
  });
}
