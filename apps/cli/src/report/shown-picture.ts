import { NdArray } from '@xcorr/graph';
import { toPicture, type Picture } from '@xcorr/image';
import { strongResponse } from '../response/strong-response.ts';

/** The values that are shown as black and as white; those between are grey, those beyond are one of the two. */
export interface Range {
  readonly black: number;
  readonly white: number;
}

/** Longer sides are shown in a smaller scale, so that a page stays small. */
const longestSide = 800;

/** The means of squares of `factor` elements a side, of fewer at the end of an axis. */
function reduced({ shape: [rows = 1, columns = 1], data }: NdArray, factor: number): NdArray {
  const [tall, wide] = [Math.ceil(rows / factor), Math.ceil(columns / factor)];
  const means = new Float32Array(tall * wide);
  for (let i = 0; i < tall; i++)
    for (let j = 0; j < wide; j++) {
      const [bottom, right] = [Math.min(rows, (i + 1) * factor), Math.min(columns, (j + 1) * factor)];
      let sum = 0;
      for (let u = i * factor; u < bottom; u++) for (let v = j * factor; v < right; v++) sum += data[u * columns + v] ?? 0;
      means[i * wide + j] = sum / ((bottom - i * factor) * (right - j * factor));
    }
  return new NdArray([tall, wide], means);
}

/** How many elements a side are one in the picture that shows them. */
export function reduction({ shape: [rows = 1, columns = 1] }: NdArray): number {
  return Math.ceil(Math.max(rows, columns) / longestSide);
}

/** The values as a grey picture: [H, W], or less where that is large. */
export function shownPicture(values: NdArray, { black, white }: Range): Picture {
  const factor = reduction(values);
  const { shape, data } = factor === 1 ? values : reduced(values, factor);
  return toPicture(new NdArray(shape, Float32Array.from(data, (value) => (value - black) / (white - black))));
}

function extremes({ data }: NdArray): { readonly least: number; readonly most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return { least, most };
}

/** What shows an image best: brightness as it is; other numbers from 0, or, if some are negative, with 0 as mid-grey. */
export function rangeOf(values: NdArray, kind: 'picture' | 'numbers'): Range {
  if (kind === 'picture') return { black: 0, white: 1 };
  const { least, most } = extremes(values);
  if (least >= 0) return { black: 0, white: most > 0 ? most : 1 };
  const strong = strongResponse(values.data, Math.max(-least, most));
  return { black: -strong, white: strong };
}

/** What shows how far one image is from another: 0 is mid-grey. */
export function rangeOfDifference(difference: NdArray): Range {
  const { least, most } = extremes(difference);
  const strong = strongResponse(difference.data, Math.max(-least, most));
  return { black: -strong, white: strong };
}

/** Element by element: a - b. Both have one shape. */
export function difference(a: NdArray, b: NdArray): NdArray {
  return new NdArray(a.shape, Float32Array.from(a.data, (value, index) => value - (b.data[index] ?? 0)));
}
