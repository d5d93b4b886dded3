import { elementCount, evaluateInteger, FeedError, input, ShapeError, state, topologicalOrder, type DType, type Dimension, type NodeOf, type Tensor } from '@xcorr/graph';
import { interpretationOf, type FeedValues, type Interpretation, type SetName } from '../case.ts';
import type { Random } from '../random.ts';
import { createBench, type Bench, type Recipe } from './bench.ts';
import { drawShape, firstSize, type Palette } from './palette.ts';
import { isAcceptable } from './quality.ts';
import { drawFeed, drawValues } from './values.ts';

/** A graph that grows: tensors that were made and found fit, with what they are in the first run. */
export interface Workshop {
  readonly inputs: readonly NodeOf<'input'>[];
  readonly states: readonly NodeOf<'state'>[];
  readonly feeds: FeedValues;
  /** What tensors are in the first run. */
  readonly valuesOf: Interpretation;
  /** All tensors that may be used or become outputs, in the order in which they were made. */
  readonly pool: readonly Tensor[];
  readonly bench: (dtype: DType) => Bench;
  /** Carries out a recipe and keeps what it makes, where that is small enough and can be judged. */
  readonly make: (recipe: Recipe) => readonly Tensor[];
  /** Keeps a tensor, if it is fit to be kept. */
  readonly accept: (tensor: Tensor) => boolean;
}

const isInput = (tensor: Tensor): tensor is NodeOf<'input'> => tensor.primitive === 'input';
const isState = (tensor: Tensor): tensor is NodeOf<'state'> => tensor.primitive === 'state';

/** A graph has at most this many nodes, and no reduction sums more terms than this, all its results together. */
const mostNodes = 60;
const mostTerms = 20_000;

/** What a run feeds to some inputs. */
export function drawFeeds(random: Random, set: SetName, inputs: readonly NodeOf<'input'>[], sizes: ReadonlyMap<string, number>): FeedValues {
  return Object.fromEntries(inputs.map(({ attributes: { name, storage }, shape, dtype }) => [name, drawFeed(random, set, dtype, storage, shape.map((size) => evaluateInteger(size, sizes)))]));
}

function drawSources(random: Random, set: SetName, palette: Palette): readonly Tensor[] {
  const [only = 'float32', ...more] = palette.dtypes;
  // The draws are the same for a backend of one dtype, so that its graphs have the shapes that others have.
  const held = (dtype: DType): DType => (more.length > 0 ? dtype : only);
  const main: DType = random.chance(0.85) ? 'float32' : 'float64';
  const dtypeOf = (): DType => held(random.chance(0.93) ? main : main === 'float32' ? 'float64' : 'float32');
  const names = palette.dimensions.filter((each) => typeof each === 'string');
  // The first inputs bind the named sizes.
  const shapeAt = (position: number): readonly Dimension[] => (position === 0 && names.length > 0 ? [...new Set(names), ...(random.chance(0.5) ? [2] : [])] : drawShape(random, palette, false));
  const inputs = Array.from({ length: random.integer(1, 4) }, (_, position) => {
    const dtype = dtypeOf();
    return input(`x${position}`, shapeAt(position), { dtype, storage: random.chance(0.06) ? 'uint8' : dtype });
  });
  const states = Array.from({ length: random.pick([0, 0, 1, 1, 2]) }, (_, position) => {
    const dtype = dtypeOf();
    return state(`k${position}`, drawValues(random, set, dtype, drawShape(random, palette, true).map((each) => firstSize(each, palette))), { dtype });
  });
  return [...inputs, ...states];
}

/** The number of terms that a node sums, over all its results. */
function termsOf(node: Tensor, sizes: ReadonlyMap<string, number>): number {
  const count = evaluateInteger(elementCount(node.shape), sizes);
  return node.primitive === 'correlate' ? count * evaluateInteger(elementCount(node.inputs[1].shape.slice(1)), sizes) : count;
}

export function createWorkshop(random: Random, set: SetName, palette: Palette): Workshop {
  const sources = drawSources(random, set, palette);
  const [sizes] = palette.bindings;
  const inputs = sources.filter(isInput);
  const feeds = drawFeeds(random, set, inputs, sizes);
  const states = sources.filter(isState);
  const valuesOf = interpretationOf({ inputs, states }, feeds);
  const pool: Tensor[] = [...sources];
  const known = new Set<Tensor>(sources);

  const isFit = (tensor: Tensor): boolean => {
    const nodes = topologicalOrder([tensor]);
    const fresh = nodes.filter((node) => !known.has(node));
    if (nodes.length > mostNodes || tensor.shape.length > 6) return false;
    if (fresh.some((node) => evaluateInteger(elementCount(node.shape), sizes) > 4 * palette.most || termsOf(node, sizes) > mostTerms)) return false;
    return isAcceptable(valuesOf(tensor), set);
  };
  const accept = (tensor: Tensor): boolean => {
    if (known.has(tensor)) return pool.includes(tensor);
    if (!isFit(tensor)) return false;
    for (const node of topologicalOrder([tensor])) known.add(node);
    pool.push(tensor);
    return true;
  };
  const bench = (dtype: DType): Bench => createBench({ random, set, palette, pool, dtype });
  return {
    inputs,
    states,
    pool,
    feeds,
    valuesOf,
    bench,
    accept,
    make: (recipe) => {
      try {
        const made = recipe(bench(random.pick(pool.slice(-6)).dtype));
        return made === undefined ? [] : ('primitive' in made ? [made] : made).filter(accept);
      } catch (error) {
        // A recipe draws without proving that shapes fit: what does not is not made.
        if (error instanceof ShapeError || error instanceof FeedError) return [];
        throw error;
      }
    },
  };
}
