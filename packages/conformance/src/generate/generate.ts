import { add, equalShapes, grad, mul, ShapeError, square, sub, sum, topologicalOrder, type DType, type NodeOf, type Tensor } from '@xcorr/graph';
import { interpretationOf, nodesOf, rootsOf, type Case, type FeedValues, type Interpretation, type SetName } from '../case.ts';
import { createRandom, type Random } from '../random.ts';
import { dtypes as bothDTypes } from '../suite/check.ts';
import { compositionsOf } from './compositions.ts';
import { gradient } from './gradients.ts';
import { lawRecipes, lawTexts, type LawText } from './law-recipes.ts';
import { drawPalette, type Palette } from './palette.ts';
import { judgedPart } from './quality.ts';
import { primitiveRecipes, type NamedRecipe } from './recipes.ts';
import { createWorkshop, drawFeeds, type Workshop } from './workshop.ts';

/** A case, and how it came about. */
export interface GeneratedCase {
  readonly test: Case;
  /** What the interpreter already knows of its runs, over the first values of the states. */
  readonly interpreted: ReadonlyMap<FeedValues, Interpretation>;
  /** The laws of graph passes that were put into it. */
  readonly laws: readonly LawText[];
  /** The operations that were put into it by name, compositions of primitives among them. */
  readonly recipes: readonly string[];
  /** How many graphs were drawn before this one and could not be judged. */
  readonly redrawn: number;
}

/** What was made, by what made it. */
type Origins = Map<Tensor, string>;

function grow(workshop: Workshop, random: Random, set: SetName, laws: Map<Tensor, LawText>, origins: Origins): void {
  const primitives = primitiveRecipes(set);
  const composed = compositionsOf(set);
  const step = ({ name, recipe }: NamedRecipe): void => {
    for (const tensor of workshop.make(recipe)) origins.set(tensor, name);
  };
  const byLaw = (): void => {
    const text = random.pick(lawTexts);
    const [made] = workshop.make((bench) => {
      const x = bench.find();
      const result = x === undefined ? undefined : lawRecipes[text](x, bench);
      return result === x ? undefined : result;
    });
    if (made !== undefined) laws.set(made, text);
  };
  for (let steps = random.integer(4, 22); steps > 0; steps--) {
    const draw = random.integer(0, 99);
    if (draw < 50) step(random.pick(primitives));
    else if (draw < 82) step(random.pick(composed));
    else if (draw < 90) step({ name: 'gradient', recipe: gradient });
    else byLaw();
  }
}

/** What a state becomes: a step down its gradient, or any tensor of its shape. */
function nextOf(state: NodeOf<'state'>, workshop: Workshop, random: Random): Tensor | undefined {
  const bench = workshop.bench(state.dtype);
  const dependent = bench.find((each) => each !== state && each.inputs.length > 0 && topologicalOrder([each]).includes(state));
  if (dependent !== undefined && random.chance(0.6)) {
    const [slope] = grad(sum(random.chance(0.5) ? square(dependent) : dependent), [state]);
    const next = sub(state, mul(0.25, slope));
    if (workshop.accept(next)) return next;
  }
  const sameShape = bench.find((each) => each !== state && equalShapes(each.shape, state.shape));
  if (sameShape !== undefined && random.chance(0.7)) return sameShape;
  const total = sum(bench.find() ?? state);
  return workshop.accept(add(state, total)) ? add(state, total) : undefined;
}

/** Tensors that nothing else in the pool was made of, the latest first. */
function ends(pool: readonly Tensor[]): readonly Tensor[] {
  const used = new Set(pool.flatMap((each) => topologicalOrder([each]).slice(0, -1)));
  return pool.filter((each) => !used.has(each)).reverse();
}

function chooseOutputs({ pool }: Workshop, random: Random): Case['outputs'] {
  const outer = ends(pool).filter((each) => each.inputs.length > 0);
  const chosen = outer.slice(0, random.integer(1, 5));
  const reached = new Set(topologicalOrder(chosen));
  const inner = pool.filter((each) => reached.has(each));
  if (inner.length > 0 && random.chance(0.4)) chosen.push(random.pick(inner));
  const [first] = chosen;
  if (first !== undefined && random.chance(0.15)) chosen.push(first);
  return chosen.map((tensor, position) => ({ name: `y${position}`, tensor, storage: random.chance(0.05) ? 'uint8' : tensor.dtype }));
}

function chooseUpdates(workshop: Workshop, random: Random): Case['updates'] {
  return workshop.states.flatMap((state) => {
    const next = random.chance(0.8) ? nextOf(state, workshop, random) : undefined;
    return next === undefined ? [] : [{ state, next }];
  });
}

/** True when the values of another run can be judged too: most of each root's, with shapes that exist for its sizes. */
function isJudgedAgain(test: Case, valuesOf: Interpretation, set: SetName): boolean {
  try {
    return rootsOf(test).every((root) => {
      const { bounds } = valuesOf(root);
      return set === 'exact' ? bounds.every((bound) => bound === 0) : judgedPart(bounds) >= 0.9;
    });
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

/** The feeds of further runs: other sizes, other values, or the same again, to be met to the bit. */
function furtherFeeds(random: Random, set: SetName, inputs: readonly NodeOf<'input'>[], feeds: FeedValues, palette: Palette, isStateful: boolean): readonly FeedValues[] {
  const [, second] = palette.bindings;
  if (second.size > 0) return [drawFeeds(random, set, inputs, second), feeds];
  return isStateful || random.chance(0.3) ? [drawFeeds(random, set, inputs, second)] : [feeds];
}

function draw(random: Random, set: SetName, dtypes: readonly DType[]): Omit<GeneratedCase, 'redrawn'> | undefined {
  const palette = drawPalette(random, set, dtypes);
  const workshop = createWorkshop(random, set, palette);
  const laws = new Map<Tensor, LawText>();
  const origins: Origins = new Map();
  grow(workshop, random, set, laws, origins);
  const updates = chooseUpdates(workshop, random);
  const outputs = chooseOutputs(workshop, random);
  const { inputs, states, feeds, valuesOf } = workshop;
  const further = furtherFeeds(random, set, inputs, feeds, palette, updates.length > 0);
  const specialise = palette.bindings[0].size > 0 && random.chance(0.3);
  const test: Case = { inputs, states, outputs, updates, runs: [feeds, ...further], specialise };
  const nodes = nodesOf(test);
  if (nodes.length < 5 || nodes.length > 60) return undefined;
  const interpreted = new Map(test.runs.map((run) => [run, run === feeds ? valuesOf : interpretationOf(test, run)]));
  for (const [run, valuesAgain] of interpreted) if (run !== feeds && !isJudgedAgain(test, valuesAgain, set)) return undefined;
  const reached = new Set(nodes);
  const among = <Name>(table: ReadonlyMap<Tensor, Name>): readonly Name[] => [...new Set([...table].flatMap(([tensor, name]) => (reached.has(tensor) ? [name] : [])))];
  return { test, interpreted, laws: among(laws), recipes: among(origins) };
}

/** The case of a seed and a number, in these dtypes: always the same. */
export function generateCase(seed: number, number: number, set: SetName, dtypes: readonly DType[] = bothDTypes): GeneratedCase {
  for (let attempt = 0; ; attempt++) {
    const drawn = draw(createRandom(seed, number, attempt), set, dtypes);
    if (drawn !== undefined) return { ...drawn, redrawn: attempt };
  }
}
