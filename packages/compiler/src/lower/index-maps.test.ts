import {
  add,
  broadcast,
  cast,
  concat,
  constant,
  correlate,
  extend,
  flip,
  grad,
  input,
  less,
  neg,
  overlapAdd,
  pad,
  reduceMax,
  reshape,
  select,
  slice,
  square,
  stopGradient,
  sum,
  take,
  transpose,
  windows,
  type Tensor,
} from '@xcorr/graph';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkSpec } from '../graph.ts';
import { printNest } from '../print/print-nest.ts';
import { applySchedule } from '../schedule/apply.ts';
import { indexMaps } from './index-maps.ts';
import { lower } from './lower.ts';

const x = input('x', [6, 8]);

/** The loops of one tensor over x, as the rules read it: no pass has changed the graph. */
function loopsOf(y: Tensor): string {
  return lower(checkSpec({ inputs: { x }, outputs: { y } }).graph)
    .nests.map((nest) => printNest(applySchedule(nest, [])))
    .join('\n');
}

/** What is stored, and how often, without the loops' heads. */
function statements(y: Tensor): readonly string[] {
  return loopsOf(y)
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('for '));
}

describe('how each primitive is read: b0 is x [6, 8], b1 the result', () => {
  test.each<readonly [string, Tensor, readonly string[]]>([
    ['an input', x, ['b1[8*i0 + i1] = b0[8*i0 + i1]']],
    ['unary', neg(x), ['b1[8*i0 + i1] = -b0[8*i0 + i1]']],
    ['binary, broadcast', add(x, slice(x, { stop: [1, 8] })), ['b1[8*i0 + i1] = b0[8*i0 + i1] + b0[i1]']],
    ['a constant of one value', add(x, 3), ['b1[8*i0 + i1] = b0[8*i0 + i1] + 3']],
    ['select', select(less(x, 0), 1, x), ['let t0 = b0[8*i0 + i1]', 'b1[8*i0 + i1] = select(t0 < 0, 1, t0)']],
    ['broadcast', broadcast(x, [2, 6, 8]), ['b1[48*i0 + 8*i1 + i2] = b0[8*i1 + i2]']],
    ['reshape, rows cut in half', reshape(x, [12, 4]), ['b1[4*i0 + i1] = b0[4*i0 + i1]']],
    ['reshape of what has another order', reshape(transpose(x), [48]), ['b1[i0] = b0[8*i0 - 47*floor(i0 / 6)]']],
    ['transpose', transpose(x), ['b1[6*i0 + i1] = b0[i0 + 8*i1]']],
    ['flip', flip(x, 1), ['b1[8*i0 + i1] = b0[8*i0 - i1 + 7]']],
    ['slice', slice(x, { start: [1, 2], step: [2, 3] }), ['b1[2*i0 + i1] = b0[16*i0 + 3*i1 + 10]']],
    ['pad', pad(x, { low: [1, 0], value: 5 }), ['b1[8*i0 + i1] = guard(0 <= i0 - 1 < 6, b0[8*i0 + i1 - 8], 5)']],
    ['pad where nothing but the added is read', slice(pad(x, { low: [1, 0], value: 5 }), { stop: [1, 8] }), ['b1[i0] = 5']],
    ['pad where nothing of the added is read', slice(pad(x, { low: [1, 0], value: 5 }), { start: [1, 0] }), ['b1[8*i0 + i1] = b0[8*i0 + i1]']],
    ['pad that crops: no guard', pad(x, { low: [-1, 0], high: [0, -2] }), ['b1[6*i0 + i1] = b0[8*i0 + i1 + 8]']],
    [
      'pad between elements',
      pad(x, { interior: [0, 1] }),
      ['b1[15*i0 + i1] = guard((i1) % 2 == 0, b0[8*i0 + floor(i1 / 2)], 0)'],
    ],
    ['cast', cast(x, 'float64'), ['b1[8*i0 + i1] = b0[8*i0 + i1]']],
    ['stopGradient', stopGradient(x), ['b1[8*i0 + i1] = b0[8*i0 + i1]']],
    ['concat', concat([x, neg(x)]), ['b1[8*i0 + i1] = guard(0 <= i0 < 6, b0[8*i0 + i1], -b0[8*i0 + i1 - 48])']],
    ['take', take(x, [5, 0, 0]), ['b1[8*i0 + i1] = b0[i1 + 8*(5 0 0)[i0]]']],
    ['windows', windows(x, [2, 3]), ['b1[36*i0 + 6*i1 + 3*i2 + i3] = b0[8*i0 + i1 + 8*i2 + i3]']],
    [
      'sum over an axis',
      sum(x, { axes: 0 }),
      ['accumulator s0 = 0', 'reduce r1 < 6', 's0 += b0[i0 + 8*r1]', 'b1[i0] = s0'],
    ],
    [
      'the largest over an axis',
      reduceMax(x, { axes: 1 }),
      ['accumulator s0 = -Infinity', 'reduce r1 < 8', 's0 max= b0[8*i0 + r1]', 'b1[i0] = s0'],
    ],
  ])('%s', (_, y, expected) => {
    expect(statements(y)).toEqual(expected);
  });

  test('correlate with strides, dilations, padding and groups', () => {
    const image = reshape(x, [1, 2, 4, 6]);
    const w = constant([[[[1, 2], [3, 4]]], [[[5, 6], [7, 8]]]]);
    expect(loopsOf(correlate(image, w, { strides: [1, 2], dilations: [2, 1], padding: [0, [1, 0]], groups: 2 }))).toMatchInlineSnapshot(`
      "nest0
        for i0 < 2
          for i1 < 2
            for i2 < 3
              accumulator s0 = 0
              reduce r2 < 2
                reduce r3 < 2
                  s0 += guard(0 <= 2*i2 + r3 - 1 < 6, b0[24*i0 + 6*i1 + 2*i2 + 12*r2 + r3 - 1], 0) * b2[4*i0 + 2*r2 + r3]
              b1[6*i0 + 3*i1 + i2] = s0"
    `);
  });

  test('correlate of an input that is spread', () => {
    const image = reshape(slice(x, { stop: [1, 8] }), [1, 1, 8]);
    expect(loopsOf(correlate(image, [[[1, 2, 3]]], { inputDilations: 2 }))).toMatchInlineSnapshot(`
      "nest0
        for i0 < 13
          accumulator s0 = 0
          reduce r1 < 3
            s0 += guard((i0 + r1) % 2 == 0, b0[floor((i0 + r1) / 2)], 0) * b2[r1]
          b1[i0] = s0"
    `);
  });

  test('the adjoint of take gathers what the map sends to each element', () => {
    const [dx] = grad(sum(square(take(x, [5, 0, 0, 3]))), [x]);
    expect(loopsOf(dx)).toMatchInlineSnapshot(`
      "nest1
        for i2 < 4
          for i3 < 8
            let t0 = b0[i3 + 8*(5 0 0 3)[i2]]
            b2[8*i2 + i3] = t0 + t0
      nest0
        for i0 < 6
          for i1 < 8
            accumulator s0 = 0
            reduce r1 < 2
              s0 += guard(0 <= r1 < (2 0 0 1 0 1)[i0], b2[i1 + 8*(1 2 0 0 0 0 3 0 0 0 0 0)[2*i0 + r1]], 0)
            b1[8*i0 + i1] = s0"
    `);
  });

  test.each(['edge', 'reflect', 'symmetric', 'wrap'] as const)('extend, %s: inside the element itself, outside the one that is repeated', (mode) => {
    expect(loopsOf(extend(x, { mode, low: [0, 2], high: [0, 1] }))).toMatchSnapshot();
  });

  test.each(['edge', 'reflect', 'symmetric', 'wrap'] as const)('the adjoint of extend, %s: all that repeat an element', (mode) => {
    const bordered = extend(x, { mode, low: [0, 2], high: [0, 1] });
    expect(loopsOf(grad(sum(square(bordered)), [x])[0])).toMatchSnapshot();
  });

  test('the adjoint of windows gathers from every window that has the element', () => {
    expect(loopsOf(overlapAdd(windows(x, [2, 3], { strides: 2 }), [6, 8], { strides: 2 }))).toMatchInlineSnapshot(`
      "nest0
        for i0 < 6
          for i1 < 8
            accumulator s0 = 0
            reduce r2 < 2
              reduce r3 < 3
                s0 += guard(0 <= i0 - r2 < 5 and (i0 - r2) % 2 == 0 and 0 <= i1 - r3 < 5 and (i1 - r3) % 2 == 0, b0[8*r2 + r3 + 16*floor((i0 - r2) / 2) + 2*floor((i1 - r3) / 2)], 0)
            b1[8*i0 + i1] = s0"
    `);
  });
});

test('the page on the architecture lists every primitive', () => {
  const page = readFileSync(new URL('../../../../docs/architecture.md', import.meta.url), 'utf8');
  const [, list = ''] = /\*\*The primitives\*\*, (\d+ of them[\s\S]*?)\n\n[A-Z]/.exec(page) ?? [];
  const listed = Array.from(list.matchAll(/`(\w+)`/g), ([, name = '']) => name);
  expect(listed.sort()).toEqual(Object.keys(indexMaps).sort());
  expect(Number.parseInt(list, 10)).toBe(listed.length);
});
