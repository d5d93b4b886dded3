import { js } from '@xcorr/backend-js';
import { describe, expect, test, vi } from 'vitest';
import { damaged } from '../testing/damage.ts';
import { faults } from '../testing/faults.ts';
import { differential } from './differential.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A backend that is right but for one thing, which strikes once in every program that has a place for it. */
describe('a fault is found within 300 graphs', () => {
  test.each(Object.entries(faults))('%s', async (_, { set, damage }) => {
    const { failures } = await differential(damaged(js(), damage), { set, seed: 7, graphs: 300, failures: 1, shrinking: 0 });
    expect(failures).toHaveLength(1);
  });
});
