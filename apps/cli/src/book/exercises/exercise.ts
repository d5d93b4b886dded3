import type { Backend } from '@xcorr/compiler';
import type { Matrix } from '@xcorr/golden';
import type { Value } from '../finding.ts';

/** What an expression of the code gives. */
export interface Result {
  readonly what: string;
  readonly value: Value;
}

/** A claim of the answer, held against what was computed. */
export interface Check {
  readonly claim: string;
  readonly holds: boolean;
  /** What was computed instead; undefined where the claim holds. */
  readonly found: string | undefined;
}

/** An exercise of the chapter, answered. All texts are English. */
export interface Answer {
  /** As the chapter counts: the exercise, and its part. */
  readonly number: string;
  readonly question: string;
  /** The program that a reader would write. Every result is one of its expressions. */
  readonly code: string;
  readonly results: readonly Result[];
  readonly answer: string;
  readonly checks: readonly Check[];
}

/** Answers an exercise by running it on a backend. */
export type Exercise = (backend: Backend<'async'>) => Promise<Answer>;

/** A claim that holds or not, with what speaks against it. */
export function check(claim: string, holds: boolean, found: string): Check {
  return { claim, holds, found: holds ? undefined : found };
}

/** The claim that a matrix is another, to within a tolerance an element. */
export function checkEqual(claim: string, ours: Matrix, expected: Matrix, tolerance = 0): Check {
  return check(claim, ours.length === expected.length && firstDifference(ours, expected, tolerance) === undefined, firstDifference(ours, expected, tolerance) ?? `${ours.length} rows, not ${expected.length}`);
}

function firstDifference(ours: Matrix, expected: Matrix, tolerance: number): string | undefined {
  for (const [i, row] of expected.entries()) {
    const length = ours[i]?.length ?? 0;
    if (length !== row.length) return `${length} elements in row ${i}, not ${row.length}`;
    for (const [j, value] of row.entries()) {
      const found = ours[i]?.[j] ?? Number.NaN;
      // Written so that NaN differs from every number.
      if (!(Math.abs(found - value) <= tolerance)) return `element [${i}, ${j}] is ${shortly(found)}, not ${shortly(value)}`;
    }
  }
  return undefined;
}

/** A number as it is said in a sentence. */
export function shortly(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A matrix whose elements a rule of their row and column gives. */
export function matrixOf(rows: number, columns: number, element: (row: number, column: number) => number): Matrix {
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => element(row, column)));
}

export function transposed(matrix: Matrix): Matrix {
  return matrixOf(matrix[0]?.length ?? 0, matrix.length, (row, column) => matrix[column]?.[row] ?? Number.NaN);
}

export function negated(matrix: Matrix): Matrix {
  return matrix.map((row) => row.map((value) => 0 - value));
}
