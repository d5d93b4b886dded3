import { input, type Tensor } from '@xcorr/graph';
import { cannyGradients, type Gradients } from '@xcorr/image';

/** The program whose results `-k canny` traces, of a brightness in bytes: [H, W]. */
export function gradientsForCanny(shape: readonly (number | string)[]): { readonly inputs: { readonly X: Tensor }; readonly outputs: Gradients<Tensor> } {
  const X = input('picture', shape, { storage: 'uint8' });
  return { inputs: { X }, outputs: cannyGradients(X) };
}
