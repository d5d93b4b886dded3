import { book as printed, type Book } from '@xcorr/golden';
import { chapter } from '../book/chapter.ts';
import { agreesWithBook, chapterAsJson, printChapter } from '../book/report.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { chooseLanguage, languages, type Language } from '../languages/language.ts';
import { translations } from '../languages/translations.ts';
import { paintFor } from '../paint.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';

export interface BookOptions {
  readonly json?: boolean | undefined;
  readonly lang?: Language | undefined;
}

/**
 * Computes the chapter, prints it, and says by its status whether every number is the book's. What is printed for
 * machines is the same in every language: its keys and its texts are English.
 */
export function book({ json = false, lang = 'en' }: BookOptions, { stdout, env }: Streams, numbers: Book = printed): ExitStatus {
  const messages = translations[json ? 'en' : lang];
  const sections = chapter(numbers, messages);
  stdout.write(json ? chapterAsJson(sections) : printChapter(sections, messages, paintFor(stdout, env)));
  return agreesWithBook(sections) ? exitStatus.ok : exitStatus.differs;
}

export const bookCommand: Register = (program, streams, done) => {
  program
    .command('book')
    .description('compute the chapter "Convolutions for Images" and compare every number with the book\'s')
    .option('--json', 'print the results as JSON')
    .option('--lang <language>', `the language of the text: ${languages.join(', ')} (default: that of the locale, else en)`)
    .addHelpText('after', examples([['xcorr book', "every number beside the book's"], ['xcorr book --lang ja', 'the same in Japanese'], ['xcorr book --json', 'for machines']]))
    .action(({ json, lang }: { readonly json?: boolean; readonly lang?: string }) => done(book({ json, lang: chooseLanguage(lang, streams.env) }, streams)));
};
