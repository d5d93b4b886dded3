import { compile, programFor, type ProgramSpec } from '@xcorr/compiler';
import { add, conv2d, grad, input, mean, mul, relu, square, state, sub, sum, type NdArray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { js } from './index.ts';

/** A step of two layers: of its nests some pad what is fed, which no step changes. */
function network(): ProgramSpec {
  const [x, y] = [input('x', [2, 1, 12, 12]), input('y', [2, 1, 12, 12])];
  const first = state('first', Array.from({ length: 3 }, (_, o) => [Array.from({ length: 3 }, (_, i) => Array.from({ length: 3 }, (_, j) => (o + 2 * i - j) / 8))]));
  const second = state('second', [Array.from({ length: 3 }, (_, o) => Array.from({ length: 3 }, (_, i) => Array.from({ length: 3 }, (_, j) => (1 - o + i * j) / 8)))]);
  const loss = mean(square(sub(conv2d(relu(conv2d(x, first, { padding: 1 })), second, { padding: 1 }), y)));
  const [one, two] = grad(loss, [first, second]);
  return { inputs: { x, y }, state: { first, second }, outputs: { loss, energy: sum(square(x)) }, updates: [[first, sub(first, mul(0.05, one))], [second, sub(second, mul(0.05, two))]] };
}

const drawn = (length: number, factor: number): Float32Array => Float32Array.from({ length }, (_, at) => Math.sin(factor * at));
const feeds = (factor: number): Readonly<Record<string, Float32Array>> => ({ x: drawn(288, factor), y: drawn(288, factor + 1) });

const bits = (arrays: Readonly<Record<string, NdArray>>): Readonly<Record<string, readonly number[]>> => Object.fromEntries(Object.entries(arrays).map(([name, { data }]) => [name, [...data]]));

describe('nests in which nothing varies', () => {
  test('stand first, and are left out where the program runs again', () => {
    const { nests, invariant } = programFor(network(), js());
    expect(invariant).toBeGreaterThan(0);
    expect(invariant).toBeLessThan(nests.length);
    const code = String(compile(network(), js()).artifact.code);
    const [inside = '', behind = ''] = (code.split('if (!isAgain) {')[1] ?? '').split('\n  }\n');
    expect(inside.match(/nest\d+\(/g)).toHaveLength(invariant);
    expect(behind.match(/nest\d+\(/g)).toHaveLength(nests.length - invariant);
  });

  test('what they make for others lives to the end of the run', () => {
    const { nests, invariant, lifetimes } = programFor(network(), js());
    const handed = lifetimes.filter(({ first, last }) => first < invariant && last >= invariant);
    expect(handed.length).toBeGreaterThan(0);
    for (const { last } of handed) expect(last).toBe(nests.length - 1);
  });

  test('many times in one call give the bits of as many calls, for one feed after another', () => {
    const [together, apart] = [compile(network(), js()), compile(network(), js())];
    for (const factor of [0.3, 1.7, 0.3]) {
      const got = together.run(feeds(factor), { times: 5, record: ['loss'] });
      const losses: number[] = [];
      let last: Readonly<Record<string, NdArray>> = {};
      for (let time = 0; time < 5; time++) {
        last = apart.run(feeds(factor));
        losses.push(last['loss']?.item() ?? Number.NaN);
      }
      expect(bits(got)).toEqual({ ...bits(last), loss: losses });
      expect(bits(together.state)).toEqual(bits(apart.state));
    }
  });

  test('a program without updates, and one whose states depend on feeds alone, have none to tell apart', () => {
    const [x, a] = [input('x', [3]), state('a', [0, 0, 0])];
    expect(programFor({ inputs: { x }, outputs: { y: add(x, 1) } }, js()).invariant).toBe(0);
    const held = compile({ inputs: { x }, state: { a }, outputs: { a }, updates: [[a, add(x, 1)]] }, js());
    expect([...held.run({ x: [1, 2, 3] }, { times: 3, record: ['a'] }).a.data]).toEqual([0, 0, 0, 2, 3, 4, 2, 3, 4]);
  });
});
