import type { Matrix } from '@xcorr/golden';

/** A result as it is printed: rows of numbers, or a text. */
export type Value = Matrix | string;

/** One result of ours beside the book's. */
export interface Finding {
  readonly what: string;
  readonly ours: Value;
  /** Undefined where the book prints nothing. */
  readonly book: Value | undefined;
  /** Undefined where there is nothing to agree with. */
  readonly agrees: boolean | undefined;
}

/** Findings that belong together, such as those of one training run. */
export interface Part {
  readonly title?: string;
  readonly findings: readonly Finding[];
}

/** One section of the chapter. */
export interface Section {
  readonly title: string;
  /** What the section shows, in a sentence. */
  readonly summary: string;
  readonly parts: readonly Part[];
}

/** A text beside the book's: they agree when they are the same. */
export function compareText(what: string, ours: string, book: string): Finding {
  return { what, ours, book, agrees: ours === book };
}

/** A matrix beside the book's: they agree when no element is further off than the tolerance, which is shown. */
export function compareMatrices(name: string, ours: Matrix, book: Matrix | undefined, tolerance = 0): Finding {
  const what = tolerance === 0 ? name : `${name} \u00B1 ${tolerance.toExponential(0)}`;
  if (book === undefined) return { what, ours, book, agrees: undefined };
  const agrees =
    ours.length === book.length &&
    ours.every((row, i) => row.length === book[i]?.length && row.every((value, j) => Math.abs(value - (book[i]?.[j] ?? Number.NaN)) <= tolerance));
  return { what, ours, book, agrees };
}
