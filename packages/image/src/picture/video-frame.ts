import { ValueError } from '@xcorr/graph';
import type { Picture } from '../picture.ts';
import { drawn, type CanvasLike } from './canvas.ts';
import { asStored, shownSize } from './orientation.ts';

/** How a `VideoFrame` is asked for its elements. */
export interface VideoFrameCopyOptions {
  readonly format?: 'RGBA';
  readonly colorSpace?: 'srgb';
  readonly layout?: { offset: number; stride: number }[];
}

/** What is used of a WebCodecs `VideoFrame`. */
export interface VideoFrameLike {
  readonly visibleRect: { readonly width: number; readonly height: number } | null;
  /** In degrees: how far the frame is turned clockwise where it is shown. Older browsers say nothing of it. */
  readonly rotation?: number;
  /** Whether it is mirrored there, from left to right, after it was turned. */
  readonly flip?: boolean;
  allocationSize(options?: VideoFrameCopyOptions): number;
  copyTo(destination: Uint8Array, options?: VideoFrameCopyOptions): Promise<unknown>;
}

/**
 * The visible part of a WebCodecs `VideoFrame` as a picture of four channels in sRGB. The frame stays open: closing it is
 * the caller's, and soon, for decoders wait for frames that are held.
 *
 * Every format is taken (I420, I422, I444, with alpha too, NV12, RGBA, RGBX, BGRA, BGRX, more than 8 bits, and frames that
 * hide theirs). Where `copyTo` can convert, the browser converts to RGBA; where it cannot, or not this frame, the frame is
 * drawn on a canvas and read back. Frames without alpha become opaque; alpha is not premultiplied.
 *
 * The frame is taken as it is stored, either way: not turned by its `rotation`, not mirrored by its `flip`, and of the
 * size of its visible part, not of its display size. What is drawn follows all three, so it is turned back, and drawn at
 * the stored size; of a frame with another display size, the browser may smooth what it draws. A browser that turns
 * frames without having these attributes gives them turned where it draws.
 *
 * @param canvas  where to draw, if need be. Default: an `OffscreenCanvas`, or a `<canvas>` of the page.
 * @see WebCodecs, `VideoFrame.rotation`, `flip` and `copyTo`; HTML, `drawImage`
 * @throws ValueError when the frame is closed, or there is no canvas to draw on. What else the browser refuses passes
 *   as its own error.
 */
export async function fromVideoFrame(frame: VideoFrameLike, canvas?: CanvasLike): Promise<Picture> {
  // A frame that is closed while it is copied forgets how it was turned: it is asked before.
  const { visibleRect, rotation = 0, flip = false } = frame;
  if (visibleRect === null) throw new ValueError('fromVideoFrame: the frame is closed');
  const { width, height } = visibleRect;
  const stored = await copied(frame, width, height);
  if (stored !== undefined) return stored;
  const [across, down] = shownSize(width, height, { rotation, flip });
  return asStored(drawn(frame, across, down, canvas, 'fromVideoFrame'), { rotation, flip });
}

/** The frame as `copyTo` converts it; undefined when the browser does not convert frames, or not this one. */
async function copied(frame: VideoFrameLike, width: number, height: number): Promise<Picture | undefined> {
  let converts = false;
  const options: VideoFrameCopyOptions = {
    // Browsers that do not convert never ask for the format: they would give the frame's own as though it were RGBA.
    get format() {
      converts = true;
      return 'RGBA' as const;
    },
    colorSpace: 'srgb',
    layout: [{ offset: 0, stride: 4 * width }],
  };
  try {
    const bytes = frame.allocationSize(options);
    if (!converts) return undefined;
    const data = new Uint8Array(bytes);
    await frame.copyTo(data, options);
    return { width, height, channels: 4, data: data.subarray(0, 4 * width * height) };
  } catch (error) {
    if (!converts || (error instanceof Error && error.name === 'NotSupportedError')) return undefined;
    throw error;
  }
}
