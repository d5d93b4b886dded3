import { interpret, type Feeds, type Tensor } from '@xcorr/graph';

/** How far the values of graphs are from those of others, as parts of the largest of each result. */
export function farthest(before: readonly Tensor[], after: readonly Tensor[], feeds?: Feeds): number {
  const others = interpret(after, feeds);
  return Math.max(
    ...interpret(before, feeds).map(({ data, shape }, position) => {
      const other = others[position];
      if (other === undefined || other.shape.join() !== shape.join()) return Infinity;
      const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      return data.reduce((most, value, at) => Math.max(most, Math.abs(value - (other.data[at] ?? Number.NaN)) / largest), 0);
    }),
  );
}
