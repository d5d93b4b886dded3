import { compile, type Backend } from '@xcorr/compiler';
import type { Book } from '@xcorr/golden';
import { corr2d, grad, input, ones, slice, sum, type NdArray, type Tensor } from '@xcorr/graph';
import type { ReceptiveFieldMessages } from '../languages/messages.ts';
import { compareText, type Section } from './finding.ts';
import { rowsOf } from './matrix.ts';

/** The sides of the smallest box that holds every element which is not 0, as `rows x columns`. */
function extent(gradient: NdArray): string {
  const rows = rowsOf(gradient, gradient.shape[1] ?? 1);
  const seen = rows.flatMap((row, i) => row.flatMap((value, j) => (value === 0 ? [] : [{ i, j }])));
  const side = (indices: readonly number[]): number => Math.max(...indices) - Math.min(...indices) + 1;
  return `${side(seen.map(({ i }) => i))} x ${side(seen.map(({ j }) => j))}`;
}

/**
 * An element's receptive field is what its gradient reaches. All taps are 1, so nothing cancels, and the input is
 * wider than any field, so nothing is cut off.
 */
export async function receptiveField({ receptiveField: { layers, onFirst, onInput } }: Book, messages: ReceptiveFieldMessages, backend: Backend<'async'>): Promise<Section> {
  const reach = layers.reduce((total, { kernel: [rows, columns] }) => total + Math.max(rows, columns), 0);
  const X = input('X', [2 * reach, 2 * reach]);
  const maps: Tensor[] = [];
  for (const { kernel } of layers) maps.push(corr2d(maps.at(-1) ?? X, ones(kernel)));
  const [first = X] = maps;
  const last = maps.at(-1) ?? X;
  const element = sum(slice(last, { start: [1, 1], stop: [2, 2] }));
  const [ofFirst, ofInput] = grad(element, [first, X]);
  const program = await compile({ inputs: { X }, outputs: { ofFirst, ofInput } }, backend);
  const gradients = await program.run({ X: Array.from({ length: 2 * reach }, () => Array.from({ length: 2 * reach }, () => 1)) });
  return {
    title: messages.title,
    summary: messages.summary,
    parts: [
      {
        findings: [
          compareText(messages.onFirst, extent(gradients.ofFirst), onFirst.join(' x ')),
          compareText(messages.onInput, extent(gradients.ofInput), onInput.join(' x ')),
        ],
      },
    ],
  };
}
