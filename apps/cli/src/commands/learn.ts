import { aboutBackends } from '../backends/backend-option.ts';
import { onBackend } from '../backends/on-backend.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { learn } from '../learn/learn.ts';
import { curveWriter } from '../learn/loss-curve.ts';
import { aboutLearning, addLearnOptions, parseKernelSize, type LearnOptions } from '../learn/options.ts';
import { checkOutputs, writeText } from '../learn/output-file.ts';
import { readValues } from '../learn/read-values.ts';
import { brief, printResult, resultDocument, summary } from '../learn/result.ts';
import { progressOn } from '../progress.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';

/** Stands for standard output. */
const stream = '-';

export interface LearnCommandOptions extends LearnOptions {
  readonly input: string;
  readonly target: string;
  readonly output?: string | undefined;
  readonly curve?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Learns the kernel that makes one image of another, writes it, and says how well it does. */
export async function learnKernel(options: LearnCommandOptions, streams: Streams): Promise<ExitStatus> {
  const { output, curve } = options;
  const printsJson = options.json === true || output === stream;
  const write = curve === undefined ? undefined : curveWriter(curve);
  const outputs = [['--output', output], ['--curve', curve]].flatMap(([option = '', path]) => (path === undefined || path === stream ? [] : [[option, path] as const]));
  await checkOutputs(outputs, [options.input, options.target]);
  const lesson = { input: await readValues(options.input), target: await readValues(options.target) };

  const progress = progressOn(streams, options.steps, { json: options.json === true });
  const told = (done: number, loss: number): void => progress.show(done, `loss ${brief(loss)}`);
  const learned = await onBackend(options.backend, (backend) => learn(lesson, options, backend, told)).finally(progress.hide);

  const document = printResult(resultDocument(learned));
  if (output !== undefined && output !== stream) await writeText(output, document);
  if (curve !== undefined && write !== undefined) await writeText(curve, write(learned.training.losses));
  streams.stdout.write(printsJson ? document : summary(learned, outputs.map(([, path]) => path)));
  return exitStatus.ok;
}

const help = examples([
  ['xcorr learn --input x.npy --target y.npy --kernel 1x2 -o kernel.json', 'what made the second of the first? Keep the kernel'],
  ['xcorr filter photo.png -o soft.png -k box-3 --show as-is', 'a picture, and one that is made of it by a kernel'],
  ['xcorr learn --input photo.png --target soft.png --kernel 3x3 -o soft.json', 'which one was it?'],
  ['xcorr filter photo.png -o again.png -k soft.json', 'use it'],
]);

export const learnCommand: Register = (program, streams, done) => {
  const command = program
    .command('learn')
    .description('learn the kernel that makes one image of another')
    .requiredOption('--input <file>', 'the image that the kernel sees')
    .requiredOption('--target <file>', 'what the kernel is to make of it')
    .requiredOption('--kernel <rows>x<columns>', "the kernel's size, such as 3x3", parseKernelSize);
  addLearnOptions(command)
    .option('-o, --output <file>', 'where to write the kernel and the loss curve, as JSON; - is standard output')
    .option('--curve <file>', 'where to write the loss curve: .csv (a table) or .svg (a picture)')
    .option('--json', 'print the kernel and the loss curve as one JSON document instead of lines')
    .addHelpText('after', `${aboutLearning}\n${aboutBackends}\n${help}`)
    .action(async (options: LearnCommandOptions) => done(await learnKernel(options, streams)));
};
