import { differential } from '@xcorr/conformance';
import { expect, test } from 'vitest';
import { evaluatedBackend } from '../../testing/evaluated-backend.ts';
import type { Limits, ModeName } from '../modes.ts';

/** Kernels as JavaScript, in each kind of arithmetic; few reads and short sides, as where there is little of everything. */
const engines: readonly (readonly [ModeName, Partial<Limits>, number])[] = [
  ['webgl2', {}, 60],
  ['webgpu', { reads: 2, textureSide: 3 }, 40],
  ['webasm', {}, 20],
  ['cpu', { reads: 3 }, 20],
];

test.each(engines)(
  'random graphs in %s mode, with the limits %j, are what the interpreter says, and none is refused',
  async (mode, limits, graphs) => {
    for (const set of ['exact', 'real'] as const) {
      const { failures, refusals, judged, unjudged } = await differential(evaluatedBackend(mode, limits), { set, graphs, dtypes: ['float32'], shrinking: 0 });
      expect(failures.map(({ problem, text }) => `${problem}\n${text}`)).toEqual([]);
      expect([...refusals.keys()]).toEqual([]);
      expect(unjudged).toBeLessThan(judged / 100);
    }
  },
  120_000,
);
