import { aboutBackends } from '../backends/backend-option.ts';
import { onBackend } from '../backends/on-backend.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { printJson } from '../json.ts';
import { layersComparison } from '../learn/layers-result.ts';
import type { LearnedLayers } from '../learn/learn-layers.ts';
import type { Learned } from '../learn/learn.ts';
import { anyDocument, anySummary, learnAny, prepareAny, type AnyLearned } from '../learn/learn-any.ts';
import { readLesson } from '../learn/lesson.ts';
import { curveWriter } from '../learn/loss-curve.ts';
import { optimiserNames } from '../learn/optimisers.ts';
import { aboutLearning, addLearnOptions, parseWanted, type BetweenName, type LearnOptions, type Wanted } from '../learn/options.ts';
import { checkOutputs, writeText } from '../learn/output-file.ts';
import { brief, comparison, printResult } from '../learn/result.ts';
import { progressOn } from '../progress.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';

/** Stands for standard output. */
const stream = '-';

/** Stands for every optimiser, one after the other. */
const everyOptimiser = 'all';

export interface LearnCommandOptions extends Omit<LearnOptions, 'optimiser'> {
  readonly optimiser: LearnOptions['optimiser'] | typeof everyOptimiser;
  readonly kernel: Wanted;
  readonly then?: Wanted | undefined;
  readonly activation?: BetweenName | undefined;
  readonly input?: string | undefined;
  readonly target?: string | undefined;
  readonly output?: string | undefined;
  readonly curve?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Learns the kernel that makes one image of another, writes it, and says how well it does. */
export async function learnKernel(options: LearnCommandOptions, streams: Streams): Promise<ExitStatus> {
  const { optimiser, output, curve } = options;
  if (optimiser === everyOptimiser) return compareOptimisers(options, streams);
  const printsJson = options.json === true || output === stream;
  const write = curve === undefined ? undefined : curveWriter(curve);
  const outputs = [['--output', output], ['--curve', curve]].flatMap(([option = '', path]) => (path === undefined || path === stream ? [] : [[option, path] as const]));
  await checkOutputs(outputs, [options.input, options.target].filter((path) => path !== undefined));
  const [learned] = await learnWith([optimiser], options, streams);
  if (learned === undefined) return exitStatus.ok;

  const document = printResult(anyDocument(learned));
  if (output !== undefined && output !== stream) await writeText(output, document);
  if (curve !== undefined && write !== undefined) await writeText(curve, write(learned.training.losses));
  streams.stdout.write(printsJson ? document : anySummary(learned, outputs.map(([, path]) => path)));
  return exitStatus.ok;
}

/** Learns with one optimiser after the other, and prints the steps that each needs. */
async function compareOptimisers(options: LearnCommandOptions, streams: Streams): Promise<ExitStatus> {
  for (const [name, value] of Object.entries({ lr: options.lr, momentum: options.momentum, output: options.output, curve: options.curve }))
    if (value !== undefined) throw new CommandError(`--${name} is for one optimiser, and --optimiser ${everyOptimiser} is ${optimiserNames.length}\n  name one, or leave out --${name}`);
  const all = await learnWith(optimiserNames, options, streams);
  streams.stdout.write(options.json === true ? printJson({ command: 'learn', optimisers: all.map(anyDocument) }) : compared(all));
  return exitStatus.ok;
}

function compared(all: readonly AnyLearned[]): string {
  const kernels = all.filter((each): each is Learned => each.kind === 'kernel');
  const layers = all.filter((each): each is LearnedLayers => each.kind === 'layers');
  return layers.length === 0 ? comparison(kernels) : layersComparison(layers);
}

/** One lesson, learned by each of some optimisers. */
async function learnWith(names: readonly LearnOptions['optimiser'][], options: LearnCommandOptions, streams: Streams): Promise<readonly AnyLearned[]> {
  const lesson = await readLesson(options);
  const all: AnyLearned[] = [];
  await onBackend(options.backend, async (backend) => {
    const [first = 'momentum'] = names;
    const prepared = await prepareAny(lesson, { ...options, optimiser: first });
    for (const optimiser of names) {
      const progress = progressOn(streams, options.steps, { json: options.json === true });
      all.push(await learnAny({ ...prepared, options: { ...options, optimiser } }, backend, (done, loss) => progress.show(done, `loss ${brief(loss)}`)).finally(progress.hide));
    }
  });
  return all;
}

const help = examples([
  ['xcorr learn --kernel sobel-x', 'from a part of a photograph and its edges, is it found again?'],
  ['xcorr learn --kernel gaussian-5 --whiten --optimiser all', 'how many steps does each optimiser need?'],
  ['xcorr learn --kernel sobel-x --then gaussian-3 --whiten', 'two layers from their response: one kernel, 5x5'],
  ['xcorr learn --kernel sobel-x --then gaussian-3 --activation relu --optimiser adam', 'what do they make of another picture?'],
  ['xcorr learn --input x.npy --target y.npy --kernel 1x2 -o kernel.json', 'what made the second of the first? Keep the kernel'],
  ['xcorr filter photo.png -o soft.png -k box-3 --show as-is', 'a picture, and one that is made of it by a kernel'],
  ['xcorr learn --input photo.png --target soft.png --kernel 3x3 -o soft.json', 'which one was it?'],
  ['xcorr filter photo.png -o again.png -k soft.json', 'use it'],
]);

export const learnCommand: Register = (program, streams, done) => {
  const command = program
    .command('learn')
    .description('learn the kernel that makes one image of another')
    .option('--input <file>', 'the image that the kernel sees (default, for a kernel with a name: a part of a photograph)')
    .option('--target <file>', 'what the kernel is to make of it')
    .requiredOption('--kernel <size or kernel>', "the kernel's size, such as 3x3; or the kernel that makes the target: a name, taps, or a JSON file", parseWanted);
  addLearnOptions(command, [everyOptimiser])
    .option('-o, --output <file>', 'where to write the kernel and the loss curve, as JSON; - is standard output')
    .option('--curve <file>', 'where to write the loss curve: .csv (a table) or .svg (a picture)')
    .option('--json', 'print the kernel and the loss curve as one JSON document instead of lines')
    .addHelpText('after', `${aboutLearning}\n${aboutBackends}\n${help}`)
    .action(async (options: LearnCommandOptions) => done(await learnKernel(options, streams)));
};
