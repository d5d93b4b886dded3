import type { Scalars } from './scalars.ts';

/**
 * The degree that an expression has at most as a polynomial in what is fed. A quotient of polynomials counts both; what an
 * unknown function gives is a variable of its own.
 */
export const degrees: Scalars<number> = {
  number: () => 0,
  unary: (name, x) => (name === 'neg' || name === 'abs' || x === 0 ? x : 1),
  binary: (name, a, b) => {
    switch (name) {
      case 'mul':
      case 'div':
        return a + b;
      case 'add':
      case 'sub':
      case 'min':
      case 'max':
        return Math.max(a, b);
      case 'pow':
        return b === 0 ? 64 * a : 1;
      case 'atan2':
      case 'less':
      case 'lessEqual':
      case 'equal':
        return a + b === 0 ? 0 : 1;
    }
  },
  select: (condition, whenTrue, whenFalse) => Math.max(whenTrue, whenFalse, condition === 0 ? 0 : 1),
};
