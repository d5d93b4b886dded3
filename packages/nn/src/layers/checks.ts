import { labelOf, printInteger, printShape, ShapeError, ValueError, type Layout, type Shape, type Size, type Tensor } from '@xcorr/graph';

/** A whole number of at least 1. */
export function checkCount(value: number, name: string, operation: string): number {
  if (!Number.isSafeInteger(value) || value < 1) throw new ValueError(`${operation}: ${name} ${value} is not a whole number of at least 1`);
  return value;
}

/** A window: one number for both axes, or height and width. */
export function checkWindow(window: number | readonly [number, number], name: string, operation: string): readonly [number, number] {
  const [height, width, ...more]: readonly number[] = typeof window === 'number' ? [window, window] : (window ?? []);
  if (height === undefined || width === undefined || more.length > 0) throw new ValueError(`${operation}: the ${name} needs two sizes, height and width`);
  return [checkCount(height, `the ${name}'s size`, operation), checkCount(width, `the ${name}'s size`, operation)];
}

export function checkLayout(layout: Layout, operation: string): Layout {
  if (layout !== 'NCHW' && layout !== 'NHWC') throw new ValueError(`${operation}: there is no layout ${JSON.stringify(layout)}; the layouts are "NCHW", "NHWC"`);
  return layout;
}

/** An error about what a layer is applied to. */
export function inputError(title: string, text: string, x: Tensor, axes: string, mend: string): ShapeError {
  const label = labelOf(x);
  return new ShapeError(`${title}: ${text}\n  input  ${printShape(x.shape)}  ${axes}${label === undefined ? '' : `  ${label}`}\n  ${mend}`);
}

/**
 * The number of input channels: as given, else as the input has them.
 *
 * @throws ShapeError when the input has others, or a named number of them.
 */
export function channelsOf(title: string, x: Tensor, axes: string, channels: Size | undefined, inputs: number | undefined, what = 'channels'): number {
  if (inputs !== undefined) {
    if (channels === inputs) return inputs;
    throw inputError(title, `the input has ${printInteger(channels ?? 0)} ${what}, the layer is made for ${inputs}`, x, axes, `give an input of ${inputs} ${what}, or leave out inputs: it is taken from the input`);
  }
  if (typeof channels === 'number') return channels;
  throw inputError(title, `the number of ${what} is the named size ${printInteger(channels ?? 0)}`, x, axes, 'parameters have literal sizes: give inputs, or an input with a literal number of them');
}

/** The elements of a shape whose sizes are numbers. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function checkRank(title: string, x: Tensor, axes: string): Shape {
  const rank = axes.split(' ').length;
  if (x.shape.length !== rank) throw inputError(title, `an input of rank ${x.shape.length}, and rank ${rank} is expected`, x, `not ${axes}`, `reshape it to ${axes}`);
  return x.shape;
}
