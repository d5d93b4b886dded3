import { describe, expect, test } from 'vitest';
import { naiveFilter } from '../contenders/naive.ts';
import { smallFilter, smallLayer, smallLearnKernel } from '../testing.ts';
import { cutOff, inBytes } from './bytes.ts';
import { expectations, sampledElements } from './expectation.ts';
import { largestError, worstError } from './largest-error.ts';

const workload = smallFilter(90, 120, 3, 3);
const inputs = workload.inputs(0);
const [expected] = expectations(workload, [inputs]);

async function filtered(): Promise<Float32Array> {
  const job = naiveFilter(workload);
  await job.feed(inputs);
  await job.run();
  return job.result();
}

describe('what is looked at', () => {
  test('all borders of each plane', () => {
    const layer = smallLayer({ batch: 2, channels: 1, height: 6, width: 5, features: 3, kernel: 1, stride: 1, padding: 0 });
    const [{ positions, length }] = expectations({ ...layer, height: 300, width: 400 }, [{ image: new Float32Array(2 * 300 * 400), target: new Float32Array(0) }]);
    const seen = new Set(positions);
    expect(length).toBe(6 * 120_000);
    for (let plane = 0; plane < 6; plane++) {
      for (let column = 0; column < 400; column++) expect(seen.has(plane * 120_000 + column) && seen.has(plane * 120_000 + 299 * 400 + column)).toBe(true);
      for (let row = 0; row < 300; row++) expect(seen.has(plane * 120_000 + row * 400) && seen.has(plane * 120_000 + row * 400 + 399)).toBe(true);
    }
    expect(positions.length).toBeGreaterThan(6 * 2 * 698 + 0.9 * sampledElements);
  });

  test('of training all losses and parameters', () => {
    const learn = smallLearnKernel(12, 12);
    const [{ length, positions }] = expectations(learn, [learn.inputs(0)]);
    expect([length, positions.length]).toEqual([26, 26]);
  });
});

describe('the largest error', () => {
  test('is nearly nothing of what is right', async () => {
    expect(largestError(await filtered(), expected)).toBeLessThan(1e-7);
  });

  test.each([0, 117, 118 * 87 + 5, 118 * 88 - 1])('finds one wrong element at the border, at %d', async (position) => {
    const wrong = await filtered();
    wrong[position] += 0.01;
    expect(largestError(wrong, expected)).toBeGreaterThan(worstError);
  });

  test('finds a picture that is shifted, and one that was never written', async () => {
    expect(largestError((await filtered()).map((_, at, all) => all[Math.max(0, at - 1)]), expected)).toBeGreaterThan(worstError);
    expect(largestError(new Float32Array(expected.length), expected)).toBe(1);
  });

  test('of what is not a number is infinite', async () => {
    const wrong = await filtered();
    wrong[0] = Number.NaN;
    expect(largestError(wrong, expected)).toBe(Number.POSITIVE_INFINITY);
  });

  test('there is none of a result of another length', () => {
    expect(() => largestError(new Float32Array(7), expected)).toThrow('7 elements');
  });
});

test('bytes: the picture is rounded, and results are cut off at 0 and 1', () => {
  expect([...inBytes({ image: Float32Array.of(0.001, 0.5), target: new Float32Array(0) }).image]).toEqual([0, Math.fround(128 / 255)]);
  const { values, scales } = cutOff({ length: 3, positions: Int32Array.of(0, 1, 2), values: Float64Array.of(-1, 0.5, 3), scales: Float64Array.of(3, 3, 3) });
  expect([[...values], [...scales]]).toEqual([[0, 0.5, 1], [1, 1, 1]]);
});
