import { interpret, type Dimension } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct, type DirectOptions } from '../testing/direct.ts';
import { randomChoices, randomFeeds, randomGraph, randomSizes, type RandomGraph } from '../testing/random-graphs.ts';
import { seeded } from '../testing/seeded.ts';
import { compile, type CompileOptions } from './compile.ts';

/** Holds every output of a compiled graph against the reference interpreter. */
function checkAgainstInterpreter({ inputs, outputs }: RandomGraph, sizes: readonly [number, number], options: DirectOptions & CompileOptions = {}): void {
  const feeds = randomFeeds(sizes);
  const got = Object.values(compile({ inputs, outputs }, direct(options), options).run(feeds));
  interpret(Object.values(outputs), feeds).forEach((want, position) => {
    expect(got[position]?.shape).toEqual(want.shape);
    want.data.forEach((value, index) =>
      expect(Math.abs((got[position]?.data[index] ?? Number.NaN) - value), `${Object.keys(outputs)[position]}[${index}]`).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value))),
    );
  });
}

describe('a compiled program means what its graph means', () => {
  test('with sizes that are numbers', () => {
    fc.assert(
      fc.property(randomChoices, randomSizes, (choices, sizes) => checkAgainstInterpreter(randomGraph(choices, sizes), sizes)),
      seeded(60),
    );
  });

  test('with named sizes', () => {
    const named: readonly [Dimension, Dimension] = ['H', 'W'];
    fc.assert(
      fc.property(randomChoices, randomSizes, (choices, sizes) => checkAgainstInterpreter(randomGraph(choices, named), sizes)),
      seeded(60),
    );
  });

  test('made anew for the sizes of a run', () => {
    fc.assert(
      fc.property(randomChoices, randomSizes, (choices, sizes) => checkAgainstInterpreter(randomGraph(choices, ['H', 'W']), sizes, { specialise: true })),
      seeded(60),
    );
  });

  test('as it was made, before any schedule, and with parallel loops backwards', () => {
    fc.assert(
      fc.property(randomChoices, randomSizes, (choices, sizes) => checkAgainstInterpreter(randomGraph(choices, sizes), sizes, { schedule: 'none', order: 'backwards' })),
      seeded(60),
    );
  });
});
