import { correlate, pad, type Tensor } from '@xcorr/graph';
import { isPlain } from './is-plain.ts';
import { rewrites, type Pass } from './rewrite.ts';

/**
 * Padding and spreading apart from the sum: then the loops over taps have no conditions, and the padded image is copied
 * once where that is cheaper than asking at each tap (the placement decides).
 *
 *   correlate(x, w, padding, inputDilation) = correlate(pad(x, low, high, inputDilation - 1), w)
 */
export const separatePadding: Pass = rewrites('separate padding', [
  {
    text: 'correlate(x, w, padding) = correlate(pad(x), w)',
    apply: (tensor: Tensor) => {
      if (tensor.primitive !== 'correlate' || isPlain(tensor)) return undefined;
      const { inputs: [x, w], attributes: { padding, inputDilations, ...rest } } = tensor;
      const padded = pad(x, {
        low: [0, 0, ...padding.map(([low]) => low)],
        high: [0, 0, ...padding.map(([, high]) => high)],
        interior: [0, 0, ...inputDilations.map((each) => each - 1)],
      });
      return correlate(padded, w, rest);
    },
  },
]);
