import { NdArray } from '@xcorr/graph';
import { toPicture, type Picture } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import type { Filter } from './filter.ts';

/** `absolute`: 0 is black. `signed`: 0 is mid-grey, positive is lighter, negative is darker. */
export type Show = 'absolute' | 'signed';

/** `picture`: white is an edge that is strong in this picture. `kernel`: white is the strongest edge that the kernel can find in any. */
export type Scale = 'picture' | 'kernel';

export interface RenderOptions {
  readonly show?: Show | undefined;
  readonly scale?: Scale | undefined;
}

/**
 * The response as a picture. One that is a picture again (smoothed, sharpened) is shown as it is: 0 black, 1 white.
 *
 * @throws CommandError when an option makes no sense for the filter.
 */
export function render(response: NdArray, filter: Filter, { show, scale }: RenderOptions): Picture {
  if (filter.kind === 'picture') {
    const given = show !== undefined ? '--show' : scale !== undefined ? '--scale' : undefined;
    if (given !== undefined) throw new CommandError(`${given} is for edges, and the response of ${filter.name} is a picture: it is shown as it is\n  leave ${given} out`);
    return toPicture(response);
  }
  if (show === 'signed' && filter.kind === 'magnitude')
    throw new CommandError(`--show signed: ${filter.name} is a length, which has no sign\n  take one of its kernels alone, such as ${filter.name}-${filter.name === 'roberts' ? 'main' : 'x'}`);
  const white = scale === 'kernel' ? filter.largest : strongEdge(response);
  const shown = new Float32Array(response.data.length);
  for (let index = 0; index < shown.length; index++) {
    const relative = (response.data[index] ?? 0) / white;
    shown[index] = show === 'signed' ? 0.5 + 0.5 * relative : Math.abs(relative);
  }
  return toPicture(new NdArray(response.shape, shown));
}

const bins = 65_536;

/**
 * What is shown as white: the absolute response that one element in a hundred exceeds. In photographs a few elements
 * answer far more than all others; were white theirs, the edges would be too dark to see. Where fewer than one in a
 * hundred answer at all (a drawing of thin lines), it is a quarter of the strongest. A flat response is shown as 0.
 */
export function strongEdge(response: NdArray): number {
  let strongest = 0;
  for (const value of response.data) strongest = Math.max(strongest, Math.abs(value));
  if (strongest === 0) return 1;
  const histogram = new Uint32Array(bins);
  for (const value of response.data) {
    const bin = Math.min(bins - 1, Math.floor((Math.abs(value) / strongest) * bins));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  let above = 0;
  let bin = bins;
  while (bin > 0 && above <= response.data.length / 100) above += histogram[--bin] ?? 0;
  return strongest * Math.max((bin + 1) / bins, 1 / 4);
}
