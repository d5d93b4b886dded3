import { js } from '@xcorr/backend-js';
import { compile, programFor, type ProgramSpec } from '@xcorr/compiler';
import { certify, type Certificate } from '@xcorr/compiler/certify';
import { printGraph, printPasses, printProgram } from '@xcorr/compiler/inspect';
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
  /** Proves first that every stage computes the graph as written. */
  readonly verify?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Prints a program at one stage of its compilation: one of ours by name, or a graph from a file. */
export async function inspect(program: string, { stage, verify, json }: InspectOptions, { stdout }: Streams): Promise<ExitStatus> {
  const spec: ProgramSpec = isSubject(program) ? subjects[program]() : await readGraphFile(program);
  const certificate = verify === true ? certify(spec, js()) : undefined;
  const printed = stages[stage](spec);
  const text = printed.endsWith('\n') ? printed : `${printed}\n`;
  if (json === true) stdout.write(printJson({ command: 'inspect', program, stage, text, ...(certificate === undefined ? {} : { certificate: certificateJson(certificate) }) }));
  else stdout.write(certificate === undefined ? text : `${printCertificate(certificate)}\n${text}`);
  return exitStatus.ok;
}

function certificateJson({ bindings, ...rest }: Certificate): object {
  return { ...rest, bindings: bindings.map((sizes) => Object.fromEntries(sizes)) };
}

/** What was proved, in words. */
function printCertificate({ stages, elements, points, degree, errorProbability, bindings }: Certificate): string {
  const sizes = bindings.map((binding) => [...binding].map(([name, value]) => `${name} = ${value}`).join(', '));
  return [
    `certified: ${stages.join(', ')}`,
    `           ${elements} elements of degree ${degree} at ${points} random point${points === 1 ? '' : 's'} of a field of 2^61 - 1 elements${sizes.length === 0 ? '' : `, where ${sizes.join('; ')}`}`,
    `           stages that differ are found equal with a probability below ${errorProbability.toExponential(1)}`,
    '',
  ].join('\n');
}

export const inspectCommand: Register = (program, streams, done) => {
  program
    .command('inspect')
    .description('print a program at one stage of its compilation')
    .argument('<program>', `${subjectNames.join(', ')}, or a file that holds a graph as text`)
    .addOption(new Option('-s, --stage <stage>', 'what to print').choices(stageNames).default('loops'))
    .option('--verify', 'prove first, by random evaluation in a prime field, that passes, loops and schedule compute the graph as written')
    .option('--json', 'print one JSON document, with the text in it')
    .addHelpText(
      'after',
      examples([
        ['xcorr inspect sobel', "the loops of Sobel's operator, for a picture of any size"],
        ['xcorr inspect book --stage source', 'the code that learns the kernel of the chapter'],
        ['xcorr inspect learn --verify', 'the same, proved right'],
        ['xcorr inspect graph.txt --stage memory', 'a graph as text, from a file'],
      ]),
    )
    .action(async (name: string, options: InspectOptions) => done(await inspect(name, options, streams)));
};
