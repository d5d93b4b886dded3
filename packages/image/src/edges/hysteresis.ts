import { printShape, ShapeError, type NdArray } from '@xcorr/graph';
import type { Picture } from '../picture.ts';
import { checkThresholds, label, classOf, type Thresholds } from './thresholds.ts';

/** The edges of a picture: 255 where there is one, 0 elsewhere, in one channel. */
export type EdgeMap = Picture & { readonly channels: 1 };

/**
 * Hysteresis: an element is an edge where it exceeds `low` and is connected, through neighbours that exceed `low`, with
 * one that exceeds `high`. Neighbours are the eight around an element. Components are traced exactly, whatever their
 * shape, in a time that grows as the number of elements.
 *
 * What comes from a compiled `nonMaximumSuppression` becomes edges by it; the values need not be gradients. Not a
 * number exceeds nothing.
 *
 * @param values  [H, W]
 * @throws ShapeError when the values have not two axes; ValueError when a threshold is no number of at least 0, or low exceeds high.
 * @see Canny, "A Computational Approach to Edge Detection", 1986, section VII
 * @example
 * const values = ndarray([[3, 0, 0, 3], [0, 5, 0, 3], [0, 0, 0, 3]]);
 * [...hysteresis(values, { low: 2, high: 4 }).data]; // => [255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0]
 */
export function hysteresis(values: NdArray, { low, high }: Thresholds): EdgeMap {
  const [height, width, ...rest] = values.shape;
  if (height === undefined || width === undefined || rest.length > 0) throw new ShapeError(`hysteresis: values [H, W] are expected, not ${printShape(values.shape)}`);
  checkThresholds({ low, high }, 'hysteresis');
  const labels = new Uint8Array(values.data.length);
  for (let at = 0; at < labels.length; at++) labels[at] = classOf(values.data[at] ?? 0, low, high);
  return traceEdges(labels, width);
}

/**
 * The elements that are labelled and connected with a sure one. Each is pushed at most once, and its neighbours are
 * looked at once: no component is visited twice, and no recursion goes as deep as an edge is long.
 *
 * @param labels  [H, W], row by row
 */
export function traceEdges(labels: Uint8Array, width: number): EdgeMap {
  const height = labels.length / width;
  const edges = new Uint8Array(labels.length);
  const pending: number[] = [];
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== label.sure || edges[start] !== 0) continue;
    edges[start] = 255;
    pending.push(start);
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const row = Math.floor(at / width);
      const column = at - row * width;
      const left = Math.max(0, column - 1);
      const right = Math.min(width - 1, column + 1);
      const lowest = Math.min(height - 1, row + 1);
      for (let i = Math.max(0, row - 1); i <= lowest; i++)
        for (let next = i * width + left; next <= i * width + right; next++) {
          if (edges[next] !== 0 || labels[next] === label.none) continue;
          edges[next] = 255;
          pending.push(next);
        }
    }
  }
  return { width, height, channels: 1, data: edges };
}
