import type { PictureLimits } from '../compute/read-picture.ts';

/** What fits the canvases of every browser, and the memory of a phone. */
export const limits: PictureLimits = { pixels: 4096 * 4096, bytes: 64 * 2 ** 20 };
