import { CommandError } from '../command-error.ts';
import type { ImageValues } from './read-values.ts';

/** `valid`: windows lie inside the image. `same`: beyond the border are zeros, and there is a result for each element; the odd one is at the end. */
export type PaddingName = 'valid' | 'same';

/** [rows, columns] */
export type Size = readonly [number, number];

/** How a kernel of this size leads from the input to the target. */
export interface Fit {
  readonly padding: PaddingName;
  readonly input: Size;
  readonly kernel: Size;
  readonly target: Size;
  /** The zeros before the first row and the first column. */
  readonly low: Size;
}

export function sizeOf({ values }: ImageValues): Size {
  const [rows = 0, columns = 0] = values.shape;
  return [rows, columns];
}

export function equalSizes(a: Size, b: Size): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** The size of the result of each padding; undefined where the kernel is larger than the image. */
function resultSizes([rows, columns]: Size, [tall, wide]: Size): Readonly<Record<PaddingName, Size | undefined>> {
  return {
    valid: rows < tall || columns < wide ? undefined : [rows - tall + 1, columns - wide + 1],
    same: [rows, columns],
  };
}

/** [low, high] zeros of `same` are as equal as can be, the odd one at the end: TensorFlow's convention. */
function zerosBefore(window: number): number {
  return Math.floor((window - 1) / 2);
}

/**
 * Which padding leads from the input to the target: the one asked for, or else the one that fits. Of a kernel of one
 * tap both are the same, and it is called valid.
 *
 * @throws CommandError when none does; it says which sizes would.
 */
export function fit(input: ImageValues, target: ImageValues, kernel: Size, asked?: PaddingName): Fit {
  const [from, to] = [sizeOf(input), sizeOf(target)];
  const sizes = resultSizes(from, kernel);
  const candidates: readonly PaddingName[] = asked === undefined ? ['valid', 'same'] : [asked];
  const padding = candidates.find((name) => {
    const size = sizes[name];
    return size !== undefined && equalSizes(size, to);
  });
  if (padding === undefined) throw misfit(input, target, kernel, sizes, asked);
  return { padding, input: from, kernel, target: to, low: padding === 'same' ? [zerosBefore(kernel[0]), zerosBefore(kernel[1])] : [0, 0] };
}

function misfit(input: ImageValues, target: ImageValues, kernel: Size, sizes: Readonly<Record<PaddingName, Size | undefined>>, asked: PaddingName | undefined): CommandError {
  const [from, to] = [sizeOf(input), sizeOf(target)];
  const shown = [`[${from.join(', ')}]`, `[${to.join(', ')}]`];
  const width = Math.max(...shown.map((text) => text.length));
  const line = (role: string, text: string | undefined, { name }: ImageValues): string => `  ${role}   ${(text ?? '').padEnd(width)}  H W   ${name}`;
  const fitting = (['valid', 'same'] as const).flatMap((name) => (sizes[name] === undefined || (asked !== undefined && asked !== name) ? [] : [`[${sizes[name].join(', ')}] (${name})`]));
  const [rows, columns] = [from[0] - to[0] + 1, from[1] - to[1] + 1];
  const advice = [
    fitting.length === 0 ? 'the kernel is larger than the input, so that no target would fit' : `a target of ${fitting.join(' or ')} would fit`,
    ...(rows >= 1 && columns >= 1 && !equalSizes([rows, columns], kernel) ? [`to this target leads a kernel of ${rows}x${columns}`] : []),
    ...(asked === undefined || !(['valid', 'same'] as const).some((name) => name !== asked && sizes[name] !== undefined && equalSizes(sizes[name], to)) ? [] : ["or leave --padding out: the target's size says which it is"]),
  ];
  return new CommandError(
    [`a ${kernel.join(' x ')} kernel${asked === undefined ? '' : ` with --padding ${asked}`} does not lead from the input to a target of this size`, line('input ', shown[0], input), line('target', shown[1], target), `  ${advice.join('; ')}`].join('\n'),
  );
}
