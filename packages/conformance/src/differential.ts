import { printCase, nodesOf, type Case, type SetName } from './case.ts';
import { createCounter, printCoverage, type Coverage } from './coverage.ts';
import { generateCase } from './generate/generate.ts';
import { runCase, type AnyBackend } from './judge/run-case.ts';
import { shrink } from './shrink/shrink.ts';

export interface DifferentialOptions {
  /** The same seed gives the same graphs. Default: 1. */
  readonly seed?: number;
  /** How many graphs. Default: 1000. */
  readonly graphs?: number;
  readonly set: SetName;
  /** The number of the first graph: to have one failure again, give its number here and 1 graph. Default: 0. */
  readonly first?: number;
  /** Stops behind so many failures. Default: 3. */
  readonly failures?: number;
  /** How many smaller graphs are tried for each failure; 0 leaves it as it was found. Default: 400. */
  readonly shrinking?: number;
}

export interface Failure {
  readonly seed: number;
  /** The number of the graph: `first` of options that find this failure alone. */
  readonly graph: number;
  readonly problem: string;
  /** The smallest case that was found to fail. */
  readonly test: Case;
  /** The same as text: its graph, and what was fed. */
  readonly text: string;
}

export interface Report {
  readonly backend: string;
  readonly set: SetName;
  readonly seed: number;
  /** Graphs that were compiled and run, refused ones among them. */
  readonly graphs: number;
  /** Graphs that were drawn and not run, because too little of them could be judged. */
  readonly redrawn: number;
  readonly nodes: number;
  /** Elements of results, over all runs. */
  readonly judged: number;
  readonly unjudged: number;
  /** Why graphs were refused at compile time, and how many for each reason. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
  readonly coverage: Coverage;
}

/** Looks for the smallest case that goes wrong in the same way. */
async function shrunk(test: Case, kind: string, backend: AnyBackend, attempts: number): Promise<Case> {
  return shrink(test, async (smaller) => (await runCase(smaller, backend)).problem?.kind === kind, attempts);
}

/**
 * Runs random graphs on a backend and judges every result by the reference interpreter.
 *
 * The set `exact` holds graphs over small whole numbers and halves, on which float32 makes no error in any order of
 * operations: results must be equal. The set `real` holds all primitives over real numbers: results must lie within
 * the bounds of `interpretWithBounds`. What a backend refuses to compile is counted and is no failure.
 *
 * @example
 * const report = await differential(js(), { set: 'exact', seed: 1, graphs: 5 });
 * report.failures.length; // => 0
 */
export async function differential(backend: AnyBackend, options: DifferentialOptions): Promise<Report> {
  const { seed = 1, graphs = 1000, set, first = 0, failures: most = 3, shrinking = 400 } = options;
  const counter = createCounter(set);
  const failures: Failure[] = [];
  const refusals = new Map<string, number>();
  let [done, redrawn, nodes, judged, unjudged] = [0, 0, 0, 0, 0];
  for (let graph = first; graph < first + graphs && failures.length < most; graph++) {
    const generated = generateCase(seed, graph, set);
    const verdict = await runCase(generated.test, backend, generated.interpreted);
    done++;
    redrawn += generated.redrawn;
    nodes += nodesOf(generated.test).length;
    judged += verdict.judged;
    unjudged += verdict.unjudged;
    counter.add(generated.test, generated.laws, generated.recipes);
    if (verdict.refusal !== undefined) refusals.set(verdict.refusal, (refusals.get(verdict.refusal) ?? 0) + 1);
    if (verdict.problem === undefined) continue;
    const test = shrinking === 0 ? generated.test : await shrunk(generated.test, verdict.problem.kind, backend, shrinking);
    const { problem = verdict.problem } = await runCase(test, backend);
    failures.push({ seed, graph, problem: problem.text, test, text: printCase(test) });
  }
  return { backend: backend.name, set, seed, graphs: done, redrawn, nodes, judged, unjudged, refusals, failures, coverage: counter.coverage };
}

function printFailure({ seed, graph, problem, text }: Failure, set: SetName): string {
  return `graph ${graph} of seed ${seed}: ${problem}\n  again: { set: '${set}', seed: ${seed}, first: ${graph}, graphs: 1 }\n${text}`;
}

/** What was run, what was reached, and what went wrong. */
export function printReport(report: Report): string {
  const { backend, set, graphs, redrawn, nodes, judged, unjudged, refusals, failures, coverage } = report;
  const head = [
    `${backend}, ${set}: ${graphs} graphs, ${redrawn} redrawn, ${nodes} nodes`,
    `${judged} elements judged, ${unjudged} not (${((100 * unjudged) / Math.max(1, judged + unjudged)).toFixed(2)} %)`,
    ...[...refusals].map(([reason, count]) => `refused ${count} times: ${reason}`),
  ];
  return [...head, ...failures.map((each) => printFailure(each, set)), printCoverage(coverage)].join('\n');
}
