import { describe, expect, test, vi } from 'vitest';
import { damaged } from '../../testing/faults/damage.ts';
import { model, type Semantics } from '../../testing/model.ts';
import { orderChecks, orderNames, orderPrograms } from './order.ts';

vi.setConfig({ testTimeout: 60_000 });

const extent = { seed: 1, graphs: 1, certified: 0 };
const subject = { dtype: 'float32', dtypes: ['float32'], errorConstant: 16, extent, vectors: undefined } as const;

/** The loops that gather run in another order. */
const orders: Readonly<Record<string, Semantics['iteration']>> = {
  backwards: ({ role }, iteration, count) => (role === 'reduce' ? count - 1 - iteration : iteration),
  'from the middle on': ({ role }, iteration, count) => (role === 'reduce' ? (iteration + Math.floor(count / 2)) % count : iteration),
};

describe.each(Object.entries(orders))('sums that are taken %s are found', (_, iteration) => {
  test.each(orderNames)('in every program of %s', async (name) => {
    // What is unrolled is no loop, so nothing is.
    const backend = damaged(model({ iteration }), (program) => ({ ...program, nests: program.nests.map(({ nest }) => ({ nest, schedule: [] })) }));
    const { cases = {} } = await orderChecks[name].run({ ...subject, backend });
    expect(Object.entries(cases).filter(([, problems]) => problems.length > 0).map(([program]) => program)).toEqual(Object.keys(orderPrograms[name]('float32')));
  });
});

test.each(orderNames)('sums that are rounded to single precision at every step are in order: %s', async (name) => {
  const single = model({ gather: { add: (total, value) => Math.fround(total + value), max: Math.max } });
  const findings = await Promise.all((['float32', 'float64'] as const).map((dtype) => orderChecks[name].run({ ...subject, backend: single, dtype })));
  expect(findings.flatMap(({ cases = {} }) => Object.values(cases).flat())).toEqual([]);
});
