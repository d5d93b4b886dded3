import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A picture with what it is called. */
export function Bitmap({ bitmap, label }: { readonly bitmap: ImageBitmap | undefined; readonly label: string }): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null && bitmap !== undefined) draw(canvas.current, bitmap);
  }, [bitmap]);
  return <canvas ref={canvas} role="img" aria-label={label} width={bitmap?.width ?? 320} height={bitmap?.height ?? 151} />;
}

/** Shows a bitmap on a canvas, which takes its size. */
export function draw(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
  if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
}
