import type { Dimension, DType } from '@xcorr/graph';
import type { SetName } from '../case.ts';
import type { Random } from '../random.ts';

/** What the tensors of one graph are made of: sizes of shapes, so that they often fit one another, and dtypes. */
export interface Palette {
  readonly dimensions: readonly Dimension[];
  readonly dtypes: readonly DType[];
  /** What each named size is in each of two runs. */
  readonly bindings: readonly [ReadonlyMap<string, number>, ReadonlyMap<string, number>];
  /** No tensor of the graph has more elements. */
  readonly most: number;
}

const smallSizes = [2, 2, 3, 3, 4, 4, 5, 6, 7, 8];

/** Named sizes of the exact set are powers of two, by which a mean divides without rounding. */
const namedSizes: Readonly<Record<SetName, readonly (readonly [number, number])[]>> = {
  exact: [[4, 8], [8, 4], [4, 16]],
  real: [[5, 7], [4, 9], [6, 5], [8, 11]],
};

export function drawPalette(random: Random, set: SetName, dtypes: readonly DType[]): Palette {
  const isLarge = random.chance(0.1);
  const literal = Array.from({ length: 4 }, () => (isLarge ? random.integer(5, 14) : random.pick(smallSizes)));
  const names = random.chance(0.3) ? random.pick([['H'], ['H', 'W'], ['N', 'W']]) : [];
  const sizes = names.map((name) => ({ name, pair: random.pick(namedSizes[set]) }));
  return {
    dimensions: [...literal, ...names, ...names],
    dtypes,
    bindings: [new Map(sizes.map(({ name, pair }) => [name, pair[0]])), new Map(sizes.map(({ name, pair }) => [name, pair[1]]))],
    most: isLarge ? 600 : 96,
  };
}

/** The number that a dimension is in the first run. */
export function firstSize(dimension: Dimension, { bindings: [first] }: Palette): number {
  if (typeof dimension === 'number') return dimension;
  return typeof dimension === 'string' ? (first.get(dimension) ?? 1) : 1;
}

/** A shape of ranks 0 to 5 with unit axes here and there; literal sizes alone where a state or constant needs them. */
export function drawShape(random: Random, palette: Palette, literal: boolean): readonly Dimension[] {
  const rank = random.pick([0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5]);
  const dimensions = palette.dimensions.filter((each) => !literal || typeof each === 'number');
  const shape: Dimension[] = [];
  let count = 1;
  for (let axis = 0; axis < rank; axis++) {
    const drawn = random.chance(0.2) ? 1 : random.pick(dimensions);
    const fits = count * firstSize(drawn, palette) <= palette.most;
    shape.push(fits ? drawn : 1);
    if (fits) count *= firstSize(drawn, palette);
  }
  return random.shuffled(shape);
}
