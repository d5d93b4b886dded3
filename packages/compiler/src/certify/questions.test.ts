import { expect, test } from 'vitest';
import { prime } from './prime-field.ts';
import { chanceInRound, chanceInRounds, mostRounds, pointsOfRound } from './questions.ts';

test('the probability in a round is the sum over questions that its docstring says', () => {
  for (const degree of [1, 4, 100])
    for (const count of [0, 1, 2, 3, 20]) {
      let chances = 1;
      for (let k = 1; k <= count; k++) chances += k - 1 + 1;
      chances += count;
      expect(chanceInRound({ count, degree })).toBe(chances * ((degree + 1) / Number(prime)) ** pointsOfRound);
    }
});

test('it is no less than the bound of Schwartz and Zippel at two points, and grows with all that is counted', () => {
  expect(chanceInRound({ count: 0, degree: 4 })).toBeGreaterThanOrEqual((4 / Number(prime)) ** 2);
  expect(chanceInRound({ count: 0, degree: 5 })).toBeGreaterThan(chanceInRound({ count: 0, degree: 4 }));
  expect(chanceInRound({ count: 1, degree: 4 })).toBeGreaterThan(chanceInRound({ count: 0, degree: 4 }));
});

test('where the number of rounds is decided by what is counted, each number that it might have been is added', () => {
  expect(chanceInRounds({ count: 3, degree: 4 }, 2)).toBe(mostRounds * chanceInRound({ count: 3, degree: 4 }) ** 2);
});
