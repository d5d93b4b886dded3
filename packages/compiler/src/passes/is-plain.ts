import type { NodeOf } from '@xcorr/graph';

/** True for a correlation that neither pads its operand nor spreads it. */
export function isPlain({ attributes: { padding, inputDilations } }: NodeOf<'correlate'>): boolean {
  return padding.every(([low, high]) => low === 0 && high === 0) && inputDilations.every((each) => each === 1);
}
