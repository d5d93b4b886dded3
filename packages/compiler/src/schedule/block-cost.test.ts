import { corr2d, input, type Dimension } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { programFor } from '../compile.ts';
import type { Loop, Statement } from '../nest.ts';
import { loadsPerResult, type Block } from './block-cost.ts';
import { chooseBlock } from './choose.ts';

/** The body of the two loops over results of a filter. */
function bodyOf(height: Dimension, width: Dimension, rows: number, columns: number): { readonly body: readonly Statement[]; readonly loops: readonly [Loop, Loop] } {
  const photo = input('photo', [height, width]);
  const kernel = input('kernel', [rows, columns]);
  const [nest] = programFor({ inputs: { photo, kernel }, outputs: { y: corr2d(photo, kernel) } }, direct()).nests;
  const [row] = nest?.nest.body ?? [];
  const [column] = row?.kind === 'loop' ? row.body : [];
  if (row?.kind !== 'loop' || column?.kind !== 'loop') throw new Error('two loops over results are expected');
  return { body: column.body, loops: [row, column] };
}

const sizes: readonly (readonly [Dimension, Dimension])[] = [['H', 'W'], [300, 400]];

test.each(sizes)('%s x %s: a block of R x C results of a filter of h x w taps loads (R + h - 1) (C + w - 1) elements', (height, width) => {
  for (const [h, w] of [[3, 3], [1, 15], [15, 1], [5, 3]] as const) {
    const { body, loops } = bodyOf(height, width, h, w);
    for (const [R, C] of [[1, 1], [2, 3], [1, 4], [4, 1]] as const) expect(loadsPerResult(body, loops, [R, C])).toBe(((R + h - 1) * (C + w - 1)) / (R * C));
  }
});

test.each<readonly [h: number, w: number, block: Block]>([
  [1, 2, [2, 4]],
  [3, 3, [2, 3]],
  [5, 5, [2, 2]],
  [7, 7, [2, 2]],
  [1, 5, [1, 4]],
  [1, 15, [1, 4]],
  [15, 1, [4, 1]],
])('%d x %d taps: the block %j', (h, w, block) => {
  for (const [height, width] of sizes) {
    const { body, loops } = bodyOf(height, width, h, w);
    expect(chooseBlock(body, loops, h * w, false)).toEqual(block);
  }
});
