import { book as printed, type Book } from '@xcorr/golden';
import { chapter } from '../book/chapter.ts';
import { agreesWithBook, chapterAsJson, printChapter } from '../book/report.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { paintFor } from '../paint.ts';
import type { Streams } from '../streams.ts';

/** Computes the chapter, prints it, and says by its status whether every number is the book's. */
export function book(options: { readonly json?: boolean | undefined }, { stdout, env }: Streams, numbers: Book = printed): ExitStatus {
  const sections = chapter(numbers);
  stdout.write(options.json === true ? chapterAsJson(sections) : printChapter(sections, paintFor(stdout, env)));
  return agreesWithBook(sections) ? exitStatus.ok : exitStatus.differs;
}
