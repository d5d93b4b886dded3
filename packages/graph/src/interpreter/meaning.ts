import { evaluateInteger } from '../integer-value.ts';
import { binaryNames, unaryNames, type BinaryName, type BorderMode, type UnaryName } from '../primitives.ts';
import type { Shape, Size } from '../shape.ts';
import type { NodeOf, RuleTable, Tensor } from '../tensor.ts';
import { tabulate } from '../table.ts';
import { binaryMeaning, unaryMeaning } from './scalar.ts';
import { at, generate, positions, type Values } from './values.ts';

/** What the meaning of a node may ask for: the values of its operands and of its sources, and the sizes of this run. */
export interface Scope {
  readonly sizes: ReadonlyMap<string, number>;
  readonly operand: (tensor: Tensor) => Values;
  readonly source: (tensor: NodeOf<'input' | 'state'>) => Values;
}

const number = (size: Size | undefined, { sizes }: Scope): number => evaluateInteger(size ?? 0, sizes);
const shapeOf = (shape: Shape, scope: Scope): readonly number[] => shape.map((size) => number(size, scope));

function unaryRule(name: UnaryName): (node: NodeOf<UnaryName>, scope: Scope) => Values {
  return ({ inputs: [x] }, scope) => {
    const { shape, data } = scope.operand(x);
    return { shape, data: data.map(unaryMeaning[name]) };
  };
}

function binaryRule(name: BinaryName): (node: NodeOf<BinaryName>, scope: Scope) => Values {
  return ({ inputs: [a, b] }, scope) => {
    const x = scope.operand(a);
    const y = scope.operand(b);
    return generate(x.shape, (position) => binaryMeaning[name](at(x, position), at(y, position)));
  };
}

/** The elements that a reduction over some axes gathers for one position of the others. */
function* reducedOver(values: Values, axes: readonly number[], position: readonly number[]): Generator<number> {
  for (const inner of positions(axes.map((axis) => values.shape[axis] ?? 1))) {
    let outer = 0;
    yield at(values, values.shape.map((_, axis) => (axes.includes(axis) ? inner[axes.indexOf(axis)] : position[outer++]) ?? 0));
  }
}

/** The element of an axis of `size` elements that stands at an index of the extended axis, by one period of what is repeated. */
const borderSource: Readonly<Record<BorderMode, (size: number, low: number) => (index: number) => number>> = {
  edge: (size, low) => (index) => Math.min(Math.max(index - low, 0), size - 1),
  wrap: (size, low) => periodic(upTo(size), low),
  symmetric: (size, low) => periodic([...upTo(size), ...upTo(size).reverse()], low),
  reflect: (size, low) => periodic([...upTo(size), ...upTo(size).slice(1, -1).reverse()], low),
};

const upTo = (size: number): number[] => Array.from({ length: size }, (_, index) => index);

const periodic =
  (period: readonly number[], low: number) =>
  (index: number): number =>
    period.at((index - low) % period.length) ?? 0;

/** The definition of every primitive: slow and obvious, in float64. */
export const meaning: RuleTable<readonly [scope: Scope], Values> = {
  ...tabulate(unaryNames, unaryRule),
  ...tabulate(binaryNames, binaryRule),
  input: (node, scope) => scope.source(node),
  state: (node, scope) => scope.source(node),
  constant: ({ attributes: { data }, shape }, scope) => ({ shape: shapeOf(shape, scope), data }),
  size: ({ attributes: { value } }, scope) => ({ shape: [], data: Float64Array.of(number(value, scope)) }),
  select: ({ inputs: [condition, a, b] }, scope) => {
    const [c, x, y] = [scope.operand(condition), scope.operand(a), scope.operand(b)];
    return generate(c.shape, (position) => (at(c, position) !== 0 ? at(x, position) : at(y, position)));
  },
  broadcast: ({ inputs: [x], shape }, scope) => {
    const values = scope.operand(x);
    const missing = shape.length - values.shape.length;
    return generate(shapeOf(shape, scope), (position) =>
      at(values, values.shape.map((size, axis) => (size === 1 ? 0 : (position[axis + missing] ?? 0)))),
    );
  },
  reshape: ({ inputs: [x], shape }, scope) => ({ shape: shapeOf(shape, scope), data: scope.operand(x).data }),
  transpose: ({ inputs: [x], attributes: { permutation }, shape }, scope) => {
    const values = scope.operand(x);
    return generate(shapeOf(shape, scope), (position) =>
      at(values, permutation.map((_, axis) => position[permutation.indexOf(axis)] ?? 0)),
    );
  },
  flip: ({ inputs: [x], attributes: { axes }, shape }, scope) => {
    const values = scope.operand(x);
    return generate(shapeOf(shape, scope), (position) =>
      at(values, position.map((index, axis) => (axes.includes(axis) ? (values.shape[axis] ?? 1) - 1 - index : index))),
    );
  },
  slice: ({ inputs: [x], attributes: { start, step }, shape }, scope) => {
    const values = scope.operand(x);
    return generate(shapeOf(shape, scope), (position) =>
      at(values, position.map((index, axis) => number(start[axis], scope) + index * (step[axis] ?? 1))),
    );
  },
  pad: ({ inputs: [x], attributes: { low, interior, value }, shape }, scope) => {
    const values = scope.operand(x);
    return generate(shapeOf(shape, scope), (position) => {
      const source = position.map((index, axis) => (index - number(low[axis], scope)) / ((interior[axis] ?? 0) + 1));
      const inside = source.every((index, axis) => Number.isInteger(index) && index >= 0 && index < (values.shape[axis] ?? 0));
      return inside ? at(values, source) : value;
    });
  },
  extend: ({ inputs: [x], attributes: { mode, low }, shape }, scope) => {
    const values = scope.operand(x);
    const sources = values.shape.map((size, axis) => borderSource[mode](size, number(low[axis], scope)));
    return generate(shapeOf(shape, scope), (position) => at(values, position.map((index, axis) => sources[axis]?.(index) ?? 0)));
  },
  foldBack: ({ inputs: [y], attributes: { axis, mode, low }, shape }, scope) => {
    const values = scope.operand(y);
    const size = number(shape[axis], scope);
    const source = borderSource[mode](size, number(low, scope));
    const sources = Array.from({ length: values.shape[axis] ?? 0 }, (_, index) => source(index));
    return generate(shapeOf(shape, scope), (position) =>
      sources.reduce((total, target, index) => (target === position[axis] ? total + at(values, position.with(axis, index)) : total), 0),
    );
  },
  cast: ({ inputs: [x] }, scope) => scope.operand(x),
  stopGradient: ({ inputs: [x] }, scope) => scope.operand(x),
  concat: ({ inputs, attributes: { axis }, shape }, scope) => {
    const parts = inputs.map(scope.operand);
    return generate(shapeOf(shape, scope), (position) => {
      let index = position[axis] ?? 0;
      const part = parts.find((each) => {
        const size = each.shape[axis] ?? 0;
        if (index < size) return true;
        index -= size;
        return false;
      });
      return part === undefined ? Number.NaN : at(part, position.with(axis, index));
    });
  },
  take: ({ inputs: [x], attributes: { axis, map }, shape }, scope) => {
    const values = scope.operand(x);
    return generate(shapeOf(shape, scope), (position) => at(values, position.with(axis, map[position[axis] ?? 0] ?? 0)));
  },
  scatter: ({ inputs: [x], attributes: { axis, map }, shape }, scope) => {
    const values = scope.operand(x);
    return generate(shapeOf(shape, scope), (position) =>
      map.reduce((total, target, source) => (target === position[axis] ? total + at(values, position.with(axis, source)) : total), 0),
    );
  },
  windows: ({ inputs: [x], attributes: { window, strides, dilations }, shape }, scope) => {
    const values = scope.operand(x);
    const first = values.shape.length - window.length;
    return generate(shapeOf(shape, scope), (position) =>
      at(values, [
        ...position.slice(0, first),
        ...window.map((_, axis) => (position[first + axis] ?? 0) * (strides[axis] ?? 1) + (position[first + window.length + axis] ?? 0) * (dilations[axis] ?? 1)),
      ]),
    );
  },
  overlapAdd: ({ inputs: [y], attributes: { window, strides, dilations }, shape }, scope) => {
    const values = scope.operand(y);
    const first = shape.length - window.length;
    const last = values.shape.slice(first, first + window.length);
    return generate(shapeOf(shape, scope), (position) => {
      let total = 0;
      for (const u of positions(shapeOf(window, scope))) {
        const p = u.map((tap, axis) => ((position[first + axis] ?? 0) - tap * (dilations[axis] ?? 1)) / (strides[axis] ?? 1));
        if (p.every((index, axis) => Number.isInteger(index) && index >= 0 && index < (last[axis] ?? 0))) total += at(values, [...position.slice(0, first), ...p, ...u]);
      }
      return total;
    });
  },
  reduceMax: ({ inputs: [x], attributes: { axes }, shape }, scope) => {
    const values = scope.operand(x);
    return generate(shapeOf(shape, scope), (position) => {
      let largest = -Infinity;
      for (const each of reducedOver(values, axes, position)) largest = Math.max(largest, each);
      return largest;
    });
  },
  sum: ({ inputs: [x], attributes: { axes }, shape }, scope) => {
    const values = scope.operand(x);
    return generate(shapeOf(shape, scope), (position) => {
      let total = 0;
      for (const each of reducedOver(values, axes, position)) total += each;
      return total;
    });
  },
  // A padded position contributes nothing, whatever the tap; a tap of 0 contributes nothing, whatever it meets.
  correlate: ({ inputs: [x, w], attributes: { strides, padding, dilations, inputDilations, groups }, shape }, scope) => {
    const image = scope.operand(x);
    const weight = scope.operand(w);
    const [outputs = 1, perGroup = 1, ...window] = weight.shape;
    const low = padding.map(([before]) => number(before, scope));
    return generate(shapeOf(shape, scope), ([n = 0, o = 0, ...p]) => {
      const firstChannel = Math.floor(o / (outputs / groups)) * perGroup;
      let total = 0;
      for (const [c = 0, ...u] of positions([perGroup, ...window])) {
        const source = u.map((tap, axis) => ((p[axis] ?? 0) * (strides[axis] ?? 1) + tap * (dilations[axis] ?? 1) - (low[axis] ?? 0)) / (inputDilations[axis] ?? 1));
        const inside = source.every((index, axis) => Number.isInteger(index) && index >= 0 && index < (image.shape[axis + 2] ?? 0));
        const tap = at(weight, [o, c, ...u]);
        if (inside && tap !== 0) total += at(image, [n, firstChannel + c, ...source]) * tap;
      }
      return total;
    });
  },
};
