import { variablesOf } from '@xcorr/graph';
import type { Machine } from './backend.ts';
import { invariantFirst } from './invariant.ts';
import { lower, type Graph } from './lower/lower.ts';
import { lifetimesOf, updateInPlace } from './memory.ts';
import { foldConstants } from './passes/fold-constants.ts';
import { mergeKernels } from './passes/merge-kernels.ts';
import { moveFactors } from './passes/move-factors.ts';
import type { Pass } from './passes/rewrite.ts';
import { separateKernels } from './passes/separate-kernels.ts';
import { separatePadding } from './passes/separate-padding.ts';
import { shareMasks } from './passes/share-masks.ts';
import { simplify } from './passes/simplify.ts';
import type { LoopNest } from './nest.ts';
import type { Buffer, Program } from './program.ts';
import { chooseSchedule } from './schedule/choose.ts';
import type { Schedule } from './schedule/schedule.ts';

const shared: readonly Pass[] = [separatePadding, foldConstants, simplify, shareMasks, moveFactors, mergeKernels, foldConstants];

/** The passes over the graph, in order, for machines that compute in double precision. */
export const passes: readonly Pass[] = [...shared, separateKernels];

/** The passes for a machine: two passes of a kernel keep double precision between them, where there is any. */
export function passesFor({ dtypes }: Pick<Machine, 'dtypes'>): readonly Pass[] {
  return dtypes === undefined || dtypes.includes('float64') ? passes : shared;
}

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

/** The schedule that the compiler chooses for a nest. */
export function chosenSchedule(nest: LoopNest, machine: Machine): Schedule {
  return machine.elementThreads?.chooseSchedule(nest) ?? chooseSchedule(nest, machine);
}

/** Finds the schedule that was given for a nest over these buffers; undefined where there is none. */
export type GivenSchedules = (nest: LoopNest, place: { readonly buffers: readonly Buffer[]; readonly machine: Machine }) => Schedule | undefined;

/** What is asked of lowering beside the graph. */
export interface Lowering {
  /**
   * Schedules in the place of those that the compiler chooses: `schedulesFrom` of @xcorr/compiler/tune. A nest without one
   * gets the chosen one. Default: all are chosen.
   */
  readonly schedules?: GivenSchedules;
  /** Passes that run behind the compiler's own: `quadraticForms` of @xcorr/compiler/hoist. Default: none. */
  readonly passes?: readonly Pass[];
}

/** From a graph to a program for a machine: better graph, loop nests, schedules, memory plan. */
export function lowerProgram(graph: Graph, machine: Machine, { schedules, passes: others = [] }: Lowering = {}): Program {
  const better = [...passesFor(machine), ...others].reduce(runPass, graph);
  const lowered = lower(better, machine);
  const ordered = machine.elementThreads === undefined ? invariantFirst(lowered) : { nests: lowered.nests, invariant: 0 };
  const { buffers, nests } = updateInPlace(lowered.buffers, ordered.nests);
  const sizes = new Set(buffers.flatMap((buffer) => buffer.shape.flatMap(variablesOf)).map((variable) => variable.name));
  return {
    buffers,
    nests: nests.map((nest) => ({ nest, schedule: schedules?.(nest, { buffers, machine }) ?? chosenSchedule(nest, machine) })),
    invariant: ordered.invariant,
    sizes: [...sizes],
    lifetimes: lifetimesOf(buffers, nests, ordered.invariant),
  };
}
