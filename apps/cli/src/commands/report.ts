import { join, resolve } from 'node:path';
import type { Backend } from '@xcorr/compiler';
import { book } from '@xcorr/golden';
import { aboutBackends } from '../backends/backend-option.ts';
import { onBackend, type RanOn } from '../backends/on-backend.ts';
import { chapter } from '../book/chapter.ts';
import { agreesWithBook } from '../book/report.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { isFolder } from '../files/identity.ts';
import { examples } from '../help.ts';
import { printJson } from '../json.ts';
import { translations } from '../languages/translations.ts';
import { anyDocument, anySummary, learnAny, prepareAny } from '../learn/learn-any.ts';
import { readLesson, type Lesson } from '../learn/lesson.ts';
import { aboutLearning, addLearnOptions, parseWanted, type BetweenName, type LearnOptions, type Wanted } from '../learn/options.ts';
import { checkOutputs, writeText } from '../learn/output-file.ts';
import { brief } from '../learn/result.ts';
import { checkFolder, makeFolder } from '../pictures/folder.ts';
import { progressOn } from '../progress.ts';
import type { Register } from '../registration.ts';
import { edgesOfPhotograph } from '../report/edges-of-photograph.ts';
import { lessonPictures, otherPictures } from '../report/lesson-pictures.ts';
import { page, verdict, type PageContents } from '../report/page.ts';
import type { Streams } from '../streams.ts';
import { version } from '../version.ts';

export interface ReportOptions extends LearnOptions {
  readonly output: string;
  readonly kernel?: Wanted | undefined;
  readonly then?: Wanted | undefined;
  readonly activation?: BetweenName | undefined;
  readonly input?: string | undefined;
  readonly target?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Computes the chapter, finds the edges of the photograph, learns a kernel, and writes a page about it all. */
export async function report(options: ReportOptions, streams: Streams): Promise<ExitStatus> {
  await checkFolder(options.output);
  const path = join(options.output, 'index.html');
  if (await isFolder(options.output)) await checkOutputs([['--output', path]], [options.input, options.target].filter((each) => each !== undefined));
  const lesson = await readLesson({ ...options, kernel: options.kernel ?? usualKernel(options) });

  const contents = await onBackend(options.backend, (backend, ranOn) => computed(lesson, options, { backend, ranOn }, streams));
  const { messages, sections, learned } = contents;
  const text = page(contents);
  // Not before all is well: what fails leaves no folder behind.
  await makeFolder(options.output);
  await writeText(path, text);
  streams.stdout.write(
    options.json === true
      ? printJson({ command: 'report', agrees: agreesWithBook(sections), ...anyDocument(learned), written: resolve(path) })
      : `chapter   ${verdict(sections, messages)}\n${anySummary(learned, [path])}`,
  );
  return agreesWithBook(sections) ? exitStatus.ok : exitStatus.differs;
}

/** Computes all that the page shows. */
async function computed(lesson: Lesson, options: ReportOptions, { backend, ranOn }: { readonly backend: Backend<'async'>; readonly ranOn: RanOn }, streams: Streams): Promise<PageContents> {
  const messages = translations.en;
  const sections = await chapter(book, messages, backend);
  const progress = progressOn(streams, options.steps, { json: options.json === true });
  const learned = await learnAny(await prepareAny(lesson, options), backend, (done, loss) => progress.show(done, `loss ${brief(loss)}`)).finally(progress.hide);
  const edges = await edgesOfPhotograph(backend);
  return { messages, sections, edges, learned, pictures: await lessonPictures(learned), others: await otherPictures(learned), versions: [...versions(), ['ran on', ranOn()]] };
}

/** Sobel's horizontal kernel is learned where nothing else is asked for, and of a target a kernel of its size. */
function usualKernel({ target }: ReportOptions): Wanted {
  return target === undefined ? { kind: 'kernel', text: 'sobel-x' } : { kind: 'size', size: [3, 3] };
}

function versions(): readonly (readonly [string, string])[] {
  return [
    ['xcorr', version()],
    ['Node.js', `${process.version}, V8 ${process.versions.v8}`],
    ['system', `${process.platform} ${process.arch}`],
  ];
}

const help = examples([
  ['xcorr report -o report', 'the chapter, the edges of a photograph, and a kernel learned from it'],
  ['xcorr report -o report --kernel gabor-7 --noise 0.01', 'the same, of another kernel, and a target with noise'],
  ['xcorr report -o report --kernel sobel-x --then gaussian-3 --whiten', 'the same, of two layers'],
  ['xcorr report -o report --input x.npy --target y.npy --kernel 5x5', 'the same with images of yours'],
]);

export const reportCommand: Register = (program, streams, done) => {
  const command = program
    .command('report')
    .description('write a page with the chapter, the edges of a photograph, and a kernel that was learned')
    .requiredOption('-o, --output <folder>', 'where to write index.html; the folder is made where it is missing')
    .option('--input <file>', "the image that the kernel sees (default: a part of a photograph)")
    .option('--target <file>', 'what the kernel is to make of it')
    .option('--kernel <size or kernel>', "the kernel's size, or the kernel that makes the target (default: sobel-x; of a target 3x3)", parseWanted);
  addLearnOptions(command)
    .option('--json', 'print one JSON document instead of lines')
    .addHelpText('after', `\nThe page stands alone: pictures, plots and style are inside, it has no scripts and asks for nothing.\n${aboutLearning}\n${aboutBackends}\n${help}`)
    .action(async (options: ReportOptions) => done(await report(options, streams)));
};
