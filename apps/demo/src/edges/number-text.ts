/** A number in a cell: three decimals at most, and of one too small for them its size; -0 is 0. */
export function numberText(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.0005) return value.toExponential(0);
  const rounded = Math.round(value * 1000) / 1000;
  return String(rounded === 0 ? 0 : rounded);
}

/** Milliseconds: one decimal below ten. */
export function millisecondsText(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0);
}
