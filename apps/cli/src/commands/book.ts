import { book as printed, type Book } from '@xcorr/golden';
import { aboutBackends, backendOption } from '../backends/backend-option.ts';
import type { BackendName } from '../backends/names.ts';
import { onBackend } from '../backends/on-backend.ts';
import { chapter } from '../book/chapter.ts';
import { allHold, answers } from '../book/exercises/exercises.ts';
import { exercisesAsJson, printExercises } from '../book/exercises/report.ts';
import { agreesWithBook, chapterAsJson, printChapter } from '../book/report.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { chooseLanguage, languageNamed, languages, type Language } from '../languages/language.ts';
import { translations } from '../languages/translations.ts';
import { paintFor } from '../paint.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';

export interface BookOptions {
  readonly backend?: BackendName | undefined;
  readonly json?: boolean | undefined;
  readonly lang?: Language | undefined;
}

/**
 * Computes the chapter, prints it, and says by its status whether every number is the book's. What is printed for
 * machines is the same in every language: its keys and its texts are English.
 */
export async function book({ backend, json = false, lang = 'en' }: BookOptions, { stdout, env }: Streams, numbers: Book = printed): Promise<ExitStatus> {
  const messages = translations[json ? 'en' : lang];
  const { sections, places } = await onBackend(backend, async (opened, ranOn) => ({ sections: await chapter(numbers, messages, opened), places: ranOn() }));
  stdout.write(json ? chapterAsJson(sections, places) : printChapter(sections, messages, paintFor(stdout, env), places));
  return agreesWithBook(sections) ? exitStatus.ok : exitStatus.differs;
}

export type ExercisesOptions = Pick<BookOptions, 'backend' | 'json'>;

/** Answers the chapter's exercises by running them, prints them, and says by its status whether every check holds. */
export async function bookExercises({ backend, json = false }: ExercisesOptions, { stdout, env }: Streams, answered: typeof answers = answers): Promise<ExitStatus> {
  const { found, places } = await onBackend(backend, async (opened, ranOn) => ({ found: await answered(opened), places: ranOn() }));
  stdout.write(json ? exercisesAsJson(found, places) : printExercises(found, paintFor(stdout, env), places));
  return allHold(found) ? exitStatus.ok : exitStatus.differs;
}

/** What is printed for machines is English in any case; what a person asked to read in another language is not to be had. */
function checkEnglish(lang: string | undefined, json: boolean): void {
  const language = lang === undefined ? 'en' : languageNamed(lang);
  if (json || language === 'en') return;
  throw new CommandError(`book --exercises: the answers are written in English alone, and --lang ${language} asks for another language\n  leave --lang away, or read the chapter without --exercises`);
}

export const bookCommand: Register = (program, streams, done) => {
  program
    .command('book')
    .description('compute the chapter "Convolutions for Images" and compare every number with the book\'s')
    .addOption(backendOption())
    .option('--exercises', "answer the chapter's exercises by running them, with the code, in English")
    .option('--json', 'print the results as JSON')
    .option('--lang <language>', `the language of the text: ${languages.join(', ')} (default: that of the locale, else en)`)
    .addHelpText('after', aboutBackends)
    .addHelpText('after', examples([['xcorr book', "every number beside the book's"], ['xcorr book --lang ja', 'the same in Japanese'], ['xcorr book --backend gpu:webasm', 'computed by gpu.js'], ['xcorr book --exercises', 'the exercises, answered'], ['xcorr book --json', 'for machines']]))
    .action(async ({ lang, exercises = false, ...options }: Omit<BookOptions, 'lang'> & { readonly lang?: string; readonly exercises?: boolean }) => {
      if (exercises) checkEnglish(lang, options.json ?? false);
      done(await (exercises ? bookExercises(options, streams) : book({ ...options, lang: chooseLanguage(lang, streams.env) }, streams)));
    });
};
