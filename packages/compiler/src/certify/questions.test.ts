import { expect, test } from 'vitest';
import { prime } from './prime-field.ts';
import { chanceAtPoint, chanceAtPoints, mostPoints } from './questions.ts';

test('the probability at a point is the sum over questions that its docstring says', () => {
  for (const degree of [1, 4, 100])
    for (const count of [0, 1, 2, 3, 20]) {
      let sum = degree;
      for (let k = 1; k <= count; k++) sum += (k - 1) * (degree + 1) + degree;
      sum += count * (degree + 1);
      expect(chanceAtPoint({ count, degree })).toBe(sum / Number(prime));
    }
});

test('polynomials alone have the bound of Schwartz and Zippel', () => {
  expect(chanceAtPoint({ count: 0, degree: 4 })).toBe(4 / Number(prime));
  expect(chanceAtPoints({ count: 0, degree: 4 }, 2)).toBe((4 / Number(prime)) ** 2);
});

test('where the number of points is decided by what is counted, each number that it might have been is added', () => {
  expect(chanceAtPoints({ count: 3, degree: 4 }, 2)).toBe(mostPoints * chanceAtPoint({ count: 3, degree: 4 }) ** 2);
});
