import { add, clamp, corr2d, correlate, extend, floorDivide, input, reshape, slice, sub, sum, times, type Dimension, type Integer, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { checkSpec } from '../graph.ts';
import { lowerProgram } from '../lower-program.ts';
import type { Statement } from '../nest.ts';
import type { Program } from '../program.ts';
import { bindingsFor } from './bindings.ts';
import { certify, type CertifyOptions } from './certify.ts';

const at = (...shape: readonly Dimension[]): Tensor => input('x', shape);
const sizesOf = (y: Tensor): readonly (readonly number[])[] => bindingsFor(checkSpec({ inputs: { x: y.inputs[0] ?? y }, outputs: { y } }).graph).map((binding) => [...binding.values()]);
const doubled = (x: Tensor): Tensor => add(x, x);

describe('sizes that are tried', () => {
  test('the smallest, and some that fall, are equal, and rise', () => {
    expect(sizesOf(doubled(at('H', 'W')))).toEqual([[1, 2], [9, 7], [8, 8], [10, 9], [7, 10]]);
    expect(sizesOf(doubled(at('N')))).toEqual([[1], [9], [8], [10], [7]]);
    expect(sizesOf(doubled(at(3, 4)))).toEqual([[]]);
  });

  test('of up to four names each two rise and fall', () => {
    const all = sizesOf(doubled(at('N', 'C', 'H', 'W')));
    for (const [one, other] of [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]] as const) {
      const signs = new Set(all.map((sizes) => Math.sign((sizes[one] ?? 0) - (sizes[other] ?? 0))));
      expect([...signs]).toEqual(expect.arrayContaining([-1, 1]));
    }
  });

  test.each([2, 3, 4])('they have every remainder by %i', (factor) => {
    const [heights, widths] = [0, 1].map((name) => new Set(sizesOf(doubled(at('H', 'W'))).slice(1).map((sizes) => (sizes[name] ?? 0) % factor)));
    expect([heights?.size, widths?.size]).toEqual([factor, factor]);
  });

  test('those that fit are found', () => {
    expect(sizesOf(slice(at('H', 'W'), { start: [20, 0] }))).toEqual([[21, 22], [29, 27], [28, 28], [30, 29], [27, 30]]);
    // A kernel that is no larger than the picture: sizes that rise never fit.
    const kernel = input('kernel', ['W']);
    const line = at('H');
    const { graph } = checkSpec({ inputs: { x: line, kernel }, outputs: { y: sum(correlate(reshape(line, [1, 1, ...line.shape]), reshape(kernel, [1, 1, ...kernel.shape]))) } });
    expect(bindingsFor(graph).map((binding) => [...binding.values()])).toEqual([[9, 7], [8, 8], [10, 9]]);
  });
});

/** A program whose loops all have another extent. */
function withExtents(program: Program, change: (extent: Integer) => Integer): Program {
  const body = (statements: readonly Statement[]): readonly Statement[] => statements.map((each) => (each.kind === 'loop' ? { ...each, extent: change(each.extent), body: body(each.body) } : each));
  return { ...program, nests: program.nests.map((each) => ({ ...each, nest: { ...each.nest, body: body(each.nest.body) } })) };
}

describe('a loop that goes wrong at some sizes alone is found', () => {
  const [x, deep] = [at('H', 'W'), at('C', 'H', 'W')];
  const sizeAt = (tensor: Tensor, axis: number): Integer => tensor.shape[axis] ?? 1;
  const graphs: Readonly<Record<string, Tensor>> = {
    'a map': doubled(x),
    'sums of columns': sum(x, { axes: 0 }),
    'a filter': corr2d(x, [[1, 2], [3, 4]]),
    'a border': sub(extend(x, { mode: 'edge', low: [1, 1], high: [1, 1] }), 1),
  };
  const certified = (y: Tensor, change: (extent: Integer) => Integer): ReturnType<typeof certify> => {
    const lower: CertifyOptions['lower'] = (graph, machine) => withExtents(lowerProgram(graph, machine), change);
    return certify({ inputs: { x }, outputs: { y } }, direct(), { lower });
  };

  test.each(Object.entries(graphs))('%s: no extent is larger than the width', (_, y) => {
    expect(() => certified(y, (extent) => extent)).not.toThrow();
    expect(() => certified(y, (extent) => clamp(extent, sizeAt(x, 1)))).toThrow(/^certify: loops|is read before it is written/);
    expect(() => certified(y, (extent) => clamp(extent, sizeAt(x, 0)))).toThrow(/^certify: loops|is read before it is written/);
  });

  test.each([2, 3, 4])('the rest of a block of %i is left out', (factor) => {
    for (const y of Object.values(graphs)) expect(() => certified(y, (extent) => (typeof extent === 'number' ? extent : times(factor, floorDivide(extent, factor))))).toThrow(/^certify: loops|is read before it is written/);
  });

  test.each([0, 1, 2])('of three axes: no extent is larger than that of axis %i', (axis) => {
    const y = doubled(deep);
    const lower: CertifyOptions['lower'] = (graph, machine) => withExtents(lowerProgram(graph, machine), (extent) => clamp(extent, sizeAt(deep, axis)));
    expect(() => certify({ inputs: { x: deep }, outputs: { y } }, direct(), { lower })).toThrow(/^certify: loops/);
  });
});
