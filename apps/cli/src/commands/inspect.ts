import { js } from '@xcorr/backend-js';
import { compile, printGraph, printPasses, printProgram, programFor, type ProgramSpec } from '@xcorr/compiler';
import { Option } from 'commander';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { printJson } from '../json.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';
import { readGraphFile } from './graph-file.ts';
import { isSubject, subjectNames, subjects } from './inspect-subjects.ts';

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

export interface InspectOptions {
  readonly stage: StageName;
  readonly json?: boolean | undefined;
}

/** Prints a program at one stage of its compilation: one of ours by name, or a graph from a file. */
export async function inspect(program: string, { stage, json }: InspectOptions, { stdout }: Streams): Promise<ExitStatus> {
  const spec: ProgramSpec = isSubject(program) ? subjects[program]() : await readGraphFile(program);
  const printed = stages[stage](spec);
  const text = printed.endsWith('\n') ? printed : `${printed}\n`;
  stdout.write(json === true ? printJson({ command: 'inspect', program, stage, text }) : text);
  return exitStatus.ok;
}

export const inspectCommand: Register = (program, streams, done) => {
  program
    .command('inspect')
    .description('print a program at one stage of its compilation')
    .argument('<program>', `${subjectNames.join(', ')}, or a file that holds a graph as text`)
    .addOption(new Option('-s, --stage <stage>', 'what to print').choices(stageNames).default('loops'))
    .option('--json', 'print one JSON document, with the text in it')
    .addHelpText(
      'after',
      examples([
        ['xcorr inspect sobel', "the loops of Sobel's operator, for a picture of any size"],
        ['xcorr inspect book --stage source', 'the code that learns the kernel of the chapter'],
        ['xcorr inspect graph.txt --stage memory', 'a graph as text, from a file'],
      ]),
    )
    .action(async (name: string, options: InspectOptions) => done(await inspect(name, options, streams)));
};
