import { js } from '@xcorr/backend-js';
import { compile, printGraph, printPasses, printProgram, programFor, type ProgramSpec } from '@xcorr/compiler';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { Streams } from '../streams.ts';
import { readGraphFile } from './graph-file.ts';
import { isSubject, subjects } from './inspect-subjects.ts';

export type StageName = 'graph' | 'passes' | 'loops' | 'schedule' | 'memory' | 'source';

function source(spec: ProgramSpec): string {
  const { code } = compile(spec, js()).artifact;
  return typeof code === 'string' ? code : `${code.length} bytes of machine code\n`;
}

const stages: Readonly<Record<StageName, (spec: ProgramSpec) => string>> = {
  graph: printGraph,
  passes: printPasses,
  loops: (spec) => printProgram(programFor(spec, js()), 'loops'),
  schedule: (spec) => printProgram(programFor(spec, js()), 'schedule'),
  memory: (spec) => printProgram(programFor(spec, js()), 'memory'),
  source,
};

export const stageNames: readonly string[] = Object.keys(stages);

/** Prints a program at one stage of its compilation: one of ours by name, or a graph from a file. */
export async function inspect(program: string, { stage }: { readonly stage: StageName }, { stdout }: Streams): Promise<ExitStatus> {
  const spec: ProgramSpec = isSubject(program) ? subjects[program]() : await readGraphFile(program);
  const text = stages[stage](spec);
  stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return exitStatus.ok;
}
