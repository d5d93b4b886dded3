import { lowerProgram, programFor, type Backend, type Program, type ProgramSpec } from '@xcorr/compiler';
import { certify, notCertified, type Certificate } from '@xcorr/compiler/certify';
import { printGraph, printPasses, printProgram } from '@xcorr/compiler/inspect';
import { nestKeys, schedulesFrom, type Tuning } from '@xcorr/compiler/tune';
import { Option } from 'commander';
import { aboutBackends, backendOption } from '../backends/backend-option.ts';
import { backends, usualBackend, type BackendName } from '../backends/names.ts';
import { refuse } from '../backends/on-backend.ts';
import { sources } from '../backends/source.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { printJson } from '../json.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';
import { readGraphFile } from './graph-file.ts';
import { isSubject, subjectNames, subjects } from './inspect-subjects.ts';
import { example, namedSizes, parseSizes, withSizes, type Sizes } from './sizes.ts';
import { readTuningFile } from './tuning-file.ts';

export type StageName = 'graph' | 'passes' | 'loops' | 'schedule' | 'memory' | 'source';

/** The backend that a program is made for: what it is called, and itself. */
interface Made {
  readonly name: BackendName;
  readonly backend: Backend<'async'>;
  /** Lowers a spec for it, under the schedules that were given. */
  readonly program: (spec: ProgramSpec) => Program;
}

function source(spec: ProgramSpec, { name, backend, program }: Made): Promise<string> {
  const open = namedSizes(spec);
  if (backend.machine.literalSizes && open.length > 0)
    throw new CommandError(`--backend ${name} makes a program of its own for each size, and the sizes ${open.join(', ')} are open here\n  give them: ${example(open)}`);
  return sources[name](program(spec)).catch((error: unknown) => refuse(name, error));
}

const stages: Readonly<Record<StageName, (spec: ProgramSpec, made: Made) => string | Promise<string>>> = {
  graph: printGraph,
  passes: printPasses,
  loops: (spec, { program }) => printProgram(program(spec), 'loops'),
  schedule: (spec, made) => printProgram(made.program(spec), 'schedule', made.backend.machine),
  memory: (spec, { program }) => printProgram(program(spec), 'memory'),
  source,
};

export const stageNames: readonly string[] = Object.keys(stages);

export interface InspectOptions {
  readonly stage: StageName;
  /** What the program is made for. */
  readonly backend?: BackendName | undefined;
  /** Numbers for all of its named sizes. */
  readonly sizes?: Sizes | undefined;
  /** The file of a tuning, whose schedules stand in the place of those that the compiler chooses. */
  readonly tuning?: string | undefined;
  /** Proves first that every stage computes the graph as written. */
  readonly verify?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Prints a program at one stage of its compilation: one of ours by name, or a graph from a file. */
export async function inspect(program: string, { stage, backend: name = usualBackend, sizes, tuning, verify, json }: InspectOptions, { stdout, stderr }: Streams): Promise<ExitStatus> {
  const any: ProgramSpec = isSubject(program) ? subjects[program]() : await readGraphFile(program);
  const spec = sizes === undefined ? any : withSizes(any, sizes);
  const backend = backends[name]();
  const found = tuning === undefined ? undefined : await readTuningFile(tuning);
  const given = found === undefined ? {} : { schedules: schedulesFrom(found) };
  const certificate = verify === true ? certify(any, backend, { ...(sizes === undefined ? {} : { sizes }), lower: (graph, machine) => lowerProgram(graph, machine, given) }) : undefined;
  const printed = await stages[stage](spec, { name, backend, program: (each) => programFor(each, backend, given) });
  const text = printed.endsWith('\n') ? printed : `${printed}\n`;
  if (found !== undefined && tuning !== undefined) stderr.write(unused(tuning, found, nestKeys(spec, backend)));
  if (json === true) stdout.write(printJson({ command: 'inspect', program, stage, backend: name, text, ...(certificate === undefined ? {} : { certificate: certificateJson(certificate) }) }));
  else stdout.write(certificate === undefined ? text : `${printCertificate(certificate)}\n${text}`);
  return exitStatus.ok;
}

/** What must be said of a tuning that changes nothing in a program whose nests have these keys. */
function unused(file: string, { schedules }: Tuning, keys: readonly string[]): string {
  const count = Object.keys(schedules).length;
  if (count === 0) return `xcorr: ${file} holds no schedules: none was faster than those that the compiler chose\n`;
  if (keys.some((key) => Object.hasOwn(schedules, key))) return '';
  return `xcorr: ${file} holds ${counted(count, 'schedule')}, and none for a nest of this program: all are those that the compiler chose\n  tune this program, for the same backend and sizes\n`;
}

function certificateJson({ bindings, ...rest }: Certificate): object {
  return { ...rest, bindings: bindings.map((sizes) => Object.fromEntries(sizes)), notCertified };
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What was proved, in words, and what was not looked at. */
function printCertificate({ stages, elements, points, degree, questions, errorProbability, bindings }: Certificate): string {
  const sizes = bindings.map((binding) => [...binding].map(([name, value]) => `${name} = ${value}`).join(', '));
  return [
    `certified: ${stages.join(', ')}`,
    `           ${counted(elements, 'element')} at ${counted(points, 'random point')} of a prime field of 61 bits${sizes.length === 0 ? '' : `, where ${sizes.join('; ')}`}`,
    `           differences of degree ${degree}, and ${counted(questions, 'argument')} of unknown functions and divisors to be told apart:`,
    `           stages that differ are found equal with a probability below ${errorProbability.toExponential(1)}`,
    `           not looked at: ${notCertified}`,
    '',
  ].join('\n');
}

export const inspectCommand: Register = (program, streams, done) => {
  program
    .command('inspect')
    .description('print a program at one stage of its compilation')
    .argument('<program>', `${subjectNames.join(', ')}, or a file that holds a graph as text`)
    .addOption(new Option('-s, --stage <stage>', 'what to print').choices(stageNames).default('loops'))
    .addOption(backendOption('what the program is made for'))
    .option('--sizes <sizes>', 'numbers for named sizes, such as H=480,W=640: the program for these alone (default: for any)', parseSizes)
    .option('--tuning <file>', 'schedules that xcorr tune wrote, in the place of those that the compiler chooses')
    .option('--verify', 'prove first, by random evaluation in a prime field, that passes, loops and schedule compute the graph as written')
    .option('--json', 'print one JSON document, with the text in it')
    .addHelpText('after', aboutBackends)
    .addHelpText(
      'after',
      examples([
        ['xcorr inspect sobel', "the loops of Sobel's operator, for a picture of any size"],
        ['xcorr inspect book --stage source', 'the code that learns the kernel of the chapter'],
        ['xcorr inspect book --stage source --backend gpu:webgl2', 'the same as GLSL, gpu:webgpu as WGSL; no GPU is needed'],
        ['xcorr inspect sobel --stage schedule', 'how its loops run, and why'],
        ['xcorr inspect learn --verify', 'another such step, proved right'],
        ['xcorr inspect graph.txt --stage memory', 'a graph as text, from a file'],
      ]),
    )
    .action(async (name: string, options: InspectOptions) => done(await inspect(name, options, streams)));
};
