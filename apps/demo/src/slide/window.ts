import type { Layers } from './layers.ts';
import type { Element, SlideState } from './state.ts';

/** A product of the sum: a tap, and the element under it. What lies in the padding is 0. */
export type Term = { readonly row: number; readonly column: number; readonly isInside: boolean; readonly value: number; readonly tap: number };

/** The shaded element, its value, and the window that it is computed from, in the map before. */
export type Shaded = {
  readonly element: Element;
  readonly value: number;
  readonly terms: readonly Term[];
  /** The first row and column of the window; below 0 in the padding. */
  readonly top: number;
  readonly left: number;
  /** How many rows and columns the window reaches over, gaps included. */
  readonly height: number;
  readonly width: number;
};

/** The element nearest to the one that the state names; undefined where no layer fits. */
export function shadedOf(state: SlideState, { maps }: Layers): Shaded | undefined {
  const layer = Math.min(state.shaded.layer, maps.length - 1);
  const [before, map] = [maps[layer - 1], maps[layer]];
  if (layer < 1 || before === undefined || map === undefined) return undefined;
  const row = Math.min(state.shaded.row, map.rows - 1);
  const column = Math.min(state.shaded.column, map.columns - 1);
  const kernel = state.flip ? flipped(state.kernel) : state.kernel;
  const { stride, padding, dilation } = state;
  const [top, left] = [row * stride - padding, column * stride - padding];
  const terms = kernel.flatMap((taps, down) =>
    taps.map((tap, right) => {
      const place = { row: top + down * dilation, column: left + right * dilation };
      const value = before.values[place.row]?.[place.column];
      return { ...place, isInside: value !== undefined, value: value ?? 0, tap };
    }),
  );
  return {
    element: { layer, row, column },
    value: map.values[row]?.[column] ?? 0,
    terms,
    top,
    left,
    height: (kernel.length - 1) * dilation + 1,
    width: ((kernel[0]?.length ?? 1) - 1) * dilation + 1,
  };
}

/** The kernel flipped along both axes. */
export function flipped(kernel: SlideState['kernel']): SlideState['kernel'] {
  return kernel.toReversed().map((row) => row.toReversed());
}

/** The place of an element in its map, row by row. */
export function stepOf({ row, column }: Pick<Element, 'row' | 'column'>, { columns }: { readonly columns: number }): number {
  return row * columns + column;
}

/** The element at such a place. */
export function elementAt(step: number, { columns }: { readonly columns: number }): Pick<Element, 'row' | 'column'> {
  return { row: Math.floor(step / columns), column: step % columns };
}
