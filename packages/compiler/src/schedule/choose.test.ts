import { corr2d, input, mul, printInteger, sum, tanh, type Dimension } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { programFor } from '../compile.ts';
import type { ProgramSpec } from '../graph.ts';
import { walk, type Loop, type LoopNest } from '../nest.ts';
import { chooseSchedule } from './choose.ts';
import type { Directive } from './schedule.ts';

const machine = { registers: 16, lanes: 1, literalSizes: false };

function nestsOf(spec: ProgramSpec): readonly LoopNest[] {
  return programFor(spec, direct()).nests.map(({ nest }) => nest);
}

/** The loops of a nest that a schedule does something to, as `kind extent`. */
function chosen(spec: ProgramSpec): readonly string[] {
  return nestsOf(spec).flatMap((nest) => {
    const loops = new Map(loopsIn(nest).map((loop) => [loop.variable, loop]));
    return chooseSchedule(nest, machine).map((directive) => `${directive.kind} ${printInteger(loops.get(directive.loop)?.extent ?? 0)}`);
  });
}

function loopsIn(nest: LoopNest): readonly Loop[] {
  return [...walk(nest.body)].flatMap(([statement]) => (statement.kind === 'loop' ? [statement] : []));
}

/** A filter with as many taps, which nobody knows, correlated with a picture. */
function filter(height: Dimension, width: Dimension, rows: number, columns: number): ProgramSpec {
  const photo = input('photo', [height, width]);
  const kernel = input('kernel', [rows, columns]);
  return { inputs: { photo, kernel }, outputs: { y: corr2d(photo, kernel) } };
}

describe('what is unrolled', () => {
  test('the taps of a small window', () => {
    expect(chosen(filter(100, 100, 3, 5))).toEqual(expect.arrayContaining(['unroll 3', 'unroll 5']));
    expect(chosen(filter('H', 'W', 2, 2))).toEqual(expect.arrayContaining(['unroll 2', 'unroll 2']));
  });

  test('of a large window the inner loop alone, so that the code stays small', () => {
    expect(chosen(filter(100, 100, 9, 11))).toContain('unroll 11');
    expect(chosen(filter(100, 100, 9, 11))).not.toContain('unroll 9');
  });

  test('no loop of a size that nobody knows, and no long one', () => {
    const [short, photo] = [input('short', [1000]), input('photo', ['n'])];
    expect(chosen({ inputs: { short }, outputs: { y: tanh(short) } })).toEqual([]);
    expect(chosen({ inputs: { photo }, outputs: { y: mul(photo, 2), total: sum(photo) } })).not.toContainEqual(expect.stringMatching(/unroll n/));
  });
});

test('each directive names a loop of the nest, each loop at most once, and only numbers are unrolled', () => {
  for (const spec of [filter(40, 50, 3, 3), filter('H', 'W', 5, 5), filter('H', 20, 1, 7), filter(12, 12, 12, 12)])
    for (const nest of nestsOf(spec)) {
      const loops = new Map(loopsIn(nest).map((loop) => [loop.variable, loop]));
      const schedule = chooseSchedule(nest, machine);
      expect(new Set(schedule.map(({ kind, loop }) => `${kind === 'peel'} ${loop}`)).size).toBe(schedule.length);
      for (const directive of schedule) checkFits(directive, loops.get(directive.loop));
    }
});

function checkFits(directive: Directive, loop: Loop | undefined): void {
  expect(loop).toBeDefined();
  if (directive.kind === 'unroll') expect(typeof loop?.extent).toBe('number');
  else if (directive.kind === 'peel') expect(directive.low + directive.high).toBeGreaterThan(0);
  else expect([loop?.role, directive.factor > 1]).toEqual(['parallel', true]);
}
