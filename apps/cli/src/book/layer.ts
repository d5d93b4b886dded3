import { compile, type Backend } from '@xcorr/compiler';
import type { Book } from '@xcorr/golden';
import { add, input } from '@xcorr/graph';
import type { LayerMessages } from '../languages/messages.ts';
import { conv2dLayer } from './conv2d-layer.ts';
import { compareMatrices, type Section } from './finding.ts';
import { rowsOf, sizeOf } from './matrix.ts';

/** The layer is run twice: between the runs its bias, which starts at 0 as in the book, is raised by 1. */
export async function layer({ corr2d: { x, k, y } }: Book, { title, summary, output, raisedOutput }: LayerMessages, backend: Backend<'async'>): Promise<Section> {
  const X = input('X', sizeOf(x));
  const { weight, bias, forward } = conv2dLayer(k);
  const program = await compile({ inputs: { X }, state: { weight, bias }, outputs: { Y: forward(X) }, updates: [[bias, add(bias, 1)]] }, backend);
  const columns = sizeOf(y)[1];
  const unbiased = rowsOf((await program.run({ X: x })).Y, columns);
  const biased = rowsOf((await program.run({ X: x })).Y, columns);
  return {
    title,
    summary,
    parts: [
      {
        findings: [
          compareMatrices(output(0), unbiased, y),
          compareMatrices(raisedOutput(1), biased, y.map((row) => row.map((value) => value + 1))),
        ],
      },
    ],
  };
}
