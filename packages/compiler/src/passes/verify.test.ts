import { cast, input, mul, reshape, sum, transpose, XcorrError, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomChoices, randomGraph } from '../../testing/random-graphs.ts';
import { seeded } from '../../testing/seeded.ts';
import { passes } from '../lower-program.ts';
import type { Pass } from './rewrite.ts';
import { verified, verify } from './verify.ts';

const x = input('x', [2, 3]);

function pass(run: (tensor: Tensor) => Tensor): Pass {
  return { name: 'doubtful', run: (roots) => roots.map(run) };
}

describe('a pass that breaks a graph is found out', () => {
  test.each<readonly [string, Pass, string]>([
    ['another shape', pass((y) => transpose(y)), 'verify: doubtful made root 0 float32 [3, 2]; it was float32 [2, 3]'],
    ['another rank', pass((y) => sum(y)), 'verify: doubtful made root 0 float32 []; it was float32 [2, 3]'],
    ['another dtype', pass((y) => cast(y, 'float64')), 'verify: doubtful made root 0 float64 [2, 3]; it was float32 [2, 3]'],
    ['a root lost', { name: 'doubtful', run: () => [] }, 'verify: doubtful made root 0 nothing; it was float32 [2, 3]'],
  ])('%s', (_, broken, message) => {
    expect(() => verified(broken).run([x])).toThrow(new XcorrError(message));
  });

  test('a node that breaks its own rule', () => {
    const broken: Tensor = { primitive: 'reshape', inputs: [x], attributes: { shape: [4] }, shape: [4], dtype: 'float32' };
    expect(() => verify([broken], 'doubtful')).toThrow(/^verify: after doubtful a node breaks its rule\n/);
  });
});

test('a pass that keeps the rules passes, and gives what it gave', () => {
  const y = mul(reshape(x, [3, 2]), 2);
  expect(verified(pass((each) => each)).run([y])).toEqual([y]);
});

test('every pass of ours keeps the rules on every graph', () => {
  fc.assert(
    fc.property(randomChoices, fc.boolean(), (choices, anySize) => {
      const { outputs } = randomGraph(choices, anySize ? ['H', 'W'] : [4, 5]);
      let roots: readonly Tensor[] = Object.values(outputs);
      for (const each of passes) roots = verified(each).run(roots);
    }),
    seeded(60),
  );
});
