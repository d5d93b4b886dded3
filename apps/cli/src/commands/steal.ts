import { InvalidArgumentError, Option } from 'commander';
import { aboutBackends, backendOption } from '../backends/backend-option.ts';
import type { BackendName } from '../backends/names.ts';
import { onBackend } from '../backends/on-backend.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { optimiserNames } from '../learn/optimisers.ts';
import { checkOutputs, writeText } from '../learn/output-file.ts';
import { stream } from '../pictures/jobs.ts';
import { readSource } from '../pictures/picture-io.ts';
import { parseCount } from '../pictures/picture-options.ts';
import type { Register } from '../registration.ts';
import type { Size } from '../steal/pair.ts';
import { printStolen, stolenDocument, summary } from '../steal/result.ts';
import { steal, type StealOptions } from '../steal/steal.ts';
import type { Streams } from '../streams.ts';

export interface StealCommandOptions extends StealOptions {
  readonly backend?: BackendName | undefined;
  readonly output?: string | undefined;
  readonly pixelLimit?: number | undefined;
  readonly json?: boolean | undefined;
}

/** Finds the filter between two photographs, writes it, and says how well it does. */
export async function stealFilter(names: readonly [before: string, after: string], options: StealCommandOptions, streams: Streams): Promise<ExitStatus> {
  const { output, backend: asked } = options;
  if (asked?.startsWith('gpu') === true) throw new CommandError(`--backend ${asked}: filters are found in float64, and gpu.js computes in float32 alone\n  leave --backend out, or take closures`);
  if (names.every((name) => name === stream)) throw new CommandError('both photographs are to come from standard input, which holds one\n  name a file for one of them');
  const file = output === stream ? undefined : output;
  if (file !== undefined) await checkOutputs([['--output', file]], names.filter((name) => name !== stream));
  const [first, second] = names;
  const before = { name: first, picture: await readSource(first, streams, options.pixelLimit) };
  const after = { name: second, picture: await readSource(second, streams, options.pixelLimit) };
  const text = await onBackend(options.backend, async (backend, ranOn) => {
    const stolen = await steal(before, after, options, backend);
    const document = printStolen(stolenDocument(stolen, ranOn()));
    if (file !== undefined) await writeText(file, document);
    return options.json === true || output === stream ? document : summary(stolen, ranOn(), file);
  });
  streams.stdout.write(text);
  return exitStatus.ok;
}

/** What a Gram matrix of all taps of a photograph is made of within a minute or so: along the border it is of products of each with each. */
const most = { taps: 441, side: 31 } as const;

/** @throws InvalidArgumentError, which the command line reports. */
function parseSize(text: string): Size {
  const [, rows, columns = rows] = /^\s*(\d{1,9})\s*(?:[x×*]\s*(\d{1,9})\s*)?$/iu.exec(text) ?? [];
  const size: Size = [Number(rows), Number(columns)];
  if (rows === undefined || size.some((side) => side < 1)) throw new InvalidArgumentError('Give rows and columns, such as 7x7 or 1x3.');
  if (size[0] * size[1] > most.taps || Math.max(...size) > most.side) throw new InvalidArgumentError(`At most ${most.taps} taps are sought, such as 21x21, and ${most.side} a side.`);
  return size;
}

/** Each step leaves a number. */
const mostSteps = 1_000_000;

/** @throws InvalidArgumentError, which the command line reports. */
function parseSteps(text: string): number {
  const steps = parseCount(text);
  if (steps > mostSteps) throw new InvalidArgumentError(`At most ${mostSteps} steps are made.`);
  return steps;
}

const about = `
AFTER is taken for a filter of BEFORE: a correlation with one kernel, and with --bias a number that
is added. Of all kernels of the size, the one with the least squared error is found. Both pictures
have one size; AFTER's border is left out then, where a window reaches beyond BEFORE. Or AFTER has
no border and is smaller by the kernel's size less one. Of colours one kernel serves all three
channels; where one picture has no colours, the brightness of both is compared.

Samples of AFTER that are 0 or 255 are left out: a result may have been cut off there. Where they
are more than half, they are kept. What is said of the errors is for the others, in grey levels from
0 to 255. "explains" is 1 less the squared errors by AFTER's variance: 100 % where AFTER is
BEFORE, filtered, and less the more was done to it besides.

All is computed in float64, which --backend js and closures do.

--optimiser solve, the default, solves for the kernel: the squared error is quadratic in it. The
others make steps from the identity, in one call: pictures are swept over once, and a
step costs the same whatever their size. nesterov and momentum come near to the least error in
thousands of steps, sgd in many more: neighbours in a photograph are alike.`;

const help = examples([
  ['xcorr steal photo.png soft.png -o soft.json', 'which filter made the second of the first? Keep it'],
  ['xcorr filter other.png -o soft-too.png -k soft.json --border reflect', 'use it'],
  ['xcorr steal photo.png embossed.png --kernel 3x3 --bias', 'a filter with mid-grey added'],
  ['xcorr steal photo.png moved.png --kernel 15x15 --json', 'a blur by motion, for machines'],
]);

export const stealCommand: Register = (program, streams, done) => {
  program
    .command('steal')
    .description('find the filter that turns one photograph into another')
    .argument('<before>', 'the photograph as it was; - is standard input')
    .argument('<after>', 'the same, filtered')
    .addOption(new Option('--kernel <rows>x<columns>', "the filter's size").argParser(parseSize).default([7, 7], '7x7'))
    .addOption(new Option('--optimiser <name>', 'how the kernel is found').choices(['solve', ...optimiserNames]).default('solve'))
    .option('--steps <n>', 'how many steps an optimiser makes', parseSteps, 5000)
    .option('--bias', 'find a number that is added to every element, too')
    .option('-o, --output <file>', 'where to write the filter, as JSON that xcorr filter reads; - is standard output')
    .option('--pixel-limit <count>', 'the most elements (width x height) of a picture that is decoded (default: 100 million)', parseCount)
    .addOption(backendOption())
    .option('--json', 'print the filter and its errors as one JSON document instead of lines')
    .addHelpText('after', `${about}\n${aboutBackends}\n${help}`)
    .action(async (before: string, after: string, options: StealCommandOptions) => done(await stealFilter([before, after], options, streams)));
};
