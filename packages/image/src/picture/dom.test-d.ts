/// <reference lib="dom" />
import { expectTypeOf, test } from 'vitest';
import type { Picture } from '../picture.ts';
import { fromCanvas, fromImageBitmap, toCanvas, type CanvasLike, type ImageBitmapLike } from './canvas.ts';
import { fromImageData, toImageData, type ImageDataLike } from './image-data.ts';
import { fromVideoFrame, type VideoFrameLike } from './video-frame.ts';

// The packages compile without a browser's types; what browsers give must fit all the same.

test('what browsers give can be read', () => {
  expectTypeOf<ImageData>().toExtend<ImageDataLike>();
  expectTypeOf<HTMLCanvasElement>().toExtend<CanvasLike>();
  expectTypeOf<OffscreenCanvas>().toExtend<CanvasLike>();
  expectTypeOf<ImageBitmap>().toExtend<ImageBitmapLike>();
  expectTypeOf<VideoFrame>().toExtend<VideoFrameLike>();
});

test('what is made can be given to a browser', () => {
  expectTypeOf(toImageData).returns.toExtend<ImageData>();
  expectTypeOf(toCanvas<HTMLCanvasElement>).returns.toEqualTypeOf<HTMLCanvasElement>();
  expectTypeOf(toCanvas<OffscreenCanvas>).returns.toEqualTypeOf<OffscreenCanvas>();
});

test('all give pictures', () => {
  expectTypeOf(fromImageData).returns.toEqualTypeOf<Picture>();
  expectTypeOf(fromCanvas).returns.toEqualTypeOf<Picture>();
  expectTypeOf(fromImageBitmap).returns.toEqualTypeOf<Picture>();
  expectTypeOf(fromVideoFrame).returns.toEqualTypeOf<Promise<Picture>>();
});
