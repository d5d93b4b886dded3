import { book } from '@xcorr/golden';
import { NdArray } from '@xcorr/graph';
import { createRandom } from '@xcorr/nn';
import { imageSizes } from './problem.ts';

/** The image of the chapter: ones, and a black bar. */
export function bookImage(): NdArray {
  return new NdArray([...imageSizes.book], Float32Array.from(book.edge.x.flat()));
}

/** Numbers from 0 to 1, independent of one another, the same at every call. */
export function randomImage(): NdArray {
  const [rows, columns] = imageSizes.random;
  const { uniform } = createRandom(1);
  return new NdArray([rows, columns], Float32Array.from({ length: rows * columns }, () => uniform(0, 1)));
}
