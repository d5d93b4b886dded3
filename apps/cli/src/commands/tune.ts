import { cpus } from 'node:os';
import { closures } from '@xcorr/backend-closures';
import { js } from '@xcorr/backend-js';
import type { Backend } from '@xcorr/compiler';
import { serialiseTuning, tune, type NestReport, type Tuning } from '@xcorr/compiler/tune';
import { InvalidArgumentError, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { whileComputing } from '../interruption.ts';
import { printJson } from '../json.ts';
import { checkOutputs, writeText } from '../learn/output-file.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';
import { readGraphFile } from './graph-file.ts';
import { isSubject, subjectNames, subjects } from './inspect-subjects.ts';
import { example, namedSizes, parseSizes, type Sizes } from './sizes.ts';

/** Backends that run on this thread, which is what is measured. */
const tuned: Readonly<Record<'js' | 'closures', () => Backend<'sync'>>> = { js, closures };

export interface TuneCommandOptions {
  readonly backend: keyof typeof tuned;
  /** Numbers for named sizes: those at which the program is measured. */
  readonly sizes?: Sizes | undefined;
  /** How long the search goes on, about. */
  readonly milliseconds: number;
  readonly rounds: number;
  readonly output?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Looks for schedules that are faster than the chosen ones, and writes them. */
export async function tuneProgram(program: string, options: TuneCommandOptions, { stdout }: Streams): Promise<ExitStatus> {
  const { backend, sizes, milliseconds, rounds, output, json } = options;
  if (output !== undefined) await checkOutputs([['--output', output]], isSubject(program) ? [] : [program]);
  const spec = isSubject(program) ? subjects[program]() : await readGraphFile(program);
  const open = namedSizes(spec).filter((name) => sizes?.has(name) !== true);
  if (open.length > 0) throw new CommandError(`the sizes ${open.join(', ')} are open, and a program is measured at some\n  give them: ${example(namedSizes(spec))}`);
  const machine = `${cpus()[0]?.model.trim() ?? process.arch}, ${process.platform}, Node ${process.version}`;
  const tuning = await whileComputing(() => tune(spec, tuned[backend](), { machine, milliseconds, rounds, ...(sizes === undefined ? {} : { sizes }) }));
  if (output !== undefined) await writeText(output, serialiseTuning(tuning));
  stdout.write(json === true ? printJson({ command: 'tune', program, ...tuning }) : summary(tuning, output));
  return exitStatus.ok;
}

const time = (milliseconds: number): string => (milliseconds < 0.1 ? `${(1000 * milliseconds).toPrecision(3)} us` : `${milliseconds.toPrecision(3)} ms`);

function nestLines({ nest, chosen, tuned: found, milliseconds, tried }: NestReport): readonly string[] {
  const head = `${nest}: ${tried} ${tried === 1 ? 'schedule' : 'schedules'} tried`;
  if (found === chosen) return [`${head}, none faster than the chosen one: ${time(milliseconds.chosen)}`];
  return [`${head}, ${time(milliseconds.chosen)} becomes ${time(milliseconds.tuned)}`, `  chosen  ${chosen}`, `  found   ${found}`];
}

function summary({ backend, machine, schedules, report }: Tuning, output: string | undefined): string {
  const { chosen, tuned: after } = report.milliseconds;
  const kept = Object.keys(schedules).length;
  const whole = kept > 0 ? `the program: ${time(chosen)} becomes ${time(after)}` : `the program: ${time(chosen)} by the chosen schedules, which are kept`;
  return [
    ...report.nests.flatMap(nestLines),
    `${whole} (${backend}, ${machine})`,
    ...(report.ended === 'time spent' ? ['its time was spent before all was tried; --milliseconds gives it more'] : []),
    ...(output === undefined ? [] : [`wrote ${output}`]),
    '',
  ].join('\n');
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new InvalidArgumentError('Give a whole number of at least 1.');
  return Number(text);
}

export const tuneCommand: Register = (program, streams, done) => {
  program
    .command('tune')
    .description('look for faster schedules of a program by running it')
    .argument('<program>', `${subjectNames.join(', ')}, or a file that holds a graph as text`)
    .addOption(new Option('--backend <name>', 'where to run').choices(Object.keys(tuned)).default('js'))
    .option('--sizes <sizes>', 'numbers for named sizes, such as H=480,W=640: where it is measured', parseSizes)
    .addOption(new Option('--milliseconds <count>', 'how long to look, about').argParser(parseCount).default(10_000))
    .addOption(new Option('--rounds <count>', 'samples of each schedule, of which the median counts').argParser(parseCount).default(9))
    .option('-o, --output <file>', 'where to write what is found, as JSON')
    .option('--json', 'print it as one JSON document instead of lines')
    .addHelpText(
      'after',
      examples([
        ['xcorr tune sobel --sizes H=1080,W=1920 -o tuning.json', 'the schedules that are fastest here, for pictures about so large'],
        ['xcorr inspect sobel --stage schedule --tuning tuning.json', 'the program as it then runs'],
      ]),
    )
    .action(async (name: string, options: TuneCommandOptions) => done(await tuneProgram(name, options, streams)));
};
