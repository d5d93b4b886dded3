import { labelOf, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import { checkSpec, type ProgramSpec } from '../graph.ts';
import type { Graph } from '../lower/lower.ts';
import { passes, runPass } from '../lower-program.ts';

/** The results of a graph by name: its outputs, and what its states become as `next NAME`. */
export function resultsOf({ outputs, updates }: Graph): Readonly<Record<string, Tensor>> {
  return Object.fromEntries([
    ...outputs.map(({ name, tensor }) => [name, tensor] as const),
    ...updates.map(({ state, next }) => [`next ${labelOf(state) ?? ''}`, next] as const),
  ]);
}

/** A spec's graph as it was written, with its large data behind: what this gives, parse reads. */
export function printGraph(spec: ProgramSpec): string {
  return print(resultsOf(checkSpec(spec).graph));
}

/** The graph as it was written, and after each pass that changes it. */
export function printPasses(spec: ProgramSpec): string {
  let { graph } = checkSpec(spec);
  let before = print(resultsOf(graph), { tables: false });
  const parts = [`as written\n${before}`];
  for (const pass of passes) {
    graph = runPass(graph, pass);
    const after = print(resultsOf(graph), { tables: false });
    parts.push(after === before ? `${pass.name}: nothing to do\n` : `after ${pass.name}\n${after}`);
    before = after;
  }
  return parts.join('\n');
}
