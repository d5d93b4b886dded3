import { borderModes, broadcast, concat, elementCount, extend, flip, literalShape, overlapAdd, pad, reshape, slice, take, times, transpose, windows, type Shape, type Size, type Tensor } from '@xcorr/graph';
import { elementwiseRecipes } from './elementwise-recipes.ts';
import { over, type Bench, type Recipe } from './bench.ts';

type MovementName = 'broadcast' | 'reshape' | 'transpose' | 'flip' | 'slice' | 'pad' | 'extend' | 'concat' | 'take' | 'windows' | 'overlapAdd';

const hasAxes = (tensor: Tensor): boolean => tensor.shape.length > 0;
const axesOf = (tensor: Tensor): readonly number[] => tensor.shape.map((_, axis) => axis);

/** Some axes of a tensor, at least one. */
export function someAxes(tensor: Tensor, { random }: Bench): readonly number[] {
  const axes = axesOf(tensor);
  return random.shuffled(axes).slice(0, random.integer(1, axes.length)).sort((a, b) => a - b);
}

/** Another shape of as many elements: two axes merged, one split, or unit axes put in. */
function reshaped(shape: Shape, { random }: Bench): Shape {
  const axis = random.integer(0, Math.max(0, shape.length - 1));
  const size = shape[axis] ?? 1;
  const next = shape[axis + 1];
  const [before, behind] = [shape.slice(0, axis), shape.slice(axis + 1)];
  const divisor = typeof size === 'number' ? [2, 3, 4, 5].filter((each) => size % each === 0 && each < size) : [];
  const choices: Shape[] = [[...before, 1, size, ...behind].slice(0, shape.length === 0 ? 1 : undefined)];
  if (next !== undefined) choices.push([...before, times(size, next), ...behind.slice(1)]);
  for (const each of divisor) if (typeof size === 'number') choices.push([...before, each, size / each, ...behind]);
  const units = shape.filter((each) => each !== 1);
  if (units.length < shape.length) choices.push(units);
  return random.pick(choices);
}

/** One side of a pad: crops where enough is left. */
function extent(size: number, { random }: Bench): number {
  return random.integer(size > 2 ? -1 : 0, 2);
}

/** The tensor with borders, now and then of more elements than it has itself. */
export function extendedAtRandom(x: Tensor, { random }: Bench): Tensor {
  const amounts = (): number[] => x.shape.map(() => (random.chance(0.6) ? random.integer(0, random.chance(0.2) ? 6 : 2) : 0));
  return extend(x, { mode: random.pick(borderModes), low: amounts(), high: amounts() });
}

function padded(x: Tensor, bench: Bench): Tensor {
  const { random } = bench;
  const touched = (make: (size: Size) => number): number[] => x.shape.map((size) => (random.chance(0.6) ? make(size) : 0));
  return pad(x, {
    low: touched((size) => extent(bench.sizeOf(size), bench)),
    high: touched((size) => extent(bench.sizeOf(size), bench)),
    interior: random.chance(0.5) ? touched(() => random.integer(0, 2)) : [],
    value: random.pick([0, 0, 1, -0.5, 2]),
  });
}

/** A window that fits the last axes, with its strides and dilations. */
function windowOver(x: Tensor, bench: Bench): { readonly window: readonly number[]; readonly strides: readonly number[]; readonly dilations: readonly number[] } {
  const { random } = bench;
  const axes = x.shape.slice(x.shape.length - random.integer(1, Math.min(2, x.shape.length)));
  const window = axes.map((size) => random.integer(1, Math.min(3, bench.sizeOf(size))));
  return {
    window,
    strides: axes.map(() => random.integer(1, 3)),
    dilations: axes.map((size, axis) => random.integer(1, (window[axis] ?? 1) * 2 <= bench.sizeOf(size) ? 2 : 1)),
  };
}

/** Tensors that stand behind one another: another that fits, or parts of the same, as borders are made. */
function joined(x: Tensor, bench: Bench): Tensor {
  const { random } = bench;
  const axis = random.pick(axesOf(x));
  const other = bench.find((each) => each.shape.length === x.shape.length && each.shape.every((size, at) => at === axis || size === x.shape[at]));
  const start = x.shape.map(() => 0);
  const edge = slice(x, { stop: x.shape.map((size, at) => (at === axis ? 1 : size)) });
  const parts = [x, flip(x, [axis]), other ?? x, edge, slice(x, { start: start.with(axis, bench.sizeOf(x.shape[axis]) - 1) })];
  return concat(random.chance(0.3) ? [edge, x, flip(x, [axis])] : [random.pick(parts), x, ...(random.chance(0.3) ? [random.pick(parts)] : [])], axis);
}

/** How each movement comes into a graph. */
export const movementRecipes: Readonly<Record<MovementName, Recipe>> = {
  broadcast: over((x, { random }) => {
    const expanded = x.shape.map((size) => (size === 1 && random.chance(0.7) ? random.integer(2, 4) : size));
    return broadcast(x, random.chance(0.6) && x.shape.length < 5 ? [random.integer(1, 3), ...expanded] : expanded);
  }),
  reshape: over((x, bench) => reshape(x, reshaped(x.shape, bench))),
  transpose: over((x, { random }) => transpose(x, random.chance(0.3) ? undefined : random.shuffled(axesOf(x))), (x) => x.shape.length > 1),
  flip: over((x, bench) => flip(x, someAxes(x, bench)), hasAxes),
  slice: over((x, bench) => {
    const { random } = bench;
    const start = x.shape.map((size) => (random.chance(0.5) ? random.integer(0, Math.min(2, bench.sizeOf(size) - 1)) : 0));
    const stop = x.shape.map((size, axis) => (random.chance(0.3) && bench.sizeOf(size) - (start[axis] ?? 0) > 1 ? -1 : size));
    return slice(x, { start, stop, step: x.shape.map(() => random.pick([1, 1, 2, 3])) });
  }, hasAxes),
  pad: over(padded, hasAxes),
  extend: over(extendedAtRandom, hasAxes),
  concat: over(joined, hasAxes),
  take: over((x, { random }) => {
    const literal = axesOf(x).filter((axis) => typeof x.shape[axis] === 'number');
    if (literal.length === 0) return undefined;
    const axis = random.pick(literal);
    const size = Number(x.shape[axis]);
    return take(x, Array.from({ length: random.integer(1, size + 2) }, () => random.integer(-size, size - 1)), axis);
  }, hasAxes),
  windows: over((x, bench) => {
    const { window, ...options } = windowOver(x, bench);
    return windows(x, window, options);
  }, (x) => hasAxes(x) && x.shape.length <= 3),
  // The windows of a tensor, changed by an element-wise operation, laid over one another again.
  overlapAdd: over((x, bench) => {
    const { window, ...options } = windowOver(x, bench);
    const opened = windows(x, window, options);
    const name = bench.random.pick(['neg', 'abs', 'add', 'mul', 'select'] as const);
    const changed = elementwiseRecipes[name]({ ...bench, find: () => opened, partner: () => bench.constant(opened.shape.map((size) => (typeof size === 'number' && bench.random.chance(0.5) ? size : 1))) });
    const source = changed === undefined || !('primitive' in changed) || changed.shape.length !== opened.shape.length ? opened : changed;
    return overlapAdd(source, x.shape.slice(x.shape.length - window.length), options);
  }, (x) => hasAxes(x) && x.shape.length <= 3),
};

/** The elements of a tensor under a literal shape: cut, or filled up behind, where there are more or fewer. */
export function poured(x: Tensor, shape: readonly number[], value: number): Tensor | undefined {
  const have = elementCount(x.shape);
  const want = shape.reduce((product, size) => product * size, 1);
  if (literalShape(x.shape) === undefined || typeof have !== 'number') return undefined;
  const flat = reshape(x, [have]);
  return reshape(have >= want ? slice(flat, { stop: [want] }) : pad(flat, { high: [want - have], value }), shape);
}
