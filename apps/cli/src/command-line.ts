import { Command } from 'commander';
import { bookCommand } from './commands/book.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { edgesCommand } from './commands/edges.ts';
import { filterCommand } from './commands/filter.ts';
import { inspectCommand } from './commands/inspect.ts';
import { learnCommand } from './commands/learn.ts';
import { reportCommand } from './commands/report.ts';
import { stealCommand } from './commands/steal.ts';
import { tuneCommand } from './commands/tune.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { examples } from './help.ts';
import type { Register } from './registration.ts';
import type { Streams } from './streams.ts';
import { version } from './version.ts';
import { worded } from './worded.ts';

/** The commands, in the order in which the help lists them. */
const commands: readonly Register[] = [
  bookCommand,
  edgesCommand,
  filterCommand,
  learnCommand,
  stealCommand,
  inspectCommand,
  tuneCommand,
  demoCommand,
  reportCommand,
  doctorCommand,
];

const statusHelp = `
Status: ${exitStatus.ok} all is well, ${exitStatus.differs} a number is not what it should be, ${exitStatus.misuse} what was given cannot be used,
${exitStatus.fault} a fault of xcorr, 130 interrupted (Ctrl-C), 143 asked to end.
With --json, stdout of a command holds one JSON document: the result, or
{ "error": { name, message, status } }. Help and version are text in any case.
Colour is for terminals, and not where NO_COLOR is set. XCORR_TRACE=1 adds traces to faults.`;

/**
 * The command line and what each command does.
 *
 * @param done is told the status
 * @param json whether what goes wrong is left to be said as JSON
 */
export function commandLine(streams: Streams, done: (status: ExitStatus) => void, json = false): Command {
  const program = new Command('xcorr')
    .description('Image filters as symbolic graphs, compiled to fast code.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => {
        if (!json) streams.stderr.write(text);
      },
      outputError: (text, write) => write(`xcorr: ${worded(text)}`),
    });

  for (const register of commands) register(program, streams, done);

  for (const command of [program, ...program.commands]) {
    const path = command === program ? 'xcorr' : `xcorr ${command.name()}`;
    command.showHelpAfterError(`(${path} --help says more)`);
  }
  program.addHelpText('after', statusHelp).addHelpText(
    'after',
    examples([
      ['xcorr edges photo.jpg -o edges.png', 'the edges of a photograph'],
      ['xcorr filter photo.jpg -o soft.jpg -k gaussian-5', 'the photograph, smoother'],
      ['xcorr book', "the chapter, each number beside the book's"],
    ]),
  );
  return program;
}
