import photograph from '@xcorr/cli/assets/alpine-landscape.jpg';
import { lumaWeights } from '@xcorr/image';
import { NdArray } from '@xcorr/graph';
import { imageSizes } from './problem.ts';

/** A part of the photograph with rocks and trees, in which neighbours differ most. */
const corner = { top: 180, left: 400 } as const;

/** The brightness of that part, from 0 to 1. In a worker or a page. */
export async function photographImage(): Promise<NdArray> {
  const [rows, columns] = imageSizes.photograph;
  const answer = await fetch(photograph);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}: ${photograph}`);
  const bitmap = await createImageBitmap(await answer.blob(), corner.left, corner.top, columns, rows);
  const context = new OffscreenCanvas(columns, rows).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas of two dimensions can be made here');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return brightness(context.getImageData(0, 0, columns, rows).data, rows, columns);
}

/** [rows, columns] of the RGBA bytes of an opaque picture. */
export function brightness(bytes: ArrayLike<number>, rows: number, columns: number): NdArray {
  const [red, green, blue] = lumaWeights;
  const at = (index: number): number => bytes[index] ?? 0;
  return new NdArray(
    [rows, columns],
    Float32Array.from({ length: rows * columns }, (_, index) => (red * at(4 * index) + green * at(4 * index + 1) + blue * at(4 * index + 2)) / 255),
  );
}
