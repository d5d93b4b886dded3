import type { Tensor } from '@xcorr/graph';

/** The one value of a tensor that is the same everywhere and known, or undefined. */
export function uniform(tensor: Tensor): number | undefined {
  if (tensor.primitive === 'broadcast' || tensor.primitive === 'reshape' || tensor.primitive === 'transpose' || tensor.primitive === 'flip')
    return uniform(tensor.inputs[0]);
  if (tensor.primitive !== 'constant') return undefined;
  const [first] = tensor.attributes.data;
  return tensor.attributes.data.every((value) => value === first) ? first : undefined;
}
