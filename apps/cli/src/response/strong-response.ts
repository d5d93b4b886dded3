import type { TypedArray } from '@xcorr/graph';

const bins = 65_536;

/**
 * What is shown as white: the absolute response that one element in a hundred exceeds. In photographs a few elements
 * answer far more than all others; were white theirs, the edges would be too dark to see. Where fewer than one in a
 * hundred answer at all (a drawing of thin lines), it is a quarter of the strongest. Of a flat response it is 1, so
 * that 0 stays 0.
 *
 * A histogram is scattered by the values themselves, which no program of loops over places can say: this is the one
 * pass over the elements that is not compiled.
 *
 * @param strongest the largest absolute value among the responses
 */
export function strongResponse(responses: TypedArray, strongest: number): number {
  if (strongest === 0) return 1;
  const histogram = new Uint32Array(bins);
  const perBin = bins / strongest;
  for (let index = 0; index < responses.length; index++) {
    const bin = Math.min(bins - 1, Math.floor(Math.abs(responses[index] ?? 0) * perBin));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  let above = 0;
  let bin = bins;
  while (bin > 0 && above <= responses.length / 100) above += histogram[--bin] ?? 0;
  return strongest * Math.max((bin + 1) / bins, 1 / 4);
}
