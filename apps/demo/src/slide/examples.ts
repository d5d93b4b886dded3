import { book } from '@xcorr/golden';
import { initial, type SlideState } from './state.ts';

export const exampleNames = ['book', 'edges', 'padding', 'stacked', 'dilated'] as const;

export type ExampleName = (typeof exampleNames)[number];

const counting = Array.from({ length: 7 }, (_, row) => Array.from({ length: 7 }, (_, column) => row * 7 + column));
const vertical = [[1, 0, -1], [2, 0, -2], [1, 0, -1]];

export const examples: Readonly<Record<ExampleName, SlideState>> = {
  book: initial,
  edges: { ...initial, input: book.edge.x, kernel: book.edge.k, shaded: { layer: 1, row: 0, column: 1 } },
  padding: { ...initial, padding: 1 },
  stacked: { ...initial, input: counting, kernel: vertical, layers: 2, shaded: { layer: 2, row: 1, column: 1 } },
  dilated: { ...initial, input: counting, kernel: vertical, stride: 2, dilation: 2 },
};

/** The example whose input, kernel and settings a state has, whichever element is shaded. */
export function exampleOf(state: SlideState): ExampleName | undefined {
  const text = textOf(state);
  return exampleNames.find((name) => textOf(examples[name]) === text);
}

function textOf({ input, kernel, stride, padding, dilation, flip, layers }: SlideState): string {
  return JSON.stringify([input, kernel, stride, padding, dilation, flip, layers]);
}
