import type { PlaceNote } from '../compute/choose-place.ts';
import type { PictureProblem } from '../compute/read-picture.ts';
import type { Range } from './strong-response.ts';

/** Why nothing was found, as data: the page finds the words. */
export type Problem =
  | PictureProblem
  | { readonly kind: 'kernel-outreaches'; readonly rows: number; readonly columns: number; readonly height: number; readonly width: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** How a result came about. */
export type Facts = {
  /** Of the elements, in milliseconds: programs alone. */
  readonly run: number;
  /** What compiling took; undefined where the program was kept. */
  readonly compile: number | undefined;
  /** Where it really ran, as the program says itself. */
  readonly ranOn: string;
  readonly notes: readonly PlaceNote[];
  /** In units of bytes; of Canny's edges there is none. */
  readonly range: Range | undefined;
  /** Elements of Canny's edges. */
  readonly edges: number | undefined;
};

export type Opened = { readonly kind: 'opened'; readonly width: number; readonly height: number } | Failed | Cancelled;

/** What was found is on the surfaces when this is said. */
export type Found = { readonly kind: 'found'; readonly facts: Facts } | Failed | Cancelled;

/** Of a picture of a camera, which is on the surfaces, before and after. */
export type FoundInFrame = { readonly kind: 'found'; readonly width: number; readonly height: number; readonly facts: Facts } | Failed | Cancelled;

/** Of a small matrix: rows of numbers by the names of what was computed. */
export type FoundNumbers = { readonly kind: 'found'; readonly values: Readonly<Record<string, readonly (readonly number[])[]>>; readonly facts: Facts } | Failed | Cancelled;

export type Failed = { readonly kind: 'failed'; readonly problem: Problem };
export type Cancelled = { readonly kind: 'cancelled' };

export const cancelled: Cancelled = { kind: 'cancelled' };

export function failed(problem: Problem): Failed {
  return { kind: 'failed', problem };
}

export function failure(error: unknown): Failed {
  return failed({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}
