import type { PictureProblem } from '../compute/read-picture.ts';
import type { Size } from './work/pair.ts';

/** [width, height] */
export type Sides = readonly [number, number];

/** Why there is no filter, as data: the page finds the words. */
export type Problem =
  | PictureProblem
  | { readonly kind: 'sizes'; readonly before: Sides; readonly after: Sides; readonly kernel: Size; /** The kernel that would lead from one to the other. */ readonly leading?: Size }
  | { readonly kind: 'kernel-too-large'; readonly kernel: Size; readonly before: Sides }
  | { readonly kind: 'flat' }
  | { readonly kind: 'too-few'; readonly unknowns: number; readonly samples: number }
  | { readonly kind: 'failed'; readonly reason: string };
