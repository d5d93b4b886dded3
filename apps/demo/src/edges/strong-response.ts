/** The least and the largest of some values, and what is painted as full strength. */
export type Range = { readonly least: number; readonly most: number; readonly strong: number };

const bins = 4096;

/**
 * What is painted in full strength: the absolute response that one element in a hundred exceeds, and at least a quarter of the
 * strongest. In photographs a few elements answer far more than all others: were full strength theirs, the edges would be too
 * dark to see. Of a flat response it is 1, so that 0 stays 0.
 */
export function rangeOf(values: Float32Array): Range {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (values.length === 0) return { least: 0, most: 0, strong: 1 };
  const strongest = Math.max(-least, most);
  if (!(strongest > 0)) return { least, most, strong: 1 };
  const counts = new Uint32Array(bins);
  const perBin = bins / strongest;
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(Math.abs(value) * perBin));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  let above = 0;
  let bin = bins;
  while (bin > 0 && above <= values.length / 100) above += counts[--bin] ?? 0;
  return { least, most, strong: strongest * Math.max((bin + 1) / bins, 1 / 4) };
}
