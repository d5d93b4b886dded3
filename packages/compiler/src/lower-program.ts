import { variablesOf } from '@xcorr/graph';
import type { Machine } from './backend.ts';
import { invariantFirst } from './invariant.ts';
import { lower, type Graph } from './lower/lower.ts';
import { lifetimesOf, updateInPlace } from './memory.ts';
import { foldConstants } from './passes/fold-constants.ts';
import type { Pass } from './passes/rewrite.ts';
import { separatePadding } from './passes/separate-padding.ts';
import { simplify } from './passes/simplify.ts';
import type { Program } from './program.ts';
import { chooseSchedule } from './schedule/choose.ts';
import { chooseThreadSchedule } from './schedule/choose-thread.ts';

/** The passes over the graph, in order. */
export const passes: readonly Pass[] = [separatePadding, foldConstants, simplify];

/** The graph after one pass; inputs and states keep their identity. */
export function runPass(graph: Graph, pass: Pass): Graph {
  const roots = pass.run([...graph.outputs.map((each) => each.tensor), ...graph.updates.map((each) => each.next)]);
  const root = (position: number): Graph['outputs'][number]['tensor'] => {
    const tensor = roots[position];
    if (tensor === undefined) throw new TypeError(`the pass ${pass.name} lost a root`);
    return tensor;
  };
  return {
    ...graph,
    outputs: graph.outputs.map((each, position) => ({ ...each, tensor: root(position) })),
    updates: graph.updates.map((each, position) => ({ ...each, next: root(graph.outputs.length + position) })),
  };
}

/** From a graph to a program for a machine: better graph, loop nests, schedules, memory plan. */
export function lowerProgram(graph: Graph, machine: Machine): Program {
  const better = passes.reduce(runPass, graph);
  const lowered = lower(better, machine);
  const ordered = machine.longestSum === undefined ? invariantFirst(lowered) : { nests: lowered.nests, invariant: 0 };
  const { buffers, nests } = updateInPlace(lowered.buffers, ordered.nests);
  const sizes = new Set(buffers.flatMap((buffer) => buffer.shape.flatMap(variablesOf)).map((variable) => variable.name));
  return {
    buffers,
    nests: nests.map((nest) => ({ nest, schedule: machine.longestSum === undefined ? chooseSchedule(nest, machine) : chooseThreadSchedule(nest) })),
    invariant: ordered.invariant,
    sizes: [...sizes],
    lifetimes: lifetimesOf(buffers, nests, ordered.invariant),
  };
}
