import type { Matrix } from '@xcorr/golden';
import { alignLeft, alignRight, displayWidth } from '../languages/display-width.ts';
import { english } from '../languages/english.ts';
import type { Messages } from '../languages/messages.ts';
import type { Paint } from '../paint.ts';
import { findingsOf } from './chapter.ts';
import type { Finding, Section, Value } from './finding.ts';

/** Digits after the point: as many as the book prints, 4 where it prints nothing. */
function decimals(value: Value | undefined): number {
  if (value === undefined) return 4;
  if (typeof value === 'string') return 0;
  return Math.max(...value.flat().map((element) => String(element).split('.')[1]?.length ?? 0));
}

function matrixLines(matrix: Matrix, digits: number): readonly string[] {
  // Adding 0 makes the sign of zero vanish.
  const cells = matrix.map((row) => row.map((element) => (element + 0).toFixed(digits)));
  const width = Math.max(...cells.flat().map((cell) => cell.length));
  return cells.map((row) => row.map((cell) => cell.padStart(width)).join(' '));
}

function valueLines(value: Value | undefined, digits: number, { notPrinted }: Messages): readonly string[] {
  if (value === undefined) return [notPrinted];
  return typeof value === 'string' ? [value] : matrixLines(value, digits);
}

interface Row {
  readonly what: string;
  readonly ours: readonly string[];
  readonly book: readonly string[];
  readonly agrees: boolean | undefined;
}

function rowOf({ what, ours, book, agrees }: Finding, messages: Messages): Row {
  const digits = decimals(book);
  return { what, ours: valueLines(ours, digits, messages), book: valueLines(book, digits, messages), agrees };
}

function printMark(agrees: boolean | undefined, messages: Messages, paint: Paint): string {
  if (agrees === undefined) return '';
  return agrees ? paint('green', messages.agrees) : paint('red', messages.differs);
}

function printSection(section: Section, number: number, messages: Messages, paint: Paint): string {
  const rows = section.parts.map(({ findings }) => findings.map((finding) => rowOf(finding, messages)));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(displayWidth));
  const what = widest(rows.flat().map((row) => row.what));
  const ours = widest([messages.ours, ...rows.flat().flatMap((row) => row.ours)]);
  const theirs = widest([messages.theirs, ...rows.flat().flatMap((row) => row.book)]);
  const line = (cells: readonly [string, string, string, string]): string =>
    `   ${alignLeft(cells[0], what)}   ${alignRight(cells[1], ours)}   ${alignRight(cells[2], theirs)}   ${cells[3]}`.trimEnd();
  const lines = section.parts.flatMap((part, position) => [
    ...(part.title === undefined ? [] : ['', `   ${part.title}`]),
    ...(rows[position] ?? []).flatMap((row) =>
      Array.from({ length: Math.max(row.ours.length, row.book.length) }, (_, index) =>
        line([index === 0 ? row.what : '', row.ours[index] ?? '', row.book[index] ?? '', index === 0 ? printMark(row.agrees, messages, paint) : '']),
      ),
    ),
  ]);
  const heading = paint('dim', line(['', messages.ours, messages.theirs, '']));
  return [paint('bold', `${number}  ${section.title}`), `   ${section.summary}`, '', heading, ...lines].join('\n');
}

/** The last line: whether every result is as the book prints it. */
function printVerdict(findings: readonly Finding[], messages: Messages, paint: Paint): string {
  const compared = findings.filter(({ agrees }) => agrees !== undefined).length;
  const different = findings.filter(({ agrees }) => agrees === false).length;
  return different === 0
    ? paint('green', messages.allAgree(compared))
    : paint('red', messages.someDiffer(different, compared));
}

/** The chapter as a person reads it: every result beside the book's, with its mark, and where it was computed. The sections are of the same language. */
export function printChapter(sections: readonly Section[], messages: Messages, paint: Paint, ranOn: string): string {
  const printed = sections.map((section, index) => printSection(section, index + 1, messages, paint));
  return `${[paint('bold', messages.chapter), ...printed, messages.ranOn(ranOn), printVerdict(findingsOf(sections), messages, paint)].join('\n\n')}\n`;
}

/** The same for machines, from sections in English: what the book does not print is null. */
export function chapterAsJson(sections: readonly Section[], ranOn: string): string {
  const orNull = (_key: string, value: unknown): unknown => (value === undefined ? null : value);
  return `${JSON.stringify({ title: english.chapter, ranOn, agrees: agreesWithBook(sections), sections }, orNull, 2)}\n`;
}

export function agreesWithBook(sections: readonly Section[]): boolean {
  return findingsOf(sections).every(({ agrees }) => agrees !== false);
}
