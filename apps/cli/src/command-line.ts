import { Command, Option } from 'commander';
import { book } from './commands/book.ts';
import { demo } from './commands/demo.ts';
import { edges, type EdgesOptions } from './commands/edges.ts';
import { inspect, stageNames, type StageName } from './commands/inspect.ts';
import { subjectNames } from './commands/inspect-subjects.ts';
import { filters } from './edges/filter.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import type { Streams } from './streams.ts';
import { version } from './version.ts';

const edgesHelp = `
Kernels:
  ${filters.map(({ name, about }) => `${name.padEnd(14)} ${about}`).join('\n  ')}

The picture's brightness (BT.601 luma) is correlated with the kernel. Nothing is invented
beyond the border, so the result is smaller than the picture by the kernel's size less one.

Of an edge kernel the response is shown, 0 as black (absolute) or as mid-grey (signed).
White is the response that one element in a hundred exceeds, and at least a quarter of the
strongest (--scale picture), or the largest response that the kernel can give to any picture
(--scale kernel), which makes pictures comparable. The response of a smoothing or sharpening
kernel is shown as it is.

PNG, JPEG and WebP are read and written. EXIF orientation is applied, transparent parts are
composited over white.`;

/** The command line and what each command does; `done` is told the status. */
export function commandLine(streams: Streams, done: (status: ExitStatus) => void): Command {
  const program = new Command('xcorr')
    .description('Image filters as symbolic graphs, compiled to fast code.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'xcorr: ')),
    });

  program
    .command('book')
    .description('compute the chapter "Convolutions for Images" and compare every number with the book\'s')
    .option('--json', 'print the results as JSON')
    .action((options: { readonly json?: boolean }) => done(book(options, streams)));

  program
    .command('edges')
    .description('find the edges of a picture, or filter it with another named kernel')
    .argument('<picture>', 'a PNG, JPEG or WebP file')
    .requiredOption('-o, --output <file>', 'where to write the result; the ending says in which format')
    .option('-k, --kernel <name>', 'what to correlate with', 'sobel')
    .addOption(new Option('--show <what>', 'how to show the response of an edge kernel (default: absolute)').choices(['absolute', 'signed']))
    .addOption(new Option('--scale <to>', 'what is white (default: picture)').choices(['picture', 'kernel']))
    .addHelpText('after', edgesHelp)
    .action(async (path: string, options: EdgesOptions) => done(await edges(path, options, streams)));

  program
    .command('inspect')
    .description('print a program at one stage of its compilation')
    .argument('<program>', `${subjectNames.join(', ')}, or a file that holds a graph as text`)
    .addOption(new Option('-s, --stage <stage>', 'what to print').choices(stageNames).default('loops'))
    .action(async (program: string, options: { readonly stage: StageName }) => done(await inspect(program, options, streams)));

  program
    .command('demo')
    .description('run the book, then find the edges of a photograph')
    .option('-o, --output <folder>', 'where to write the pictures', 'xcorr-demo')
    .action(async (options: { readonly output: string }) => done(await demo(options, streams)));

  for (const command of [program, ...program.commands]) {
    const path = command === program ? 'xcorr' : `xcorr ${command.name()}`;
    command.showHelpAfterError(`(${path} --help says more)`);
  }
  program.addHelpText('after', `\nStatus: ${exitStatus.ok} all is well, ${exitStatus.differs} a number differs from the book's, ${exitStatus.misuse} what was given cannot be used, ${exitStatus.fault} a fault of xcorr.`);
  return program;
}
