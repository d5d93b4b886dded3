import { programFor } from '../src/compile.ts';
import type { ProgramSpec } from '../src/graph.ts';
import { printNest } from '../src/print/print-nest.ts';
import { applySchedule } from '../src/schedule/apply.ts';
import { direct } from './direct.ts';

/** The loop nests of a program as text, shared values named, nothing scheduled. */
export function loopsOf(spec: ProgramSpec): string {
  return programFor(spec, direct())
    .nests.map(({ nest }) => printNest(applySchedule(nest, [])))
    .join('\n');
}
