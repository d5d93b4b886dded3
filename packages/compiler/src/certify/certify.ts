import { checkSizes, evaluateInteger, printShape, topologicalOrder, variablesOf, XcorrError, type NodeOf, type Tensor } from '@xcorr/graph';
import type { Backend, Machine } from '../backend.ts';
import { checkSpec, type ProgramSpec } from '../graph.ts';
import type { Graph } from '../lower/lower.ts';
import { lowerProgram, passes, runPass } from '../lower-program.ts';
import type { Pass } from '../passes/rewrite.ts';
import { constantsOf, type Program } from '../program.ts';
import { applySchedule } from '../schedule/apply.ts';
import { degreeOfGraph, degreeOfProgram } from './degrees.ts';
import { evaluateGraph, type Elements, type Evaluation } from './evaluate-graph.ts';
import { evaluateProgram } from './evaluate-program.ts';
import { createField, prime, type FieldElement } from './field.ts';
import type { Scalars } from './scalars.ts';

/** A stage of compilation computes something else than the graph as it was written. */
export class CertificateError extends XcorrError {
  override readonly name = 'CertificateError';
}

/** What was compared. */
export interface Certificate {
  /** The stages that were found equal to the graph as written, in order. */
  readonly stages: readonly string[];
  /** Elements of results that were compared, at each stage and point. */
  readonly elements: number;
  /** Random points at which they were. */
  readonly points: number;
  /** The degree of the results as polynomials, at most. */
  readonly degree: number;
  /** The probability, at most, that stages that differ were found equal. */
  readonly errorProbability: number;
  /** The numbers that stood for named sizes, a binding each. */
  readonly bindings: readonly ReadonlyMap<string, number>[];
}

export interface CertifyOptions {
  /** Where the random points begin. Default: 0. */
  readonly seed?: number;
  /** Numbers for the named sizes. Default: three bindings that fit, the smallest among them. */
  readonly bindings?: readonly ReadonlyMap<string, number>[];
  /** The passes, and what makes programs of graphs: the compiler's own, unless it is they that are tested. */
  readonly passes?: readonly Pass[];
  readonly lower?: (graph: Graph, machine: Machine) => Program;
}

/** What an error may have as its probability at most. */
const wantedProbability = 2 ** -50;

/** Sizes that are tried lie below this. */
const triedSizes = 60;

/**
 * Proves by random evaluation that each stage of a compilation computes the graph as it was written: the graph after each
 * pass, its loop nests, and the nests as scheduled. All of them are evaluated exactly, over the field of 2^61 - 1
 * elements, at random points for what is fed and for states: nothing that is fed is rounded, and nothing is compared with a
 * tolerance but literals, which count as one number where they differ by roundings to float32.
 *
 * Additions, products, quotients, correlations and movements are polynomials (quotients of them) in what is fed. Two
 * that differ agree at a random point with a probability of at most degree / 2^61 (Schwartz 1980, Zippel 1979); so
 * many points are taken that what is found equal differs with a probability below 2^-50. Functions that are no
 * polynomials, comparisons and choices among them, count as unknown ones, which give equal values for equal arguments
 * and are variables to what is made of them. Storage types, casts, lifetimes of buffers and which loops are parallel are not
 * looked at, nor what a backend emits. The points are those of the seed, the same in every
 * call. The bound is proved for programs without division; a sum of quotients is counted as one of them, so there it is an
 * estimate. Of named sizes each stage is tried at a few bindings. What is computed from literals alone is
 * computed in double precision, as the program's constants are.
 *
 * @throws CertificateError naming the first stage that differs, and the element; CompileError for a spec that cannot be compiled.
 * @see Schwartz, "Fast Probabilistic Algorithms for Verification of Polynomial Identities", 1980; Zippel, "Probabilistic Algorithms for Sparse Polynomials", 1979
 * @example
 * const x = input('x', [4, 4]);
 * certify({ inputs: { x }, outputs: { y: corr2d(x, [[1, -1]]) } }, js()).stages; // => ['after separate padding', 'after fold constants', 'after simplify', 'loops', 'schedule']
 */
export function certify(spec: ProgramSpec, { machine }: Pick<Backend, 'machine'>, options: CertifyOptions = {}): Certificate {
  const { graph } = checkSpec(spec);
  const { seed = 0, bindings = bindingsFor(graph), lower = lowerProgram } = options;
  const stages = [...graphStages(graph, options.passes ?? passes), ...programStages(lower(graph, machine), graph)];
  const degree = Math.max(1, ...stages.map((stage) => stage.degree()));
  const points = Math.ceil(Math.log2(wantedProbability) / Math.log2(degree / Number(prime)));
  if (!(points > 0 && points <= 16)) throw new CertificateError(`certify: results of degree ${degree} are beyond what random points of this field can tell`);
  let elements = 0;
  for (const sizes of bindings)
    for (let point = 0; point < points; point++) {
      const field = createField(seed * 16 + point);
      const evaluation = evaluationOver(field, sizes, (name, position) => field.random(name, position));
      const [written, ...others] = stages.map((stage) => ({ stage, results: stage.results(evaluation) }));
      if (written === undefined) continue;
      for (const { stage, results } of others) compare(stage.name, written.results, results, sizes);
      elements = written.results.reduce((sum, result) => sum + result.elements.length, 0);
    }
  return {
    stages: stages.slice(1).map((stage) => stage.name),
    elements,
    points,
    degree,
    errorProbability: (degree / Number(prime)) ** points,
    bindings: variablesIn(graph).length === 0 ? [] : bindings,
  };
}

/** The elements of an output, or of what a state becomes. */
interface Result<Value> {
  readonly name: string;
  readonly tensor: Tensor;
  readonly elements: Elements<Value | undefined>;
}

interface OverScalars<Value> {
  readonly scalars: Scalars<Value>;
  readonly sizes: ReadonlyMap<string, number>;
  /** The elements of an input or state. */
  readonly source: (name: string, count: number) => Elements<Value>;
  /** The nodes of graphs that are evaluated already. */
  readonly known: Map<Tensor, Elements<Value>>;
}

/** One stage of a compilation: what it computes over scalars of any kind. */
interface Stage {
  readonly name: string;
  /** The degree of its results in what is fed, at most. */
  readonly degree: () => number;
  readonly results: <Value>(evaluation: OverScalars<Value>) => readonly Result<Value>[];
}

function evaluationOver<Value>(scalars: Scalars<Value>, sizes: ReadonlyMap<string, number>, element: (name: string, position: number) => Value): OverScalars<Value> {
  return { scalars, sizes, known: new Map(), source: (name, count) => Array.from({ length: count }, (_, position) => element(name, position)) };
}

function graphStages(graph: Graph, each: readonly Pass[]): readonly Stage[] {
  const stage = (name: string, { outputs, updates }: Graph): Stage => ({
    name,
    degree: () => degreeOfGraph(rootsOf({ outputs, updates })),
    results: <Value>({ scalars, sizes, source, known: before }: OverScalars<Value>) => {
      const evaluation: Evaluation<Value> = { scalars, sizes, source: (node, count) => source(node.attributes.name, count) };
      const known = evaluateGraph(rootsOf({ outputs, updates }), evaluation, before);
      const result = (name: string, tensor: Tensor): Result<Value> => ({ name, tensor, elements: known.get(tensor) ?? [] });
      return [...outputs.map(({ name, tensor }) => result(name, tensor)), ...updates.map(({ state, next }) => result(`next ${state.attributes.name}`, next))];
    },
  });
  let current = graph;
  return [
    stage('as written', graph),
    ...each.map((pass) => {
      current = runPass(current, pass);
      return stage(`after ${pass.name}`, current);
    }),
  ];
}

const rootsOf = ({ outputs, updates }: Pick<Graph, 'outputs' | 'updates'>): readonly Tensor[] => [...outputs.map(({ tensor }) => tensor), ...updates.map(({ next }) => next)];

function programStages({ buffers, nests }: Program, { outputs, updates }: Graph): readonly Stage[] {
  const constants = constantsOf({ buffers, nests, sizes: [], lifetimes: [] });
  const bufferOf = (role: 'output' | 'next' | 'state', label: string): string | undefined => buffers.find((buffer) => buffer.role === role && buffer.label === label)?.id;
  const stage = (name: string, each: Parameters<typeof evaluateProgram>[1]): Stage => ({
    name,
    degree: () => degreeOfProgram(buffers, each),
    results: <Value>({ scalars, sizes, source }: OverScalars<Value>) => {
      const memory = evaluateProgram(buffers, each, { scalars, sizes, initial: ({ label }, count) => source(label, count) });
      const result = (name: string, tensor: Tensor, id = ''): Result<Value> => ({ name, tensor, elements: memory.get(id) ?? [] });
      // A state that is updated in its own place has no other buffer.
      const nextOf = (state: NodeOf<'state'>): string | undefined => bufferOf('next', state.attributes.name) ?? bufferOf('state', state.attributes.name);
      return [
        ...outputs.map(({ name, tensor }) => result(name, tensor, bufferOf('output', name))),
        ...updates.map(({ state, next }) => result(`next ${state.attributes.name}`, next, nextOf(state))),
      ];
    },
  });
  return [
    stage('loops', nests.map(({ nest }) => nest)),
    stage('schedule', nests.map(({ nest, schedule }) => applySchedule(nest, schedule, constants))),
  ];
}

function compare(stage: string, written: readonly Result<FieldElement>[], results: readonly Result<FieldElement>[], sizes: ReadonlyMap<string, number>): void {
  written.forEach(({ name, tensor, elements }, position) => {
    const others = results[position]?.elements ?? [];
    const differs = elements.findIndex((element, index) => element?.element !== others[index]?.element);
    if (differs < 0 && others.length === elements.length) return;
    const where = sizes.size === 0 ? '' : `, where ${[...sizes].map(([size, value]) => `${size} = ${value}`).join(', ')}`;
    throw new CertificateError(
      `certify: ${stage}, the result ${JSON.stringify(name)} ${printShape(tensor.shape)} is not what the graph computes${where}\n  ${
        differs < 0 ? `it has ${others.length} elements, the graph has ${elements.length}` : `the first element that differs is number ${differs} of ${elements.length}`
      }`,
    );
  });
}

function nodesOf({ inputs, states, outputs, updates }: Graph): readonly Tensor[] {
  return topologicalOrder([...inputs, ...states, ...rootsOf({ outputs, updates })]);
}

function variablesIn(graph: Graph): readonly string[] {
  return [...new Set(nodesOf(graph).flatMap((node) => node.shape.flatMap(variablesOf).map(({ name }) => name)))];
}

/** Bindings of the named sizes that the graph takes: the smallest, where borders reach over the whole, and two larger ones. */
function bindingsFor(graph: Graph): readonly ReadonlyMap<string, number>[] {
  const names = variablesIn(graph);
  if (names.length === 0) return [new Map()];
  const nodes = nodesOf(graph);
  const found: ReadonlyMap<string, number>[] = [];
  for (let size = 1; found.length < 3 && size < triedSizes; size = found.length === 0 ? size + 1 : Math.max(9, size + 4)) {
    const binding = new Map(names.map((name, position) => [name, size + position]));
    if (fits(nodes, binding)) found.push(binding);
  }
  if (found.length === 0) throw new CertificateError(`certify: no small numbers were found that fit the sizes ${names.join(', ')}\n  give some as bindings`);
  return found;
}

function fits(nodes: readonly Tensor[], binding: ReadonlyMap<string, number>): boolean {
  try {
    checkSizes(nodes, binding);
    return nodes.every((node) => node.shape.every((size) => evaluateInteger(size, binding) > 0));
  } catch (error) {
    if (error instanceof XcorrError) return false;
    throw error;
  }
}
