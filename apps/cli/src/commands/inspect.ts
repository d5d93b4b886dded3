import { js } from '@xcorr/backend-js';
import { compile, printProgram, programFor, type ProgramSpec } from '@xcorr/compiler';
import { book } from '@xcorr/golden';
import { input, labelOf, print } from '@xcorr/graph';
import { edgeOperators, gradientMagnitude } from '@xcorr/image';
import { learningStep } from '../book/learning.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { Streams } from '../streams.ts';

export type SubjectName = 'book' | 'sobel';

export type StageName = 'graph' | 'loops' | 'schedule' | 'memory' | 'source';

function bookStep(): ProgramSpec {
  const [run] = book.learnKernel.runs;
  if (run === undefined) throw new TypeError('the book has no training run');
  return learningStep(book, run);
}

/** Pictures of any size: the sizes are named, and bound when the program runs. */
function sobel(): ProgramSpec {
  const X = input('picture', ['H', 'W']);
  return { inputs: { X }, outputs: { edges: gradientMagnitude(X, edgeOperators.sobel) } };
}

const subjects: Readonly<Record<SubjectName, () => ProgramSpec>> = { book: bookStep, sobel };

/** The graph as it was written, before any pass. */
function printGraph({ outputs, updates = [] }: ProgramSpec): string {
  const results = Object.entries(outputs).map(([name, output]) => [name, 'tensor' in output ? output.tensor : output] as const);
  const nexts = updates.map(([state, next]) => [`next ${labelOf(state) ?? ''}`, next] as const);
  return print(Object.fromEntries([...results, ...nexts]), { tables: false });
}

function source(spec: ProgramSpec): string {
  const { code } = compile(spec, js()).artifact;
  return typeof code === 'string' ? code : `${code.length} bytes of machine code\n`;
}

const stages: Readonly<Record<StageName, (spec: ProgramSpec) => string>> = {
  graph: printGraph,
  loops: (spec) => printProgram(programFor(spec, js()), 'loops'),
  schedule: (spec) => printProgram(programFor(spec, js()), 'schedule'),
  memory: (spec) => printProgram(programFor(spec, js()), 'memory'),
  source,
};

export const subjectNames: readonly string[] = Object.keys(subjects);
export const stageNames: readonly string[] = Object.keys(stages);

/** Prints a program at one stage of its compilation. */
export function inspect(subject: SubjectName, { stage }: { readonly stage: StageName }, { stdout }: Streams): ExitStatus {
  const text = stages[stage](subjects[subject]());
  stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return exitStatus.ok;
}
