import { transfer } from 'comlink';

/** The picture as it was, and what was found in it. They live as long as the page: whoever shows them puts them where they belong. */
export type Surfaces = { readonly before: HTMLCanvasElement; readonly after: HTMLCanvasElement };

export type OffscreenSurfaces = { readonly before: OffscreenCanvas; readonly after: OffscreenCanvas };

export function createSurfaces(): Surfaces {
  return { before: document.createElement('canvas'), after: document.createElement('canvas') };
}

/**
 * What a worker draws on instead, to be sent to it. A canvas of the page's own thread is given to the compositor by that
 * thread: without a GPU two pictures of 1920 x 1080 hold it up for longer than anybody should wait.
 */
export function offscreen({ before, after }: Surfaces): OffscreenSurfaces {
  const surfaces: OffscreenSurfaces = { before: before.transferControlToOffscreen(), after: after.transferControlToOffscreen() };
  return transfer(surfaces, [surfaces.before, surfaces.after]);
}

/** Shows a picture and what was found in it; the bitmaps are handed over. Without one before, what was shown there stays. */
export type Put = (before: ImageBitmap | undefined, after: ImageBitmap) => void;

/** Bitmaps are shown as they are: nothing is copied or drawn, however large they are. A context is asked for once: Firefox refuses to give it again in a worker. */
export function putOn(surfaces: OffscreenSurfaces): Put {
  const [before, after] = [surfaces.before.getContext('bitmaprenderer'), surfaces.after.getContext('bitmaprenderer')];
  return (one, other) => {
    if (one !== undefined) before?.transferFromImageBitmap(one);
    after?.transferFromImageBitmap(other);
  };
}
