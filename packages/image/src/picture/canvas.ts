import { ValueError } from '@xcorr/graph';
import type { Picture } from '../picture.ts';
import { fromImageData, toImageData, type ImageDataLike, type SrgbImageData } from './image-data.ts';

/** What is used of a canvas: of an `HTMLCanvasElement`, an `OffscreenCanvas`, or one of a canvas library. */
export interface CanvasLike {
  width: number;
  height: number;
  getContext(kind: '2d', settings?: { readonly willReadFrequently?: boolean }): CanvasContextLike | null;
}

/** What is used of a canvas's two-dimensional context. */
export interface CanvasContextLike {
  getImageData(x: number, y: number, width: number, height: number, settings?: { readonly colorSpace?: 'srgb' }): ImageDataLike;
  putImageData(image: SrgbImageData, x: number, y: number): void;
  drawImage(source: object, x: number, y: number, width: number, height: number): void;
}

/** What is used of an `ImageBitmap`. */
export interface ImageBitmapLike {
  readonly width: number;
  readonly height: number;
  close(): void;
}

/**
 * What a canvas shows, as a picture of four channels in sRGB: a canvas in display-p3 is converted by the browser, and
 * what lies outside sRGB is clipped.
 *
 * A canvas holds its colours premultiplied by alpha in 8 bits. Opaque colours come back exactly, translucent ones within
 * rounding, and of what is fully transparent nothing but zeros.
 *
 * @param canvas  one with a two-dimensional context, or with none yet
 * @throws ValueError when the canvas is empty, has a context of another kind (draw it on a second canvas), or shows a
 *   picture of another origin, which browsers do not let a page read.
 */
export function fromCanvas(canvas: CanvasLike): Picture {
  const { width, height } = canvas;
  if (width === 0 || height === 0) throw new ValueError(`fromCanvas: the canvas is empty (${width} x ${height})`);
  return readBack(contextOf(canvas, 'fromCanvas'), width, height, 'fromCanvas');
}

/**
 * Shows a picture on a canvas, which takes the picture's size. What was there is replaced, not covered, and the canvas
 * is transparent where the picture is.
 *
 * @returns the canvas
 * @throws ValueError when the canvas has a context of another kind, the picture has samples of 16 bits, or its data does
 *   not fill width x height x channels.
 */
export function toCanvas<Canvas extends CanvasLike>(picture: Picture, canvas: Canvas): Canvas {
  const image = toImageData(picture);
  const context = contextOf(canvas, 'toCanvas');
  // Setting a side clears the canvas, which shows when pictures follow one another.
  if (canvas.width !== image.width) canvas.width = image.width;
  if (canvas.height !== image.height) canvas.height = image.height;
  context.putImageData(image, 0, 0);
  return canvas;
}

/**
 * An `ImageBitmap` as a picture of four channels in sRGB, drawn on a canvas and read back: what is said of `fromCanvas`
 * about translucent colours holds here. The bitmap stays open. `createImageBitmap` makes one of an `<img>`, a `<video>`,
 * an SVG or a file.
 *
 * @param canvas  where to draw; it takes the bitmap's size. Default: an `OffscreenCanvas`, or a `<canvas>` of the page.
 * @throws ValueError when the bitmap is closed, comes from another origin, or there is no canvas to draw on.
 */
export function fromImageBitmap(bitmap: ImageBitmapLike, canvas?: CanvasLike): Picture {
  const { width, height } = bitmap;
  if (width === 0 || height === 0) throw new ValueError('fromImageBitmap: the bitmap is closed');
  return drawn(bitmap, width, height, canvas, 'fromImageBitmap');
}

/** What a canvas of this size shows when the source is drawn over all of it. */
export function drawn(source: object, width: number, height: number, given: CanvasLike | undefined, operation: string): Picture {
  const canvas = given ?? scratchCanvas(width, height, operation);
  const context = contextOf(canvas, operation);
  // Setting the sides clears the canvas and what was set of its context.
  canvas.width = width;
  canvas.height = height;
  context.drawImage(source, 0, 0, width, height);
  return readBack(context, width, height, operation);
}

function contextOf(canvas: CanvasLike, operation: string): CanvasContextLike {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new ValueError(`${operation}: the canvas has a context that is not '2d'\n  draw it on a second canvas: context.drawImage(canvas, 0, 0)`);
  return context;
}

function readBack(context: CanvasContextLike, width: number, height: number, operation: string): Picture {
  try {
    return fromImageData(context.getImageData(0, 0, width, height, { colorSpace: 'srgb' }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'SecurityError')) throw error;
    throw new ValueError(`${operation}: what is drawn comes from another origin, and browsers do not let it be read\n  load it with crossOrigin = 'anonymous' from a server that allows it`, { cause: error });
  }
}

type OffscreenCanvasConstructor = new (width: number, height: number) => CanvasLike;

interface DocumentLike {
  createElement(name: 'canvas'): CanvasLike;
}

function isOffscreenCanvas(value: unknown): value is OffscreenCanvasConstructor {
  return typeof value === 'function';
}

function isDocument(value: unknown): value is DocumentLike {
  return typeof value === 'object' && value !== null && 'createElement' in value;
}

function scratchCanvas(width: number, height: number, operation: string): CanvasLike {
  const OffscreenCanvas: unknown = Reflect.get(globalThis, 'OffscreenCanvas');
  if (isOffscreenCanvas(OffscreenCanvas)) return new OffscreenCanvas(width, height);
  const document: unknown = Reflect.get(globalThis, 'document');
  if (isDocument(document)) return document.createElement('canvas');
  throw new ValueError(`${operation}: there is no canvas here to draw on; give one as the second argument`);
}
