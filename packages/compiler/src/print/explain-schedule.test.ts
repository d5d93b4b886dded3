import { add, conv2d, corr2d, extend, input, mean, mul, pad, square, sum, tanh, topologicalOrder, windows, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { randomChoices, randomGraph, randomSizes } from '../../testing/random-graphs.ts';
import { seeded } from '../../testing/seeded.ts';
import type { KeptLoads, Machine } from '../backend.ts';
import { programFor } from '../compile.ts';
import { elementThreads } from '../lower/element-threads.ts';
import { chosenSchedule } from '../lower-program.ts';
import type { Directive } from '../schedule/schedule.ts';
import { explainSchedule } from './explain-schedule.ts';
import { printProgram } from './print-program.ts';

const scalar: Machine = direct().machine;
const threads: Machine = { ...scalar, literalSizes: true, elementThreads: elementThreads(100) };

function explained(y: Tensor, machine: Machine = scalar): string {
  const inputs = topologicalOrder([y]).flatMap((node) => (node.primitive === 'input' ? [[node.attributes.name, node] as const] : []));
  return programFor({ inputs: Object.fromEntries(inputs), outputs: { y } }, { machine }).nests.map(({ nest }) => explainSchedule(nest, machine).join('\n')).join('\n\n');
}

/** Taps that nobody knows, so that no pass makes less of them. */
const kernel = (rows: number, columns: number): Tensor => input(`K${rows}${columns}`, [rows, columns]);
const photo = input('photo', ['H', 'W']);

describe('each decision, with what it is decided by', () => {
  test('a filter of few taps: they are written out, and the block loads least', () => {
    expect(explained(corr2d(photo, kernel(3, 3)))).toMatchInlineSnapshot(`
      "i0 stays: it runs H - 2 times, which is no number
      i1 stays: it runs W - 2 times, which is no number
      unroll r2: 9 iterations, with those of the loops inside, of at most 64 that are written out
      unroll r3: it stands in a loop that is written out
      block i1: 3 neighbours together
      block i0: 2 neighbours together
        rows x columns, with the elements loaded for each result: 2 x 3 3.33, 3 x 2 3.33, 2 x 2 4, 1 x 4 4.5, 4 x 1 4.5, 1 x 3 5, 3 x 1 5, 1 x 2 6, 2 x 1 6, 1 x 1 9
        more than 6 results of 9 taps together leave the registers"
    `);
  });

  test('a filter of many taps: a loop over them stays', () => {
    expect(explained(corr2d(photo, kernel(9, 9)))).toMatchInlineSnapshot(`
      "i0 stays: it runs H - 8 times, which is no number
      i1 stays: it runs W - 8 times, which is no number
      r2 stays: 81 iterations, with those of the loops inside, are more than the 64 that are written out
      unroll r3: 9 iterations, with those of the loops inside, of at most 64 that are written out
      block i1: 4 neighbours together
        a loop over taps stays inside: 1 x 4 results, and few of the loop outside them, share what each of its iterations loads"
    `);
  });

  test('borders: the loops are peeled', () => {
    expect(explained(corr2d(extend(photo, { mode: 'reflect', low: [2, 0], high: [1, 0] }), kernel(4, 1)))).toMatchInlineSnapshot(`
      "peel i0: a condition on an index may fail in the first 2 and the last 1 iterations alone; the H - 3 between them, of H, do not ask
      i0 stays: it runs H times, which is no number
      i1 stays: it runs W times, which is no number
      unroll r1: 4 iterations, with those of the loops inside, of at most 64 that are written out
      block i1: 2 neighbours together
      block i0: 4 neighbours together
        rows x columns, with the elements loaded for each result: 4 x 2 5.75, 4 x 1 5.75, 3 x 2 6, 3 x 1 6, 2 x 4 6.5, 2 x 3 6.5, 2 x 2 6.5, 2 x 1 6.5, 1 x 4 8, 1 x 3 8, 1 x 2 8, 1 x 1 8
        more than 8 results of 4 taps together leave the registers"
    `);
  });

  test('conditions that hold nowhere for long, one row, loops that are too short', () => {
    expect(explained(corr2d(pad(photo, { interior: [1, 1] }), kernel(2, 2)))).toMatchInlineSnapshot(`
      "i0 stays: it runs 2*H - 2 times, which is no number
      i1 stays: it runs 2*W - 2 times, which is no number
      unroll r2: 4 iterations, with those of the loops inside, of at most 64 that are written out
      unroll r3: it stands in a loop that is written out
      no block: conditions on an index are left in the loops, and would be asked for each result apart"
    `);
    const small = input('small', [6, 20]);
    expect(explained(corr2d(small, kernel(2, 2)))).toMatchInlineSnapshot(`
      "i0 stays: 380 iterations, with those of the loops inside, are more than the 64 that are written out
      i1 stays: 76 iterations, with those of the loops inside, are more than the 64 that are written out
      unroll r2: 4 iterations, with those of the loops inside, of at most 64 that are written out
      unroll r3: it stands in a loop that is written out
      block i1: 4 neighbours together
      no block of i0, which would be by 2: it runs 5 times, and a block is worth its code from 16 on
        rows x columns, with the elements loaded for each result: 2 x 4 1.88, 4 x 2 1.88, 2 x 3 2, 3 x 2 2, 2 x 2 2.25, 1 x 4 2.5, 4 x 1 2.5, 1 x 3 2.67, 3 x 1 2.67, 1 x 2 3, 2 x 1 3, 1 x 1 4
        more than 8 results of 4 taps together leave the registers"
    `);
    const line = input('line', ['n']);
    expect(explained(mean(windows(line, [5]), { axes: [1] }))).toMatchInlineSnapshot(`
      "i0 stays: it runs n - 4 times, which is no number
      unroll r1: 5 iterations, with those of the loops inside, of at most 64 that are written out
      block i0: 4 neighbours together
        there are no rows; more than 6 results of 5 taps together leave the registers"
    `);
  });

  test('a layer, and few sums over much data', () => {
    const [x, w] = [input('x', [1, 16, 30, 30]), input('w', [32, 16, 3, 3])];
    expect(explained(conv2d(x, w))).toMatchInlineSnapshot(`
      "i0 stays: 3612672 iterations, with those of the loops inside, are more than the 8 that are written out
      i1 stays: 112896 iterations, with those of the loops inside, are more than the 64 that are written out
      i2 stays: 4032 iterations, with those of the loops inside, are more than the 64 that are written out
      r3 stays: 144 iterations, with those of the loops inside, are more than the 64 that are written out
      unroll r4: 9 iterations, with those of the loops inside, of at most 64 that are written out
      unroll r5: it stands in a loop that is written out
      block i2: 4 neighbours together
      block i0: 4 neighbours together
        a loop over taps stays inside: 1 x 4 results, and few of the loop outside them, share what each of its iterations loads"
    `);
    expect(explained(conv2d(input('large', [8, 4, 66, 66]), input('L', [1, 4, 64, 64])))).toMatchInlineSnapshot(`
      "i0 stays: 1179648 iterations, with those of the loops inside, are more than the 64 that are written out
      i1 stays: 147456 iterations, with those of the loops inside, are more than the 64 that are written out
      i2 stays: 49152 iterations, with those of the loops inside, are more than the 64 that are written out
      r3 stays: 16384 iterations, with those of the loops inside, are more than the 64 that are written out
      r4 stays: 4096 iterations, with those of the loops inside, are more than the 64 that are written out
      unroll r5: 64 iterations, with those of the loops inside, of at most 64 that are written out
      unroll i2, i1: these results fit 16 registers, 4 of them kept for other values, so each pass over the data serves all"
    `);
    expect(explained(sum(square(input('a', [200, 3])), { axes: [0] }))).toMatchInlineSnapshot(`
      "i0 stays: 600 iterations, with those of the loops inside, are more than the 8 that are written out
      unroll i2: 3 iterations, with those of the loops inside, of at most 64 that are written out
      unroll i3: 3 iterations, with those of the loops inside, of at most 8 that are written out
      no block: no loop over results stays around the sums"
    `);
  });

  test('no sum at all', () => {
    expect(explained(tanh(add(photo, 1)))).toMatchInlineSnapshot(`
      "i0 stays: it runs H times, which is no number
      i1 stays: it runs W times, which is no number
      no block: there is no sum around which loops over results stay, so neighbours would share no tap"
    `);
  });

  test('where each element has a thread, sums of few taps alone are written out', () => {
    const x = input('x', [20, 20]);
    for (const y of [corr2d(x, kernel(3, 3)), square(x), corr2d(x, kernel(6, 6))]) expect(explained(y, threads)).toMatchSnapshot();
  });
});

describe('what stays in locals, where the machine keeps anything', () => {
  const spec = { inputs: { photo }, outputs: { y: mul(photo, 2) } };
  const kept = (loads: Omit<KeptLoads, 'loops'>): readonly string[] => {
    const machine: Machine = { ...scalar, keptLoads: ({ body }) => body.flatMap((row) => (row.kind === 'loop' ? row.body.flatMap((column) => (column.kind === 'loop' ? [{ ...loads, loops: [row, column] }] : [])) : [])) };
    return printProgram(programFor(spec, { machine }), 'schedule', machine).split('\n').filter((line) => line.includes('keeps'));
  };

  test('a line a loop, with what is loaded anew', () => {
    expect(kept({ needed: 20, again: 8, sums: 0, most: 24 })).toEqual(['  # i1 in i0 keeps 8 elements in locals, which its next iteration needs again: of 20 it loads 12 anew, 12 for each result']);
  });

  test('too many for locals, sums among them', () => {
    expect(kept({ needed: 64, again: 48, sums: 0, most: 24 })).toEqual(['  # i1 in i0 keeps nothing: 48 elements that its next iteration needs again are more than the 24 locals that outlive one']);
    expect(kept({ needed: 26, again: 1, sums: 24, most: 24 })).toEqual(['  # i1 in i0 keeps nothing: 1 element and 24 sums that its next iteration needs again are more than the 24 locals that outlive one']);
  });

  test('other machines keep nothing, and say nothing of it; no schedule depends on it', () => {
    expect(printProgram(programFor(spec, { machine: scalar }), 'schedule', scalar)).not.toContain('keeps');
    for (const y of [corr2d(photo, kernel(3, 3)), corr2d(photo, kernel(5, 5))]) expect(explained(y, { ...scalar, keptLoads: () => [] })).toBe(explained(y));
  });
});

const named = (directive: Directive): string => `${directive.kind} ${directive.loop}`;

/** The directives that lines give a reason for: several loops may share one. */
function directivesIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const [, kind = '', loops = ''] = /^(peel|unroll|block) ([\w, ]+):/.exec(line) ?? [];
    return loops === '' ? [] : loops.split(', ').map((loop) => `${kind} ${loop}`);
  });
}

test('every directive of a chosen schedule has its reason, and no other has one', () => {
  fc.assert(
    fc.property(randomChoices, randomSizes, fc.constantFrom(1, 8, 40), fc.boolean(), (choices, [height, width], scale, anySize) => {
      for (const machine of [scalar, threads]) {
        const spec = randomGraph(choices, anySize && !machine.literalSizes ? ['H', 'W'] : [scale * height, scale * width]);
        for (const { nest } of programFor(spec, { machine }).nests)
          expect(directivesIn(explainSchedule(nest, machine)).toSorted()).toEqual(chosenSchedule(nest, machine).map(named).toSorted());
      }
    }),
    seeded(25),
  );
});

test('with a machine, a program is printed with the reasons; a schedule that was given says what it stands for', () => {
  const spec = { inputs: { photo }, outputs: { y: mul(photo, 2) } };
  const given = programFor(spec, direct(), { schedules: (nest) => nest.body.flatMap((each) => (each.kind === 'loop' ? [{ kind: 'block', loop: each.variable, factor: 2 } as const] : [])) });
  expect(printProgram(programFor(spec, direct()), 'schedule', scalar)).toMatchInlineSnapshot(`
    "nest0: as it is
      # i0 stays: it runs H times, which is no number
      # i1 stays: it runs W times, which is no number
      # no block: there is no sum around which loops over results stay, so neighbours would share no tap
    nest0
      for i0 < H
        for i1 < W
          b1[W*i0 + i1] = b0[W*i0 + i1] * 2
    "
  `);
  expect(printProgram(given, 'schedule', scalar).split('\n').slice(0, 3)).toMatchInlineSnapshot(`
    [
      "nest0: block i0 by 2",
      "  # given, in the place of: as it is",
      "  # i0 stays: it runs H times, which is no number",
    ]
  `);
});
