import { CompileError, literalShape, NdArray } from '@xcorr/graph';
import { arrayOf } from './memory-space.ts';
import type { Slot } from './session.ts';

/**
 * Arrays that the program owns, one for each slot, made when they are first looked at: write feeds into those of
 * inputs, read results from those of outputs, and nothing is allocated from run to run.
 *
 * @throws CompileError when a slot has named sizes: there is no one array for all of them.
 */
export function createViews(slots: readonly Slot[], role: 'input' | 'output'): Record<string, NdArray> {
  const made = new Map<string, NdArray>();
  const views: Record<string, NdArray> = {};
  for (const { buffer, name } of slots)
    Object.defineProperty(views, name, {
      enumerable: true,
      get: () => {
        const known = made.get(name);
        if (known !== undefined) return known;
        const shape = literalShape(buffer.shape);
        if (shape === undefined) throw new CompileError(`the ${role} ${JSON.stringify(name)} has named sizes, so the program owns no array for it; feed arrays of your own`);
        const view = new NdArray(shape, new arrayOf[buffer.storage](shape.reduce((product, size) => product * size, 1)));
        made.set(name, view);
        return view;
      },
    });
  return views;
}
