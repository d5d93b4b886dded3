import type Sharp from 'sharp';
import { PictureError, reason, systemCode } from './picture-error.ts';

/**
 * The codec, which is an optional peer: it is loaded when the first picture is read or written.
 *
 * @throws PictureError when it is not installed, or not for this platform.
 */
export async function loadSharp(load: () => Promise<{ readonly default: typeof Sharp }> = () => import('sharp')): Promise<typeof Sharp> {
  try {
    return (await load()).default;
  } catch (error) {
    const missing = systemCode(error) === 'ERR_MODULE_NOT_FOUND';
    throw new PictureError(
      missing
        ? 'pictures are decoded and encoded by sharp, which is not installed\n  npm install sharp'
        : `pictures are decoded and encoded by sharp, which does not load here: ${reason(error)}\n  reinstall it on this platform: npm install sharp`,
      { cause: error },
    );
  }
}
