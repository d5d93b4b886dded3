import { abs, add, mul, sqrt, square, sum, type Tensor } from '@xcorr/graph';
import { largestResponse } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import { cancels, partsOf, type Operator } from '../kernel/operator.ts';

/**
 * What of a response is shown. `as-is`: the response, 0 black and 255 white. `absolute`: without its sign. `signed`: 0 is
 * mid-grey, positive is lighter, negative is darker. `magnitude`: the length of all responses at a place, those of
 * both kernels of a pair or of all channels of a coloured picture.
 */
export const showNames = ['as-is', 'absolute', 'signed', 'magnitude'] as const;
export type Show = (typeof showNames)[number];

/** `picture`: white is a response that is strong in this picture. `kernel`: white is the strongest that the kernel can give to any. */
export const scaleNames = ['picture', 'kernel'] as const;
export type Scale = (typeof scaleNames)[number];

/** How responses are shown; `as-is` has no scale. */
export type Showing = { readonly show: 'as-is' } | { readonly show: Exclude<Show, 'as-is'>; readonly scale: Scale };

/**
 * What is shown where the options do not say: the length of a pair, the absolute response of a kernel whose taps
 * cancel, and the response as it is of any other.
 *
 * @throws CommandError when an option makes no sense for the operator.
 */
export function showingOf(operator: Operator, show: Show | undefined, scale: Scale | undefined): Showing {
  if (operator.kind === 'pair') {
    if (show === 'signed' || show === 'as-is')
      throw new CommandError(`--show ${show}: ${operator.name} is a length, which has no sign\n  take one of its kernels alone, such as ${partsOf(operator)[0] ?? 'sobel-x'}`);
    return { show: 'magnitude', scale: scale ?? 'picture' };
  }
  const chosen = show ?? (cancels(operator.kernel) ? 'absolute' : 'as-is');
  if (chosen !== 'as-is') return { show: chosen, scale: scale ?? 'picture' };
  if (scale !== undefined) throw new CommandError(`--scale ${scale}: the response of ${operator.name} is shown as it is, which needs no scale\n  leave --scale out, or add --show absolute or signed`);
  return { show: 'as-is' };
}

/** What is shown of a response, before it is scaled: [H, W], or [H, W, C] of every channel. */
export function shownOf(response: Tensor, show: Show): Tensor {
  if (show === 'absolute') return abs(response);
  if (show !== 'magnitude') return response;
  return response.shape.length === 3 ? sqrt(sum(square(response), { axes: 2 })) : abs(response);
}

/** Bytes, not yet rounded: `white` becomes 255, and 0 becomes black or, signed, mid-grey. */
export function paintedWith(shown: Tensor, show: Exclude<Show, 'as-is'>, perWhite: Tensor | number): Tensor {
  return show === 'signed' ? add(mul(shown, mul(perWhite, 127.5)), 127.5) : mul(shown, mul(perWhite, 255));
}

/** The largest that can be shown of any picture: white, where the kernel gives the scale. */
export function largestShown(operator: Operator, show: Show, channels: number): number {
  const bias = operator.kind === 'kernel' ? Math.abs(operator.bias ?? 0) : 0;
  const largest = 255 * (largestResponse(operator.kind === 'pair' ? operator.pair : operator.kernel) + bias);
  return show === 'magnitude' ? largest * Math.sqrt(channels) : largest;
}
