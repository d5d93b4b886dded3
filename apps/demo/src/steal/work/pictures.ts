import photograph from '@xcorr/cli/assets/alpine-landscape.jpg';
import { pixelsOf, readPicture, type PictureProblem, type Pixels } from '../../compute/read-picture.ts';
import type { Size } from './pair.ts';

/** Of a picture only its middle is used, but a larger one has to be decoded first. */
const limits = { pixels: 3e7, bytes: 1e8 } as const;

/** Pictures of the reader that are kept: those that the page can still show, and no more. */
const mostKept = 4;

const kept = new Map<number, Pixels>();
let last = 0;

/** Reads a picture of the reader's, and keeps it under a number. */
export async function keep(file: Blob, name: string): Promise<{ readonly id: number } | { readonly problem: PictureProblem }> {
  const read = await readPicture(file, name, limits);
  if ('problem' in read) return read;
  kept.set(++last, read.pixels);
  for (const id of kept.keys()) if (kept.size > mostKept && id !== last) kept.delete(id);
  return { id: last };
}

/** A kept picture; those that are used stay longest. */
export function keptPicture(id: number): Pixels {
  const pixels = kept.get(id);
  if (pixels === undefined) throw new Error(`picture ${id} is not kept any more`);
  kept.delete(id);
  kept.set(id, pixels);
  return pixels;
}

let example: Promise<Pixels> | undefined;

/** The photograph that comes with the page; asked for again where it did not come. */
export async function examplePhotograph(): Promise<Pixels> {
  example ??= loadExample();
  try {
    return await example;
  } catch (error) {
    example = undefined;
    throw error;
  }
}

async function loadExample(): Promise<Pixels> {
  const answer = await fetch(photograph);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}: ${photograph}`);
  const read = pixelsOf(await createImageBitmap(await answer.blob()), photograph, limits);
  if ('problem' in read) throw new Error(`${read.problem.kind}: ${photograph}`);
  return read.pixels;
}

/** The middle of a picture, or all of it where it is no larger. */
export function middleOfPicture(picture: Pixels, most: Size): Pixels {
  const [rows, columns] = [Math.min(most[0], picture.height), Math.min(most[1], picture.width)];
  if (rows === picture.height && columns === picture.width) return picture;
  const [top, left] = [Math.floor((picture.height - rows) / 2), Math.floor((picture.width - columns) / 2)];
  const data = new Uint8ClampedArray(4 * rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = 4 * ((top + row) * picture.width + left);
    data.set(picture.data.subarray(from, from + 4 * columns), 4 * row * columns);
  }
  return { width: columns, height: rows, data };
}
