import { expect, test, vi } from 'vitest';
import { model } from '../../testing/model.ts';
import { runSuite } from '../suite/run-suite.ts';
import { rangeOf } from './function-ranges.ts';

vi.setConfig({ testTimeout: 60_000 });

test('errors in double precision are measured by more than double precision', async () => {
  const { results } = await runSuite(model(), { only: ['functions: div', 'functions: exp', 'ranges: mul'], dtypes: ['float64'] });
  const largest = results.flatMap(({ measured }) => measured.map((each) => each.largest));
  expect(largest).toHaveLength(3);
  for (const error of largest) {
    expect(error).toBeGreaterThan(0.49);
    expect(error).toBeLessThan(1);
  }
});

test.each(['float32', 'float64'] as const)('the ranges of %s reach to both ends', async (dtype) => {
  const names = ['ranges: neg', 'ranges: sqrt', 'ranges: mul', 'ranges: exp', 'ranges: pow'] as const;
  const seen: number[] = [];
  const watching = model({ stored: (value) => (seen.push(Math.abs(value)), value) });
  const { least, most } = rangeOf(dtype);
  for (const name of names) {
    seen.length = 0;
    await runSuite(watching, { only: [name], dtypes: [dtype] });
    const exponents = seen.map(Math.log2).sort((a, b) => a - b);
    const [low = 0, high = 0] = [exponents[0], exponents.at(-1)];
    // A root halves every exponent.
    const by = name === 'ranges: sqrt' ? 2 : 1;
    expect([low * by - least, most - high * by].every((distance) => distance >= -1 && distance < 0.1 * most), `${name}: 2^${low} to 2^${high}`).toBe(true);
  }
});
