import { elementCount, evaluateInteger, type DType, type PrimitiveName, type Tensor } from '@xcorr/graph';
import { nodesOf, type Case, type SetName } from './case.ts';
import { lawTexts, type LawText } from './generate/law-recipes.ts';
import { primitivesOf } from './generate/recipes.ts';

type Test = (test: Case, nodes: readonly Tensor[]) => boolean;

const someNode = (fits: (node: Tensor) => boolean): Test => (_, nodes) => nodes.some(fits);
const hasNamedSize = (node: Tensor): boolean => node.shape.some((size) => typeof size !== 'number');
const isNegative = (size: unknown): boolean => typeof size === 'number' && size < 0;
const correlates = (fits: (node: Extract<Tensor, { readonly primitive: 'correlate' }>) => boolean): Test => someNode((node) => node.primitive === 'correlate' && fits(node));
const spatialAxes = (count: number): Test => correlates((node) => node.shape.length === count + 2);

/** What graphs have beside their primitives. */
export const featureNames = [
  'no axis',
  'five axes',
  'unit axes',
  'inputs of one element',
  'named sizes, bound twice',
  'a program for each size',
  'float64',
  'two dtypes',
  'uint8 outputs',
  'uint8 inputs',
  'negative pads',
  'interior pads',
  'steps of slices',
  'correlation without spatial axes',
  'correlation along one axis',
  'correlation along two axes',
  'correlation along three axes',
  'strides',
  'dilations',
  'input dilations',
  'groups',
  'negative padding',
  'weights known at compile time',
  'updated states',
  'two updated states',
  'outputs that are used inside',
  'one tensor as two outputs',
  'a source as an output',
  'many elements',
] as const;
export type Feature = (typeof featureNames)[number];

/** Each feature as a fact that can be seen in a case. */
const featureTests: Readonly<Record<Feature, Test>> = {
  'no axis': someNode((node) => node.shape.length === 0),
  'five axes': someNode((node) => node.shape.length >= 5),
  'unit axes': someNode((node) => node.shape.includes(1)),
  'inputs of one element': (test) => test.inputs.some((each) => elementCount(each.shape) === 1),
  'named sizes, bound twice': (test, nodes) => nodes.some(hasNamedSize) && test.runs.length > 1,
  'a program for each size': (test, nodes) => test.specialise && nodes.some(hasNamedSize),
  float64: someNode((node) => node.dtype === 'float64'),
  'two dtypes': (_, nodes) => new Set(nodes.map((node) => node.dtype)).size === 2,
  'uint8 outputs': (test) => test.outputs.some((each) => each.storage === 'uint8'),
  'uint8 inputs': (test) => test.inputs.some((each) => each.attributes.storage === 'uint8'),
  'negative pads': someNode((node) => node.primitive === 'pad' && [...node.attributes.low, ...node.attributes.high].some(isNegative)),
  'interior pads': someNode((node) => node.primitive === 'pad' && node.attributes.interior.some((each) => each > 0)),
  'steps of slices': someNode((node) => node.primitive === 'slice' && node.attributes.step.some((each) => each > 1)),
  'correlation without spatial axes': spatialAxes(0),
  'correlation along one axis': spatialAxes(1),
  'correlation along two axes': spatialAxes(2),
  'correlation along three axes': spatialAxes(3),
  strides: correlates((node) => node.attributes.strides.some((each) => each > 1)),
  dilations: correlates((node) => node.attributes.dilations.some((each) => each > 1)),
  'input dilations': correlates((node) => node.attributes.inputDilations.some((each) => each > 1)),
  groups: correlates((node) => node.attributes.groups > 1),
  'negative padding': correlates((node) => node.attributes.padding.flat().some(isNegative)),
  'weights known at compile time': correlates((node) => node.inputs[1].primitive === 'constant'),
  'updated states': (test) => test.updates.length > 0,
  'two updated states': (test) => test.updates.length > 1,
  'outputs that are used inside': (test, nodes) => test.outputs.some(({ tensor }) => nodes.some((node) => node.inputs.some((operand) => operand === tensor))),
  'one tensor as two outputs': (test) => new Set(test.outputs.map((each) => each.tensor)).size < test.outputs.length,
  'a source as an output': (test) => test.outputs.some((each) => each.tensor.inputs.length === 0),
  'many elements': (test, nodes) => nodes.some((node) => node.inputs.length > 0 && evaluateInteger(elementCount(node.shape), sizesIn(test)) > 200),
};

/** The named sizes of the first run, read off its feeds. */
function sizesIn({ inputs, runs: [feeds = {}] }: Case): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { attributes: { name }, shape } of inputs)
    shape.forEach((size, axis) => {
      if (typeof size === 'number') return;
      const [only, another] = size.terms;
      const [factor] = only?.factors ?? [];
      if (another === undefined && only?.coefficient === 1 && only.factors.length === 1 && factor?.kind === 'variable') sizes.set(factor.name, feeds[name]?.shape[axis] ?? 1);
    });
  return sizes;
}

/** In how many graphs each thing occurred. */
export interface Coverage {
  readonly primitives: ReadonlyMap<PrimitiveName, number>;
  readonly laws: ReadonlyMap<LawText, number>;
  readonly features: ReadonlyMap<Feature, number>;
  /** Compositions and primitives by the recipes that made them. */
  readonly recipes: ReadonlyMap<string, number>;
}

/** Counts as cases come by. */
export interface Counter {
  readonly add: (test: Case, laws: readonly LawText[], recipes: readonly string[]) => void;
  readonly coverage: Coverage;
}

/** What graphs of these dtypes cannot have. */
function impossible(dtypes: readonly DType[]): readonly (PrimitiveName | Feature)[] {
  const without64: readonly Feature[] = dtypes.includes('float64') ? [] : ['float64'];
  return dtypes.length > 1 ? without64 : ['cast', 'two dtypes', ...without64];
}

export function createCounter(set: SetName, dtypes: readonly DType[]): Counter {
  const without = new Set<string>(impossible(dtypes));
  const primitives = new Map(primitivesOf(set).flatMap((name) => (without.has(name) ? [] : [[name, 0]])));
  const laws = new Map(lawTexts.map((text) => [text, 0]));
  const features = new Map(featureNames.flatMap((name) => (without.has(name) ? [] : [[name, 0]])));
  const recipes = new Map<string, number>();
  const count = <Name>(table: Map<Name, number>, name: Name): unknown => table.set(name, (table.get(name) ?? 0) + 1);
  return {
    coverage: { primitives, laws, features, recipes },
    add: (test, reached, made) => {
      const nodes = nodesOf(test);
      for (const name of new Set(nodes.map((node) => node.primitive))) count(primitives, name);
      for (const text of reached) count(laws, text);
      for (const name of made) count(recipes, name);
      for (const name of features.keys()) if (featureTests[name](test, nodes)) count(features, name);
    },
  };
}

/** A table of four parts, three entries a line, the rarest first. */
export function printCoverage({ primitives, laws, features, recipes }: Coverage): string {
  const part = (title: string, table: ReadonlyMap<string, number>): string => {
    const entries = [...table].sort((a, b) => a[1] - b[1]).map(([name, count]) => `${String(count).padStart(5)}  ${name.padEnd(42)}`);
    const lines = Array.from({ length: Math.ceil(entries.length / 3) }, (_, line) => entries.slice(3 * line, 3 * line + 3).join('').trimEnd());
    return [`${title} (graphs)`, ...lines].join('\n');
  };
  return [part('primitives', primitives), part('laws of graph passes', laws), part('features', features), part('recipes', recipes)].join('\n');
}
