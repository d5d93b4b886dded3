import { applySchedule, compile, constantsOf, programFor, walk, type ProgramSpec } from '@xcorr/compiler';
import { printProgram } from '@xcorr/compiler/inspect';
import { add, corr2d, evaluate, grad, input, less, maxPool, mean, NdArray, select, square, state, sub, sum, windows, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { js } from '../index.ts';
import { carriedLoads } from './carried-loads.ts';
import { emitProgram } from './emit-program.ts';

const source = (spec: ProgramSpec): string => emitProgram(programFor(spec, js()));

/** Assignments of a local that an iteration takes over from the one before it. */
const takenOver = (text: string): readonly string[] => Array.from(text.matchAll(/^\s*(v\d+ = v\d+);$/gm), ([, each = '']) => each);

function kernel(rows: number, columns: number): readonly (readonly number[])[] {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => ((7 * i + 3 * j) % 11) - 4.5));
}

/** Whole numbers from 1: with halves as taps every sum is exact, whatever its order. */
function picture(height: number, width: number): NdArray {
  return new NdArray([height, width], Float32Array.from({ length: height * width }, (_, at) => 1 + ((at * 7919) % 251)));
}

describe('a window that slides along rows', () => {
  test('keeps what the next place of it sees again, and loads each element of a row once', () => {
    const x = input('x', [40, 60]);
    const text = source({ inputs: { x }, outputs: { y: corr2d(x, kernel(1, 5)) } });
    const [loop = ''] = /for \(let i1 = 0;[^]*?\n {4}\}/.exec(text) ?? [];
    const step = Number(/p\d+ \+ (\d+) \* i1/.exec(loop)?.[1]);
    const perRow = new Set(Array.from(loop.matchAll(/b0\[(p\d+)/g), ([, base = '']) => base));
    expect(loop.match(/b0\[/g)).toHaveLength(step * perRow.size);
    expect(takenOver(loop)).toHaveLength(4 * perRow.size);
  });

  test('what one keeps stands behind who takes it over', () => {
    const x = input('x', [40, 60]);
    const assigned = new Set<string>();
    for (const each of takenOver(source({ inputs: { x }, outputs: { y: corr2d(x, kernel(2, 9)) } }))) {
      const [target = '', from = ''] = each.split(' = ');
      expect(assigned.has(from)).toBe(false);
      assigned.add(target);
    }
    expect(assigned.size).toBeGreaterThan(4);
  });

  test('results are those of the definition, for all sizes, kernels and strides', () => {
    const size = fc.integer({ min: 1, max: 40 });
    const side = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.boolean(), size, size, side, side, fc.integer({ min: 1, max: 2 }), (isNamed, height, width, rows, columns, stride) => {
        fc.pre(rows <= height && columns <= width);
        const at = picture(height, width);
        const x = input('x', isNamed ? ['H', 'W'] : [height, width]);
        const y = (of: Tensor | NdArray): Tensor => corr2d(of, kernel(rows, columns), { strides: [stride, stride] });
        expect(compile({ inputs: { x }, outputs: { y: y(x) } }, js()).run({ x: at }).y.toNested()).toEqual(evaluate(y(at)).toNested());
      }),
      seeded(60),
    );
  });
});

describe('loaded each time is', () => {
  test('what the nest stores to', () => {
    const x = input('x', [40, 60]);
    const program = programFor({ inputs: { x }, outputs: { y: corr2d(x, kernel(3, 3)) } }, js());
    const loops = program.nests.flatMap(({ nest, schedule }) => Array.from(walk(applySchedule(nest, schedule, constantsOf(program)).body), ([each]) => each)).filter((each) => each.kind === 'loop');
    const numbers = (stored: readonly string[]): readonly number[] => loops.map((loop) => carriedLoads(loop, new Set(stored)).length);
    expect(Math.max(...numbers([]))).toBeGreaterThan(5);
    expect(Math.max(...numbers(['b0']))).toBe(0);
  });

  test('what may lie beyond a border: only loops between borders keep anything', () => {
    const x = input('x', [40, 60]);
    const text = source({ inputs: { x }, outputs: { y: corr2d(x, kernel(3, 3), { padding: 'same' }) } });
    const kept = Array.from(text.matchAll(/let v\d+ = (.*);/g), ([, value = '']) => value);
    expect(kept.length).toBeGreaterThan(0);
    for (const value of kept) expect(value).toMatch(/^b0\[[^?]*\]$/);
    const at = picture(40, 60);
    expect(compile({ inputs: { x }, outputs: { y: corr2d(x, kernel(3, 3), { padding: 'same' }) } }, js()).run({ x: at }).y.toNested()).toEqual(evaluate(corr2d(at, kernel(3, 3), { padding: 'same' })).toNested());
  });

  test('what a loop of few iterations loads', () => {
    const x = input('x', [20, 20]);
    expect(takenOver(source({ inputs: { x }, outputs: { y: corr2d(x, kernel(3, 3)) } }))).toEqual([]);
  });
});

test('a window of which the largest element is taken slides as well', () => {
  const x = input('x', [1, 2, 31, 45]);
  const pooled = (of: Tensor | NdArray): Tensor => add(maxPool(of, [3, 3], { strides: [1, 1] }), 1);
  const at = new NdArray([1, 2, 31, 45], picture(62, 45).data);
  expect(compile({ inputs: { x }, outputs: { z: pooled(x) } }, js()).run({ x: at }).z.toNested()).toEqual(evaluate(pooled(at)).toNested());
});

test('of two that are chosen between, both slide', () => {
  const x = input('x', [30, 40]);
  const [here, behind] = [corr2d(x, [[1, 0, 0]]), corr2d(x, [[0, 0, 1]])];
  const y = select(less(corr2d(x, [[0, 1, 0]]), 100), here, behind);
  const at = picture(30, 40);
  const loaded = (row: number, column: number): number => at.data[row * 40 + column] ?? 0;
  const expected = Array.from({ length: 30 }, (_, row) => Array.from({ length: 38 }, (_, column) => loaded(row, loaded(row, column + 1) < 100 ? column : column + 2)));
  expect(compile({ inputs: { x }, outputs: { y } }, js()).run({ x: at }).y.toNested()).toEqual(expected);
});

describe('what is said of a schedule', () => {
  const explained = (spec: ProgramSpec): readonly string[] => {
    const backend = js();
    return printProgram(programFor(spec, backend), 'schedule', backend.machine).split('\n').filter((line) => line.includes(' keeps '));
  };
  const said = (spec: ProgramSpec): number => explained(spec).reduce((count, line) => count + Number(/ keeps (\d+) /.exec(line)?.[1] ?? 0), 0);
  const filtered = (height: number | string, width: number | string, rows: number, columns: number): ProgramSpec => {
    const [x, k] = [input('x', [height, width]), input('k', [rows, columns])];
    return { inputs: { x, k }, outputs: { y: corr2d(x, k) } };
  };

  test('a window that keeps its rows, one of which they are too many, and sums that fill the locals', () => {
    expect(explained(filtered(40, 60, 3, 3))).toMatchInlineSnapshot(`
      [
        "  # i1 in i0 keeps 8 elements in locals, which its next iteration needs again: of 20 it loads 12 anew, 2 for each result",
      ]
    `);
    expect(explained(filtered('H', 'W', 8, 8))).toMatchInlineSnapshot(`
      [
        "  # i1 in i0 keeps nothing: 63 elements that its next iteration needs again are more than the 48 locals that outlive one",
        "  # i1 in i0_rest keeps nothing: 56 elements that its next iteration needs again are more than the 48 locals that outlive one",
      ]
    `);
    const [picture, edges] = [input('picture', [256, 256]), input('edges', [251, 251])];
    const K = state('K', kernel(6, 6));
    const loss = sum(square(sub(corr2d(picture, K), edges)));
    const [gradient] = grad(loss, [K]);
    expect(explained({ inputs: { picture, edges }, state: { K }, outputs: { loss }, updates: [[K, sub(K, gradient)]] })).toMatchInlineSnapshot(`
      [
        "  # i3 in i2 keeps nothing: 30 elements and 37 sums that its next iteration needs again are more than the 48 locals that outlive one",
      ]
    `);
  });

  test('is what is emitted: each element that is kept is a local that is taken over, and no other is', () => {
    const side = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.boolean(), side, side, (isNamed, rows, columns) => {
        const spec = filtered(isNamed ? 'H' : 41, isNamed ? 'W' : 63, rows, columns);
        expect(takenOver(source(spec))).toHaveLength(said(spec));
      }),
      seeded(30),
    );
  });

  test('of an outermost loop nothing, for it keeps nothing', () => {
    const line = input('line', [500]);
    const spec = { inputs: { line }, outputs: { y: mean(windows(line, [5]), { axes: [1] }) } };
    expect([said(spec), takenOver(source(spec)).length]).toEqual([0, 0]);
    const lines = input('lines', [40, 500]);
    const inside = { inputs: { lines }, outputs: { y: mean(windows(lines, [1, 5]), { axes: [2, 3] }) } };
    expect([said(inside), takenOver(source(inside)).length]).toEqual([4, 4]);
  });
});
