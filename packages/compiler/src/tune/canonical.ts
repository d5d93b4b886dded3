import { loopVariable } from '@xcorr/graph';
import type { Machine } from '../backend.ts';
import { createExpressions } from '../expression.ts';
import { walk, type LoopNest, type Statement } from '../nest.ts';
import { printNest } from '../print/print-nest.ts';
import type { Buffer } from '../program.ts';
import { applySchedule } from '../schedule/apply.ts';
import { rewriteStatements } from '../schedule/replicate.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { digestOf } from './digest.ts';

/** What a nest is called from outside its program. */
export interface CanonicalNest {
  /** The same for nests that compute the same over buffers of the same kinds, for the same machine. */
  readonly key: string;
  /** The canonical name of each of its loops, outer before inner: `i0`, `i1`, … of parallel ones, `r0`, … of reductions. */
  readonly loops: ReadonlyMap<string, string>;
  /** The nest in canonical names; its buffers keep theirs. */
  readonly renamed: LoopNest;
}

/** Numbers names by what they are, in order of first appearance. */
function numbered(): (prefix: string) => string {
  const counts = new Map<string, number>();
  return (prefix) => {
    const count = counts.get(prefix) ?? 0;
    counts.set(prefix, count + 1);
    return `${prefix}${count}`;
  };
}

/**
 * Names that depend on the nest alone, whatever else its program holds. The key is a digest of the nest's text in these
 * names, of what its buffers store, and of the machine's numbers.
 */
export function canonicalNest(nest: LoopNest, { buffers, machine }: { readonly buffers: readonly Buffer[]; readonly machine: Machine }): CanonicalNest {
  const next = numbered();
  const loops = new Map<string, string>();
  const accumulators = new Map<string, string>();
  for (const [statement] of walk(nest.body)) {
    if (statement.kind === 'loop') loops.set(statement.variable, next(statement.role === 'parallel' ? 'i' : 'r'));
    if (statement.kind === 'accumulator') accumulators.set(statement.name, next('s'));
  }
  const rewritten = rewriteStatements(nest.body, createExpressions(), {
    variable: ({ role, name }) => {
      const canonical = role === 'loop' ? loops.get(name) : undefined;
      return canonical === undefined ? undefined : loopVariable(canonical);
    },
    accumulator: (name) => accumulators.get(name) ?? name,
  });
  const renamed: LoopNest = { name: 'nest', body: rewritten.map((statement) => renameLoops(statement, loops)) };
  const places = new Map<string, string>();
  const place = (id: string): string => {
    const known = places.get(id) ?? next('b');
    places.set(id, known);
    return known;
  };
  const text = printNest(applySchedule(renamed, []), place);
  const kinds = [...places.keys()].map((id) => {
    const buffer = buffers.find((each) => each.id === id);
    return `${buffer?.role === 'constant' ? 'constant ' : ''}${buffer?.storage ?? ''}`;
  });
  const { registers, lanes, literalSizes, elementThreads } = machine;
  return { key: digestOf([registers, lanes, literalSizes, elementThreads?.longestSum ?? 0, ...kinds, text].join('\n')), loops, renamed };
}

function renameLoops(statement: Statement, loops: ReadonlyMap<string, string>): Statement {
  if (statement.kind !== 'loop') return statement;
  return { ...statement, variable: loops.get(statement.variable) ?? statement.variable, body: statement.body.map((each) => renameLoops(each, loops)) };
}

/** A schedule by other names of its loops; a loop without one keeps its own. */
export function renameSchedule(schedule: Schedule, loops: ReadonlyMap<string, string>): Schedule {
  return schedule.map((directive) => ({ ...directive, loop: loops.get(directive.loop) ?? directive.loop }));
}

/** A schedule by the names that its nest's loops have, of one by canonical names. */
export function renamedBack(schedule: Schedule | undefined, loops: ReadonlyMap<string, string>): Schedule | undefined {
  return schedule === undefined ? undefined : renameSchedule(schedule, new Map([...loops].map(([name, canonical]) => [canonical, name])));
}
