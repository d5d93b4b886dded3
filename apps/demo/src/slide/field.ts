import { elementsOf, receptiveField } from '@xcorr/graph/analyses';
import type { Layers } from './layers.ts';
import type { Element } from './state.ts';

/** What one element sees of a map before it. */
export type Field = {
  /** The map: 0 is the input. */
  readonly map: number;
  /** The elements there that it is computed from, each as `row,column`. */
  readonly elements: ReadonlySet<string>;
  /** First rows and columns, and how many it reaches over, as if the map went on behind its ends: padding included. */
  readonly start: readonly number[];
  readonly window: readonly number[];
};

/** The receptive field of an element on the input and on each feature map before its own. */
export function fieldsOf({ layer, row, column }: Element, { maps }: Layers): readonly Field[] {
  const output = maps[layer];
  if (output === undefined) return [];
  return maps.slice(0, layer).map(({ tensor }, map) => {
    const { clipped, unclipped } = receptiveField(output.tensor, tensor, { at: [row, column] });
    return { map, elements: new Set(elementsOf(clipped).map((position) => position.join(','))), start: unclipped.start, window: unclipped.window };
  });
}
