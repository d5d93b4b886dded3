/** A loss: three decimals, as the book prints it, or three digits where it is small. */
export function lossText(loss: number | undefined): string {
  if (loss === undefined) return '–';
  if (!Number.isFinite(loss)) return Number.isNaN(loss) ? 'NaN' : '∞';
  if (loss === 0) return '0';
  const size = Math.abs(loss);
  if (size >= 1e5 || size < 1e-3) return loss.toExponential(2);
  return size < 0.1 ? loss.toPrecision(3) : loss.toFixed(3);
}

/** A tap in a cell: at most seven characters where it is of an ordinary size. */
export function tapText(tap: number): string {
  if (!Number.isFinite(tap)) return Number.isNaN(tap) ? 'NaN' : tap > 0 ? '∞' : '−∞';
  if (Math.abs(tap) >= 1000) return tap.toExponential(1);
  const text = tap.toFixed(3);
  return text === '-0.000' ? '0.000' : text.replace('-', '−');
}

/** A tap as it is in single precision, in the fewest digits that give it back. */
export function exactText(tap: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(tap.toPrecision(digits));
    if (Math.fround(short) === Math.fround(tap)) return String(short);
  }
  return String(Number(tap.toPrecision(9)));
}
