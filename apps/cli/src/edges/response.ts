import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { input, type NdArray } from '@xcorr/graph';
import { grey, toValues, type Picture } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import type { Filter } from './filter.ts';

export interface Response {
  /** [H', W'] */
  readonly values: NdArray;
  /** Milliseconds from the graph to code that can run. */
  readonly compiled: number;
  /** Milliseconds of the one run. */
  readonly ran: number;
}

/**
 * What the filter answers to the picture's brightness.
 *
 * @throws CommandError when the picture is smaller than the kernel.
 */
export function respond(picture: Picture, filter: Filter): Response {
  const [rows, columns] = filter.size;
  if (picture.height < rows || picture.width < columns)
    throw new CommandError(`the picture is ${picture.width} x ${picture.height}, ${filter.name} needs at least ${columns} x ${rows}\n  give a larger picture, or take a smaller kernel`);
  const values = toValues(picture);
  const start = performance.now();
  const X = input('picture', values.shape);
  const program = compile({ inputs: { X }, outputs: { response: filter.respond(picture.channels === 1 ? X : grey(X)) } }, js());
  const built = performance.now();
  const { response } = program.run({ X: values });
  return { values: response, compiled: built - start, ran: performance.now() - built };
}
