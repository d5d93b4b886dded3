import type { NodeOf, Tensor } from '@xcorr/graph';
import type { Machine } from '../backend.ts';
import type { Graph } from '../lower/lower.ts';
import { passesFor, runPass } from '../lower-program.ts';
import { foldConstants } from '../passes/fold-constants.ts';
import type { Pass } from '../passes/rewrite.ts';
import { constantsOf, type Program } from '../program.ts';
import { specialiseGraph } from '../run/variants.ts';
import { applySchedule } from '../schedule/apply.ts';
import { checkApproximation } from './approximation.ts';
import { evaluateFolded, evaluateGraph, type Elements, type Evaluated, type Evaluation } from './evaluate-graph.ts';
import { evaluateProgram } from './evaluate-program.ts';
import type { Scalars } from './scalars.ts';

/** The elements of an output, or of what a state becomes. */
export interface Result<Value> {
  readonly name: string;
  readonly tensor: Tensor;
  readonly elements: Elements<Value | undefined>;
}

/** Where stages are evaluated: scalars, numbers for the named sizes, and what is fed. */
export interface Place<Value> {
  readonly scalars: Scalars<Value>;
  readonly sizes: ReadonlyMap<string, number>;
  /** The elements of an input or state. */
  readonly source: (name: string, count: number) => Elements<Value>;
  /** The nodes of graphs that are evaluated already. */
  readonly evaluated: Map<Tensor, Elements<Value>>;
  /** The same where literals are real numbers. */
  readonly evaluatedExactly: Map<Tensor, Elements<Value>>;
  /** What movements do at these sizes, as far as it is known. */
  readonly moves: Map<Tensor, Float64Array>;
}

/** What one stage of a compilation computes over scalars of any kind. */
export type Computation = <Value>(place: Place<Value>) => readonly Result<Value>[];

/** A step of a compilation: what it was given and what it made of it, which are to be equal. */
export interface Step {
  /** The stage that it leads to. */
  readonly name: string;
  readonly before: Computation;
  readonly after: Computation;
}

/** What is certified of a compilation. */
export interface Compilation {
  readonly machine: Machine;
  readonly passes: readonly Pass[] | undefined;
  readonly lower: (graph: Graph, machine: Machine) => Program;
  /** The sizes that a program is made for alone. */
  readonly sizes: ReadonlyMap<string, number> | undefined;
}

export const rootsOf = ({ outputs, updates }: Pick<Graph, 'outputs' | 'updates'>): readonly Tensor[] => [...outputs.map(({ tensor }) => tensor), ...updates.map(({ next }) => next)];

type Evaluate = <Value>(roots: readonly Tensor[], evaluation: Evaluation<Value>, evaluated: Map<Tensor, Elements<Value>>) => Evaluated<Value>;

const computing =
  ({ outputs, updates }: Graph, evaluate: Evaluate): Computation =>
  <Value>({ scalars, sizes, source, evaluated, moves }: Place<Value>) => {
    const elements = evaluate<Value>(rootsOf({ outputs, updates }), { scalars, sizes, moves, source: (node, count) => source(node.attributes.name, count) }, evaluated);
    const result = (name: string, tensor: Tensor): Result<Value> => ({ name, tensor, elements: elements.get(tensor) ?? [] });
    return [...outputs.map(({ name, tensor }) => result(name, tensor)), ...updates.map(({ state, next }) => result(`next ${state.attributes.name}`, next))];
  };

const graphAsItIs = (graph: Graph): Computation => computing(graph, evaluateGraph);

/** A graph with literals as real numbers, whatever rounding does to what is made of them. */
const graphAsAlgebra = (graph: Graph): Computation => {
  const computation = graphAsItIs(graph);
  return (place) => computation({ ...place, scalars: place.scalars.exact, evaluated: place.evaluatedExactly });
};

/** A graph with its literals rounded where they are about to be folded: folding is to do that and nothing else. */
const graphFolded = (graph: Graph): Computation =>
  computing(graph, (roots, evaluation, evaluated) => evaluateFolded(roots, evaluation, evaluateGraph(roots, evaluation, evaluated)));

function passSteps(graph: Graph, passes: readonly Pass[]): { readonly steps: readonly Step[]; readonly better: Graph } {
  let better = graph;
  const steps = passes.map((pass): Step => {
    const name = `after ${pass.name}`;
    const given = better;
    better = runPass(given, pass);
    if (pass === foldConstants) return { name, before: graphFolded(given), after: graphAsItIs(better) };
    const results = rootsOf(better);
    if (pass.isAlgebra !== true || rootsOf(given).every((root, position) => root === results[position])) return { name, before: graphAsItIs(given), after: graphAsItIs(better) };
    const start = pass.approximated === undefined ? given : runPass(given, { name: pass.name, run: pass.approximated });
    checkApproximation(rootsOf(given), rootsOf(start), pass.name);
    return { name, before: graphAsAlgebra(start), after: graphAsAlgebra(better) };
  });
  return { steps, better };
}

function programSteps(graph: Graph, { buffers, nests }: Program): readonly Step[] {
  const constants = constantsOf({ buffers, nests, invariant: 0, sizes: [], lifetimes: [] });
  const bufferOf = (role: 'output' | 'next' | 'state', label: string): string | undefined => buffers.find((buffer) => buffer.role === role && buffer.label === label)?.id;
  // A state that is updated in its own place has no other buffer.
  const nextOf = (state: NodeOf<'state'>): string | undefined => bufferOf('next', state.attributes.name) ?? bufferOf('state', state.attributes.name);
  const running =
    (each: Parameters<typeof evaluateProgram>[1]): Computation =>
    <Value>({ scalars, sizes, source }: Place<Value>) => {
      const memory = evaluateProgram(buffers, each, { scalars, sizes, initial: ({ label }, count) => source(label, count) });
      const result = (name: string, tensor: Tensor, id = ''): Result<Value> => ({ name, tensor, elements: memory.get(id) ?? [] });
      return [
        ...graph.outputs.map(({ name, tensor }) => result(name, tensor, bufferOf('output', name))),
        ...graph.updates.map(({ state, next }) => result(`next ${state.attributes.name}`, next, nextOf(state))),
      ];
    };
  const loops = running(nests.map(({ nest }) => nest));
  const schedule = running(nests.map(({ nest, schedule: own }) => applySchedule(nest, own, constants)));
  return [
    { name: 'loops', before: graphAsItIs(graph), after: loops },
    { name: 'schedule', before: loops, after: schedule },
  ];
}

/** The steps of a compilation, in order. */
export function stepsOf(graph: Graph, { machine, passes = passesFor(machine), lower, sizes }: Compilation): readonly Step[] {
  const ownPasses = passesFor(machine);
  const lowered = sizes === undefined ? graph : specialiseGraph(graph, sizes);
  const specialising = sizes === undefined ? [] : [{ name: 'specialised', before: graphAsItIs(graph), after: graphAsItIs(lowered) }];
  const { steps, better } = passSteps(lowered, passes);
  // What makes programs runs the compiler's own passes, whichever are tested.
  const own = passes === ownPasses ? better : ownPasses.reduce(runPass, lowered);
  return [...specialising, ...steps, ...programSteps(own, lower(lowered, machine))];
}
