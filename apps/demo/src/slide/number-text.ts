/** A number without the last digits of double precision, in which sums of decimal fractions are a little off. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(12)) + 0);
}

/** A number as a factor or a term: one below zero stands in parentheses. */
export function factorText(value: number): string {
  return value < 0 ? `(${numberText(value)})` : numberText(value);
}

/** A number in a cell of about six characters. */
export function cellText(value: number): string {
  const text = numberText(value);
  if (text.length <= 6) return text;
  const short = String(Number(value.toPrecision(3)));
  return short.length <= 6 ? short : value.toExponential(1).replace('e+', 'e');
}
