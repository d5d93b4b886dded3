import { constant, evaluateInteger, literalShape, type DType, type Shape, type Size, type Tensor } from '@xcorr/graph';
import type { SetName } from '../case.ts';
import type { Random } from '../random.ts';
import { drawShape, type Palette } from './palette.ts';
import { drawValues } from './values.ts';

/** What a recipe works with: tensors that are there already, and draws. */
export interface Bench {
  readonly random: Random;
  readonly set: SetName;
  /** The dtype of the operands of this recipe. */
  readonly dtype: DType;
  /** All that a tensor of the graph may have. */
  readonly dtypes: readonly DType[];
  /** A tensor that is there already and fits, the later ones preferred; undefined when none does. */
  readonly find: (fits?: (tensor: Tensor) => boolean) => Tensor | undefined;
  /** A constant of the set's values. */
  readonly constant: (shape: readonly number[]) => Tensor;
  /** A constant of a drawn shape. */
  readonly anyConstant: () => Tensor;
  /** A tensor that broadcasts with this one, or a constant or number that does. */
  readonly partner: (tensor: Tensor) => Tensor;
  /** What a size is in the first run. */
  readonly sizeOf: (size: Size | undefined) => number;
}

/** Makes one or more tensors from those on the bench; undefined where nothing there is fit for it. */
export type Recipe = (bench: Bench) => Tensor | readonly Tensor[] | undefined;

/** A recipe that needs one tensor, any or one that fits. */
export function over(make: (x: Tensor, bench: Bench) => Tensor | readonly Tensor[] | undefined, fits?: (tensor: Tensor) => boolean): Recipe {
  return (bench) => {
    const x = bench.find(fits);
    return x === undefined ? undefined : make(x, bench);
  };
}

/** True when two shapes broadcast without any doubt: aligned at the last axis, equal or 1. */
function broadcasts(a: Shape, b: Shape): boolean {
  const rank = Math.min(a.length, b.length);
  return Array.from({ length: rank }, (_, back) => [a.at(-1 - back), b.at(-1 - back)]).every(([x, y]) => x === y || x === 1 || y === 1);
}

/** A shape that broadcasts to this one: some axes repeat, leading ones may be missing, those of named size do. */
function partOf(random: Random, shape: Shape): readonly number[] {
  const kept = shape.slice(random.chance(0.3) ? random.integer(0, shape.length) : 0);
  return kept.map((size) => (typeof size === 'number' && random.chance(0.7) ? size : 1));
}

interface BenchParts {
  readonly random: Random;
  readonly set: SetName;
  readonly palette: Palette;
  readonly pool: readonly Tensor[];
  readonly dtype: DType;
}

export function createBench({ random, set, palette, pool, dtype }: BenchParts): Bench {
  const find: Bench['find'] = (fits = () => true) => {
    const fitting = pool.filter((tensor) => tensor.dtype === dtype && fits(tensor));
    // Of two draws the later tensor: graphs grow deep rather than wide.
    const place = Math.max(random.integer(0, fitting.length - 1), random.integer(0, fitting.length - 1));
    return fitting[place];
  };
  const drawn = (shape: readonly number[]): Tensor => constant(drawValues(random, set, dtype, shape), { dtype });
  return {
    random,
    set,
    dtype,
    dtypes: palette.dtypes,
    find,
    constant: drawn,
    anyConstant: () => drawn(literalShape(drawShape(random, palette, true).filter((each) => typeof each === 'number')) ?? []),
    partner: (tensor) => {
      const other = random.chance(0.5) ? find((each) => broadcasts(each.shape, tensor.shape)) : undefined;
      return other ?? drawn(random.chance(0.3) ? [] : partOf(random, tensor.shape));
    },
    sizeOf: (size = 1) => evaluateInteger(size, palette.bindings[0]),
  };
}
