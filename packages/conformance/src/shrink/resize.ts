import {
  binary,
  binaryNames,
  broadcast,
  cast,
  concat,
  constant,
  correlate,
  extend,
  flip,
  input,
  literalShape,
  NdArray,
  overlapAdd,
  pad,
  reduceMax,
  reshape,
  select,
  ShapeError,
  slice,
  state,
  stopGradient,
  sum,
  tabulate,
  take,
  transpose,
  unary,
  unaryNames,
  applyRule,
  windows,
  type BinaryName,
  type NodeOf,
  type RuleTable,
  type Size,
  type Tensor,
  type UnaryName,
} from '@xcorr/graph';
import { nodesOf, type Case } from '../case.ts';
import { withRoots } from './surgery.ts';

/** One literal size that becomes another wherever it stands. */
interface Resizing {
  readonly by: (operand: Tensor) => Tensor;
  readonly size: (size: Size) => Size;
}

/** The first elements of an array on every axis, under another shape. */
function cropped({ shape, data }: Pick<NdArray, 'shape' | 'data'>, to: readonly number[]): NdArray {
  const target = data.slice(0, to.reduce((product, size) => product * size, 1));
  for (let position = 0; position < target.length; position++) {
    let [rest, offset, stride] = [position, 0, 1];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      offset += (rest % (to[axis] ?? 1)) * stride;
      rest = Math.floor(rest / (to[axis] ?? 1));
      stride *= shape[axis] ?? 1;
    }
    target[position] = data[offset] ?? 0;
  }
  return new NdArray(to, target);
}

function croppedValues(node: Tensor, data: Float64Array, { size }: Resizing): NdArray {
  const shape = literalShape(node.shape);
  const target = literalShape(node.shape.map(size));
  if (shape === undefined || target === undefined) throw new ShapeError('a state or constant of named size');
  return cropped({ shape, data }, target);
}

/** Each primitive made anew over operands of other sizes, by the rule that made it. */
const again: RuleTable<readonly [resizing: Resizing], Tensor> = {
  ...tabulate(unaryNames, (name: UnaryName) => ({ inputs: [x] }: NodeOf<UnaryName>, { by }: Resizing) => unary(name, by(x))),
  ...tabulate(binaryNames, (name: BinaryName) => ({ inputs: [a, b] }: NodeOf<BinaryName>, { by }: Resizing) => binary(name, by(a), by(b))),
  input: ({ attributes: { name, storage }, shape, dtype }, { size }) => input(name, shape.map(size), { dtype, storage }),
  state: (node, resizing) => state(node.attributes.name, croppedValues(node, node.attributes.initial, resizing), { dtype: node.dtype }),
  constant: (node, resizing) => constant(croppedValues(node, node.attributes.data, resizing), { dtype: node.dtype }),
  size: (node) => node,
  select: ({ inputs: [condition, a, b] }, { by }) => select(by(condition), by(a), by(b)),
  broadcast: ({ inputs: [x], shape }, { by, size }) => broadcast(by(x), shape.map(size)),
  reshape: ({ inputs: [x], shape }, { by, size }) => reshape(by(x), shape.map(size)),
  transpose: ({ inputs: [x], attributes: { permutation } }, { by }) => transpose(by(x), permutation),
  flip: ({ inputs: [x], attributes: { axes } }, { by }) => flip(by(x), axes),
  slice: ({ inputs: [x], attributes: { start, stop, step } }, { by, size }) => slice(by(x), { start, stop: stop.map(size), step }),
  pad: ({ inputs: [x], attributes }, { by }) => pad(by(x), attributes),
  extend: ({ inputs: [x], attributes }, { by }) => extend(by(x), attributes),
  foldBack: (node, { by }) => (by(node.inputs[0]) === node.inputs[0] ? node : refuse()),
  cast: ({ inputs: [x], dtype }, { by }) => cast(by(x), dtype),
  stopGradient: ({ inputs: [x] }, { by }) => stopGradient(by(x)),
  concat: ({ inputs, attributes: { axis } }, { by }) => concat(inputs.map(by), axis),
  take: ({ inputs: [x], attributes: { axis, map } }, { by }) => take(by(x), map, axis),
  scatter: (node, { by }) => (by(node.inputs[0]) === node.inputs[0] ? node : refuse()),
  windows: ({ inputs: [x], attributes: { window, ...options } }, { by, size }) => windows(by(x), window.map(size), options),
  overlapAdd: ({ inputs: [x], attributes: { size: extents, ...options } }, { by, size }) => overlapAdd(by(x), extents.map(size), options),
  reduceMax: ({ inputs: [x], attributes: { axes } }, { by }) => reduceMax(by(x), { axes }),
  sum: ({ inputs: [x], attributes: { axes } }, { by }) => sum(by(x), { axes }),
  correlate: ({ inputs: [x, w], attributes }, { by }) => correlate(by(x), by(w), attributes),
};

function refuse(): never {
  throw new ShapeError('this node cannot be made anew');
}

/**
 * The case with every axis of one literal size cropped to another, or undefined where an operation does not allow it.
 */
export function resized(test: Case, from: number, to: number): Case | undefined {
  const size = (each: Size): Size => (each === from ? to : each);
  const done = new Map<Tensor, Tensor>();
  const by = (tensor: Tensor): Tensor => done.get(tensor) ?? tensor;
  try {
    for (const node of [...test.inputs, ...test.states, ...nodesOf(test)]) if (!done.has(node)) done.set(node, applyRule(again, node, { by, size }));
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
  const inputs = test.inputs.map(by).filter((each) => each.primitive === 'input');
  const states = test.states.map(by).filter((each) => each.primitive === 'state');
  const updates = test.updates.flatMap(({ state: before, next }) => {
    const after = by(before);
    return after.primitive === 'state' ? [{ state: after, next }] : [];
  });
  const runs = test.runs.map((run) =>
    Object.fromEntries(
      Object.entries(run).map(([name, array]) => {
        const shape = inputs.find((each) => each.attributes.name === name)?.shape ?? array.shape;
        return [name, cropped(array, array.shape.map((size, axis) => (typeof shape[axis] === 'number' ? shape[axis] : size)))] as const;
      }),
    ),
  );
  return withRoots({ ...test, states, updates, runs }, by, inputs);
}

/** The literal sizes above 1 that inputs, states and constants of a case have. */
export function sizesOf(test: Case): readonly number[] {
  const sizes = nodesOf(test).flatMap((node) => (node.inputs.length === 0 ? node.shape.filter((size) => typeof size === 'number') : []));
  return [...new Set(sizes)].filter((size) => size > 1).sort((a, b) => b - a);
}
