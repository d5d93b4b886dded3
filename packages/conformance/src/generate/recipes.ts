import type { PrimitiveName } from '@xcorr/graph';
import type { SetName } from '../case.ts';
import type { Recipe } from './bench.ts';
import { elementwiseRecipes } from './elementwise-recipes.ts';
import { movementRecipes } from './movement-recipes.ts';
import { reductionRecipes } from './reduction-recipes.ts';

/** Every primitive has a recipe: one that lacks it does not compile. Inputs and states are made before all others. */
const recipes: Readonly<Record<Exclude<PrimitiveName, 'input' | 'state'>, Recipe>> = {
  ...elementwiseRecipes,
  ...movementRecipes,
  ...reductionRecipes,
  constant: (bench) => bench.anyConstant(),
};

const both: readonly SetName[] = ['exact', 'real'];
const real: readonly SetName[] = ['real'];

/** The sets that every primitive belongs to. What rounds, or may be rounded in several ways, is no part of the exact one. */
const setsOf: Readonly<Record<PrimitiveName, readonly SetName[]>> = {
  input: both, state: both, constant: both, size: both,
  neg: both, abs: both, sign: both, floor: both,
  sqrt: real, exp: real, log: real, sin: real, cos: real, tanh: real, pow: real, atan2: real,
  add: both, sub: both, mul: both, min: both, max: both, less: both, lessEqual: both, equal: both, select: both,
  // By powers of two.
  div: both,
  cast: both, stopGradient: both,
  broadcast: both, reshape: both, transpose: both, flip: both, slice: both, pad: both, concat: both, take: both, scatter: both,
  windows: both, overlapAdd: both, extend: both, foldBack: both,
  reduceMax: both, sum: both, correlate: both,
};

function isPrimitive(name: string): name is PrimitiveName {
  return Object.hasOwn(setsOf, name);
}

/** The primitives of one set. */
export function primitivesOf(set: SetName): readonly PrimitiveName[] {
  return Object.keys(setsOf).filter(isPrimitive).filter((name) => setsOf[name].includes(set));
}

/** A recipe, and what it makes. */
export interface NamedRecipe {
  readonly name: string;
  readonly recipe: Recipe;
}

/** The recipes of one set's primitives. */
export function primitiveRecipes(set: SetName): readonly NamedRecipe[] {
  return primitivesOf(set).flatMap((name) => (name === 'input' || name === 'state' ? [] : [{ name, recipe: recipes[name] }]));
}
