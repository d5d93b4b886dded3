import { prime } from './prime-field.ts';

/**
 * What chance could have answered wrongly at random points: which arguments of unknown functions are equal, which divisors
 * are, and which of them are 0. For every other question the answer is that of the polynomials.
 */
export interface Questions {
  /** Distinct arguments and divisors, and pairs that were found equal. */
  readonly count: number;
  /** The degree of the difference of two values that are compared, at most: n d' or n' d of n / d - n' / d'. */
  readonly degree: number;
}

/** Points are taken two at a time: values are told apart where they differ at either. */
export const pointsOfRound = 2;

/** More rounds than these tell little more: each has to tell enough. */
export const mostRounds = 8;

/**
 * The probability, at most, that stages that differ agree at the two random points of a round.
 *
 * Values are rational functions of what is fed and of what unknown functions give, each of these a variable of its own.
 * So it is as long as no question is answered by chance. The k-th is answered so where a divisor is 0, or two values of a
 * choice are equal, with a probability of degree / p at each of the points; or where it agrees with one of the k - 1 before
 * it, or a member of a maximum with a maximum, with one of (degree + 1) / p: one more for the random coefficients by which
 * arguments are summed up. The points are drawn apart, so that it is both of them with the square of that. Of `count`
 * questions that are told apart, at most the one behind them can be mistaken for one of them, and where none is, results
 * that differ agree with a probability of degree / p (Schwartz, Zippel). Together, with d = degree + 1:
 *
 *   (sum over k <= count of ((k - 1) + 1)  +  count  +  1) d^2 / p^2
 */
export function chanceInRound({ count, degree }: Questions): number {
  return ((count * (count + 1)) / 2 + count + 1) * ((degree + 1) / Number(prime)) ** pointsOfRound;
}

/**
 * The probability, at most, that they agree in so many rounds. Whether there is a second one is decided by what is counted:
 * for each number of rounds that might have been taken, it is added once.
 */
export function chanceInRounds(questions: Questions, rounds: number): number {
  return mostRounds * chanceInRound(questions) ** rounds;
}
