import { book } from '@xcorr/golden';
import type { Matrix } from '../page/matrix-text.ts';

/** An element of a layer's output: layers count from 1, rows and columns from 0. */
export type Element = { readonly layer: number; readonly row: number; readonly column: number };

/** All that the tab shows follows from this. Every layer has the same kernel and settings. */
export type SlideState = {
  readonly input: Matrix;
  readonly kernel: Matrix;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  /** Whether the kernel is flipped first: strict convolution. */
  readonly flip: boolean;
  readonly layers: number;
  /** The shaded element. Where the layers have no such element, `shadedOf` says which is shown in its place. */
  readonly shaded: Element;
};

export const initial: SlideState = {
  input: book.corr2d.x,
  kernel: book.corr2d.k,
  stride: 1,
  padding: 0,
  dilation: 1,
  flip: false,
  layers: 1,
  shaded: { layer: 1, row: 0, column: 0 },
};

/** The settings that are whole numbers, each with the least and the most it can be. */
export const settings = {
  stride: { least: 1, most: 4 },
  padding: { least: 0, most: 4 },
  dilation: { least: 1, most: 4 },
  layers: { least: 1, most: 4 },
} as const;

export type Setting = keyof typeof settings;

export const settingNames = ['stride', 'padding', 'dilation', 'layers'] as const satisfies readonly Setting[];

/** The most rows, and columns, of a matrix. */
export const mostOf = { input: 12, kernel: 5 } as const;

export type Operand = keyof typeof mostOf;

/** The largest magnitude of an element: what four layers make of it is far from overflow. */
export const largest = 1e6;

export function isAllowed(setting: Setting, value: number): boolean {
  const { least, most } = settings[setting];
  return Number.isInteger(value) && value >= least && value <= most;
}

export function isMatrixAllowed(operand: Operand, matrix: Matrix): boolean {
  const [rows, columns] = [matrix.length, matrix[0]?.length ?? 0];
  return rows >= 1 && columns >= 1 && Math.max(rows, columns) <= mostOf[operand] && matrix.flat().every((each) => Math.abs(each) <= largest);
}

/** The state with another setting; as it is where the value is none. */
export function withSetting(state: SlideState, setting: Setting, value: number): SlideState {
  return isAllowed(setting, value) ? { ...state, [setting]: value } : state;
}

/** The state with one element of a matrix changed. */
export function withElement(state: SlideState, operand: Operand, row: number, column: number, value: number): SlideState {
  const matrix = state[operand].map((each, at) => (at === row ? each.with(column, value) : each));
  return isMatrixAllowed(operand, matrix) ? { ...state, [operand]: matrix } : state;
}

/** The state with a matrix of another size: what there was stays, and new elements go on counting from the last one. */
export function withSize(state: SlideState, operand: Operand, rows: number, columns: number): SlideState {
  const old = state[operand];
  let next = Math.max(-1, ...old.flat().map(Math.floor));
  const matrix = Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => old[row]?.[column] ?? Math.min(largest, ++next)));
  return isMatrixAllowed(operand, matrix) ? { ...state, [operand]: matrix } : state;
}
