import type { SetName } from '../case.ts';

/** Values and bounds of one tensor, as the interpreter gives them. */
interface Judgeable {
  readonly values: { readonly data: Float64Array };
  readonly bounds: Float64Array;
}

/** Values beyond this, or bounds that leave fewer than about ten bits, tell nothing about a backend. */
const largestValue = 1e5;
const loosestBound = 2 ** -10;

/** The part of the elements that is judged. */
export function judgedPart(bounds: Iterable<number>): number {
  let [judged, count] = [0, 0];
  for (const bound of bounds) {
    count++;
    if (bound < Infinity) judged++;
  }
  return judged / count;
}

/**
 * True for a tensor that may stand in a graph of a set. Of the exact set: every element has no error at all.
 * Of the real one: most elements are judged, and by bounds that mean something.
 */
export function isAcceptable({ values, bounds }: Judgeable, set: SetName): boolean {
  if (set === 'exact') return bounds.every((bound, position) => bound === 0 && Number.isFinite(values.data[position]));
  const isTight = (bound: number, position: number): boolean => {
    const value = Math.abs(values.data[position] ?? 0);
    return bound < Infinity && (!Number.isFinite(value) || (value <= largestValue && bound <= loosestBound * Math.max(1, value)));
  };
  return judgedPart(bounds) >= 0.95 && bounds.every((bound, position) => bound === Infinity || isTight(bound, position));
}
