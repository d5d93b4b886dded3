import { kernels } from '@xcorr/image';
import { expect, test } from 'vitest';
import { resemblance } from './resemblance.ts';

const scaled = (kernel: readonly (readonly number[])[], factor: number): readonly (readonly number[])[] => kernel.map((row) => row.map((tap) => tap * factor));

test.each(['sobel-x', 'laplacian-8', 'gaussian-5', 'book'] as const)('%s resembles itself, whatever its scale and sign', (name) => {
  for (const scale of [1, -0.5, 1e-6, 40]) {
    const found = resemblance(scaled(kernels[name], scale));
    expect(found?.name).toBe(name);
    expect(found?.scale).toBeCloseTo(scale, 9);
    expect(found?.cosine).toBeCloseTo(1, 9);
  }
});

test('a smaller kernel may stand in the middle of a larger one', () => {
  const laplacian = [[0, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 1, -4, 1, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0]];
  expect(resemblance(laplacian)).toMatchObject({ name: 'laplacian-4', scale: 1 });
  // One of two columns has no middle between three.
  expect(resemblance([[1, -1, 0]])).toBeUndefined();
});

test('what is like nothing that has a name resembles nothing', () => {
  expect(resemblance([[1, -2, 7], [3, 0, -1], [-4, 2, 2]])).toBeUndefined();
  expect(resemblance([[0, 0, 0], [0, 0, 0], [0, 0, 0]])).toBeUndefined();
});
