// Sums of numbers without rounding, as numbers of which each stands beyond the digits of the one before it.
// Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates", 1997

/** A sum as parts, small ones first: none is 0, and nothing of it is lost. */
export type ExactSum = readonly number[];

/** A sum and one number more. Numbers beyond the largest give parts that are not finite. */
export function withTerm(sum: ExactSum, term: number): ExactSum {
  const parts: number[] = [];
  let carry = term;
  for (const part of sum) {
    const total = carry + part;
    const [large, small] = Math.abs(carry) < Math.abs(part) ? [part, carry] : [carry, part];
    const lost = small - (total - large);
    if (lost !== 0) parts.push(lost);
    carry = total;
  }
  if (carry !== 0) parts.push(carry);
  return parts;
}

/** The number next to a sum; of two that are as near, the even one. */
export function nearest(sum: ExactSum): number {
  let position = sum.length - 1;
  let total = sum[position] ?? 0;
  let lost = 0;
  while (position > 0 && lost === 0) {
    const part = sum[--position] ?? 0;
    const before = total;
    total += part;
    lost = part - (total - before);
  }
  // What was lost may be half a digit: then the parts below decide.
  const below = sum[position - 1] ?? 0;
  const up = total + 2 * lost;
  return lost * below > 0 && up - total === 2 * lost ? up : total;
}
