import type { DType } from '@xcorr/graph';
import { printCase, nodesOf, type Case, type Judging, type SetName } from './case.ts';
import { certificateProblem } from './certified.ts';
import { createCounter, printCoverage, type Coverage } from './coverage.ts';
import { generateCase } from './generate/generate.ts';
import { isCrash, runCase, type Problem } from './judge/run-case.ts';
import type { AnyBackend } from './judge/runner.ts';
import { createRandom } from './random.ts';
import { shrink } from './shrink/shrink.ts';
import { dtypes as bothDTypes } from './suite/check.ts';

export interface DifferentialOptions extends Judging {
  /** The same seed gives the same graphs. Default: 1. */
  readonly seed?: number;
  /** How many graphs. Default: 1000. */
  readonly graphs?: number;
  readonly set: SetName;
  /** What tensors may have. Default: both. */
  readonly dtypes?: readonly DType[];
  /** The number of the first graph: to have one failure again, give its number here and 1 graph. Default: 0. */
  readonly first?: number;
  /** Stops behind so many failures. Default: 3. */
  readonly failures?: number;
  /** How many smaller graphs are tried for each failure; 0 leaves it as it was found. Default: 400. */
  readonly shrinking?: number;
  /**
   * The part of the graphs, 0 to 1, whose compilation is certified: that every stage computes the graph. Which ones is
   * drawn by the seed. Default: 0.
   */
  readonly certified?: number;
}

export interface Failure {
  readonly seed: number;
  /** The number of the graph: `first` of options that find this failure alone. */
  readonly graph: number;
  readonly problem: string;
  /** Something was thrown that is no refusal. */
  readonly isCrash: boolean;
  /** The smallest case that was found to fail. */
  readonly test: Case;
  /** The same as text: its graph, and what was fed. */
  readonly text: string;
}

export interface Report {
  readonly backend: string;
  readonly set: SetName;
  readonly dtypes: readonly DType[];
  readonly seed: number;
  /** Graphs that were compiled and run, refused ones among them. */
  readonly graphs: number;
  /** Graphs that were drawn and not run, because too little of them could be judged. */
  readonly redrawn: number;
  readonly nodes: number;
  /** Elements of results, over all runs. */
  readonly judged: number;
  readonly unjudged: number;
  /** Graphs whose compilation was certified. */
  readonly certified: number;
  /** Why graphs were refused at compile time, and how many for each reason. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
  readonly coverage: Coverage;
}

/** What goes wrong with a case: in its compilation, if that is certified, or on the backend. */
type Look = (test: Case) => Promise<Problem | undefined>;

const certificateOf =
  (backend: AnyBackend): Look =>
  async (test) => {
    const text = certificateProblem(test, backend);
    return text === undefined ? undefined : { kind: 'certificate', text };
  };

/**
 * Runs random graphs on a backend and judges every result by the reference interpreter.
 *
 * The set `exact` holds graphs over small whole numbers and halves, on which float32 makes no error in any order of
 * operations: results must be equal. The set `real` holds all primitives over real numbers: results must lie within
 * the bounds of the reference interpreter. What a backend refuses to compile is counted and is no failure.
 *
 * @example
 * const report = await differential(js(), { set: 'exact', seed: 1, graphs: 5, certified: 1 });
 * report.failures.length; // => 0
 */
export async function differential(backend: AnyBackend, options: DifferentialOptions): Promise<Report> {
  const { seed = 1, graphs = 1000, set, dtypes = bothDTypes, first = 0, failures: most = 3, shrinking = 400, certified: share = 0, ...judging } = options;
  const counter = createCounter(set, dtypes);
  const failures: Failure[] = [];
  const refusals = new Map<string, number>();
  let [done, redrawn, nodes, judged, unjudged, certified] = [0, 0, 0, 0, 0, 0];
  const onBackend: Look = async (test) => (await runCase(test, backend, judging)).problem;
  /** Looks for the smallest case that goes wrong in the same way. */
  const fail = async (graph: number, found: Case, { kind, text }: Problem, look: Look): Promise<void> => {
    const test = shrinking === 0 ? found : await shrink(found, async (smaller) => (await look(smaller))?.kind === kind, shrinking);
    failures.push({ seed, graph, problem: (await look(test))?.text ?? text, isCrash: isCrash({ kind }), test, text: printCase(test) });
  };
  for (let graph = first; graph < first + graphs && failures.length < most; graph++) {
    const { test, interpreted, laws, recipes, redrawn: again } = generateCase(seed, graph, set, dtypes);
    // The generator judges by the constant that is the default.
    const verdict = await runCase(test, backend, judging.errorConstant === undefined ? { interpreted } : judging);
    done++;
    redrawn += again;
    nodes += nodesOf(test).length;
    judged += verdict.judged;
    unjudged += verdict.unjudged;
    counter.add(test, laws, recipes);
    if (verdict.refusal !== undefined) refusals.set(verdict.refusal, (refusals.get(verdict.refusal) ?? 0) + 1);
    if (verdict.problem !== undefined) await fail(graph, test, verdict.problem, onBackend);
    if (!createRandom(seed, graph, 0x5eed).chance(share)) continue;
    certified++;
    const look = certificateOf(backend);
    const problem = await look(test);
    if (problem !== undefined) await fail(graph, test, problem, look);
  }
  return { backend: backend.name, set, dtypes, seed, graphs: done, redrawn, nodes, judged, unjudged, certified, refusals, failures, coverage: counter.coverage };
}

function printFailure({ seed, graph, problem, text }: Failure, { set, dtypes }: Report): string {
  const alone = dtypes.length === bothDTypes.length ? '' : `dtypes: ${JSON.stringify(dtypes)}, `;
  return `graph ${graph} of seed ${seed}: ${problem}\n  again: { set: '${set}', ${alone}seed: ${seed}, first: ${graph}, graphs: 1 }\n${text}`;
}

/** What was run, what was reached, and what went wrong. */
export function printReport(report: Report): string {
  const { backend, set, graphs, redrawn, nodes, judged, unjudged, certified, refusals, failures, coverage } = report;
  const head = [
    `${backend}, ${set}: ${graphs} graphs, ${redrawn} redrawn, ${nodes} nodes, ${certified} certified`,
    `${judged} elements judged, ${unjudged} not (${((100 * unjudged) / Math.max(1, judged + unjudged)).toFixed(2)} %)`,
    ...[...refusals].map(([reason, count]) => `refused ${count} times: ${reason}`),
  ];
  return [...head, ...failures.map((each) => printFailure(each, report)), printCoverage(coverage)].join('\n');
}
