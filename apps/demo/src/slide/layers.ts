import { constant, convolve2d, corr2d, input, interpret, literalShape, type Tensor, type Values } from '@xcorr/graph';
import type { Matrix } from '../page/matrix-text.ts';
import type { SlideState } from './state.ts';

/** The input, or what a layer makes of it. */
export type FeatureMap = { readonly tensor: Tensor; readonly values: Matrix; readonly rows: number; readonly columns: number };

/** The output size of a layer along an axis, and what it follows from: floor((size + 2 padding - dilation (taps - 1) - 1) / stride) + 1. */
export type AxisSize = { readonly size: number; readonly taps: number; readonly padding: number; readonly dilation: number; readonly stride: number; readonly result: number };

/** The layers whose window fits: map 0 is the input, map i what layer i makes of map i - 1. */
export type Layers = {
  readonly maps: readonly FeatureMap[];
  /** The first layer whose window does not fit, with the axes of its output. */
  readonly misfit: { readonly layer: number; readonly rows: AxisSize; readonly columns: AxisSize } | undefined;
};

export function axisSize(size: number, taps: number, { padding, dilation, stride }: Pick<SlideState, 'padding' | 'dilation' | 'stride'>): AxisSize {
  return { size, taps, padding, dilation, stride, result: Math.floor((size + 2 * padding - dilation * (taps - 1) - 1) / stride) + 1 };
}

/** The axes of what a layer makes of a map of this shape: rows, columns. */
export function outputAxes([rows = 0, columns = 0]: readonly number[], state: SlideState): readonly [AxisSize, AxisSize] {
  return [axisSize(rows, state.kernel.length, state), axisSize(columns, state.kernel[0]?.length ?? 0, state)];
}

/** Computes every map by the reference interpreter, in double precision. */
export function layersOf(state: SlideState): Layers {
  const kernel = constant(state.kernel, { dtype: 'float64' });
  const layer = state.flip ? convolve2d : corr2d;
  const X = input('X', [state.input.length, state.input[0]?.length ?? 0], { dtype: 'float64' });
  const tensors = [X];
  let last = X;
  let misfit: Layers['misfit'];
  for (let at = 1; at <= state.layers && misfit === undefined; at++) {
    const [rows, columns] = outputAxes(literalShape(last.shape) ?? [], state);
    if (rows.result < 1 || columns.result < 1) misfit = { layer: at, rows, columns };
    else {
      last = layer(last, kernel, { strides: state.stride, padding: state.padding, dilations: state.dilation });
      tensors.push(last);
    }
  }
  const maps = interpret(tensors, { X: state.input }).flatMap((values, at) => {
    const tensor = tensors[at];
    return tensor === undefined ? [] : [mapOf(tensor, values)];
  });
  return { maps, misfit };
}

function mapOf(tensor: Tensor, { shape: [rows = 0, columns = 0], data }: Values): FeatureMap {
  return { tensor, rows, columns, values: Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * columns, (row + 1) * columns))) };
}
