import { reflected } from '../integer.ts';
import { binaryNames, unaryNames } from '../primitives.ts';
import { literalShape, type Shape, type Size } from '../shape.ts';
import { tabulate } from '../table.ts';
import type { NodeOf, RuleTable } from '../tensor.ts';
import { ascending, upTo } from './positions.ts';
import type { Box, Positions, Region } from './region.ts';
import { reshaped } from './reshaped.ts';

/**
 * Where tensors end. `clipped`: where they do, and a border is made of what it repeats. `unclipped`: nowhere; a pad and a
 * border are shifts, and what stands in them is read as if the picture went on.
 */
export type Ends = 'clipped' | 'unclipped';

/** What an element reads is known where all sizes are numbers: a graph is specialised before it is asked. */
export function literal(shape: Shape): readonly number[] {
  const sizes = literalShape(shape);
  if (sizes === undefined) throw new TypeError('positions of a tensor of named size');
  return sizes;
}

const number = (size: Size | undefined): number => literal([size ?? 0])[0] ?? 0;

/** Each position of a set, mapped to one position or to none. */
function mapped(set: Positions | undefined, map: (position: number) => number | undefined): Positions {
  return ascending((set ?? []).flatMap((position) => map(position) ?? []));
}

/** All a + b. */
function sums(a: Positions, b: Positions): Positions {
  return ascending(a.flatMap((x) => b.map((y) => x + y)));
}

/** p where position = p * distance, and none between. */
function undilated(position: number, distance: number): number | undefined {
  return position % distance === 0 ? position / distance : undefined;
}

/** Every choice of one entry of each list. */
function choices<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>((all, list) => all.flatMap((chosen) => list.map((each) => [...chosen, each])), [[]]);
}

const own = (box: Box): Region => [box];

/** What an element of a reduction gathers: all of the axes that vanish. */
function gathered({ inputs: [x], attributes: { axes } }: NodeOf<'sum' | 'reduceMax'>, box: Box): readonly Region[] {
  let kept = 0;
  return [[literal(x.shape).map((size, axis) => (axes.includes(axis) ? upTo(size) : (box[kept++] ?? [])))]];
}

/**
 * For each operand of a node, the elements that those of a box of its result are made of. A set of positions, not a bound:
 * strides and dilations leave holes. What is read counts whatever its value: a tap of 0 reads, and so do the operand that
 * `select` does not choose and the smaller one of `max`. What is multiplied with a padded position alone is not read.
 */
export const reads: RuleTable<readonly [box: Box, ends: Ends], readonly Region[]> = {
  ...tabulate(unaryNames, () => (_: unknown, box: Box) => [own(box)]),
  ...tabulate(binaryNames, () => (_: unknown, box: Box) => [own(box), own(box)]),
  input: () => [],
  state: () => [],
  constant: () => [],
  size: () => [],
  select: (_, box) => [own(box), own(box), own(box)],
  cast: (_, box) => [own(box)],
  stopGradient: (_, box) => [own(box)],

  // x[0] wherever a unit axis repeats
  broadcast: ({ inputs: [x], shape }, box) => {
    const missing = shape.length - x.shape.length;
    return [[x.shape.map((size, axis) => (size === shape[axis + missing] ? (box[axis + missing] ?? []) : [0]))]];
  },
  reshape: ({ inputs: [x], shape }, box) => [reshaped(box, literal(shape), literal(x.shape))],
  transpose: ({ attributes: { permutation } }, box) => [[permutation.map((_, axis) => box[permutation.indexOf(axis)] ?? [])]],
  // x[size - 1 - i]
  flip: ({ attributes: { axes }, shape }, box) => [[box.map((set, axis) => (axes.includes(axis) ? mapped(set, (i) => number(shape[axis]) - 1 - i) : set))]],
  // x[start + i * step]
  slice: ({ attributes: { start, step } }, box) => [[box.map((set, axis) => mapped(set, (i) => number(start[axis]) + i * (step[axis] ?? 1)))]],
  // x[(i - low) / (interior + 1)], where that is whole
  pad: ({ attributes: { low, interior } }, box) => [[box.map((set, axis) => mapped(set, (i) => undilated(i - number(low[axis]), (interior[axis] ?? 0) + 1)))]],
  // x[reflected(i - low)]
  extend: ({ inputs: [x], attributes: { mode, low } }, box, ends) => [
    [
      box.map((set, axis) => {
        const size = number(x.shape[axis]);
        return mapped(set, (i) => (ends === 'unclipped' ? i - number(low[axis]) : number(reflected(mode, i - number(low[axis]), size))));
      }),
    ],
  ],
  // every j with reflected(j - low) = i
  foldBack: ({ inputs: [y], attributes: { axis, mode, low }, shape }, box, ends) => {
    const before = number(low);
    const wanted = new Set(box[axis]);
    const folded = upTo(number(y.shape[axis])).filter((j) => wanted.has(number(reflected(mode, j - before, number(shape[axis])))));
    return [[box.with(axis, ends === 'unclipped' ? mapped(box[axis], (i) => i + before) : folded)]];
  },
  // Behind the ends stands what would follow the first and the last operand.
  concat: ({ inputs, attributes: { axis } }, box) => {
    let begin = 0;
    return inputs.map((operand, part) => {
      const from = begin;
      begin += number(operand.shape[axis]);
      const until = begin;
      return [box.with(axis, mapped(box[axis], (i) => ((i >= from || part === 0) && (i < until || part === inputs.length - 1) ? i - from : undefined)))];
    });
  },
  take: ({ attributes: { axis, map } }, box) => [[box.with(axis, mapped(box[axis], (i) => map[i]))]],
  scatter: ({ attributes: { axis, map } }, box) => {
    const wanted = new Set(box[axis]);
    return [[box.with(axis, map.flatMap((target, position) => (wanted.has(target) ? position : [])))]];
  },
  // x[p * stride + u * dilation]
  windows: ({ attributes: { window, strides, dilations } }, box) => {
    const first = box.length - 2 * window.length;
    const spatial = window.map((_, axis) =>
      sums(
        mapped(box[first + axis], (p) => p * (strides[axis] ?? 1)),
        mapped(box[first + window.length + axis], (u) => u * (dilations[axis] ?? 1)),
      ),
    );
    return [[[...box.slice(0, first), ...spatial]]];
  },
  // y[p, u] with p * stride + u * dilation = i: p and u belong together, so each choice of taps is a box
  overlapAdd: ({ attributes: { window, strides, dilations } }, box) => {
    const first = box.length - window.length;
    const perAxis = window.map((size, axis) =>
      upTo(number(size)).map((u) => ({ u: [u], p: mapped(box[first + axis], (i) => undilated(i - u * (dilations[axis] ?? 1), strides[axis] ?? 1)) })),
    );
    return [choices(perAxis).map((taps) => [...box.slice(0, first), ...taps.map(({ p }) => p), ...taps.map(({ u }) => u)])];
  },
  reduceMax: gathered,
  sum: gathered,
  // x[n, c, (p * stride + u * dilation - low) / inputDilation] for all c of o's group, and w[o, c, u] for all u that meet x
  correlate: ({ inputs: [x, w], attributes: { strides, padding, dilations, inputDilations, groups } }, box, ends) => {
    const [, , ...sizes] = literal(x.shape);
    const [outputs = 1, perGroup = 1, ...window] = literal(w.shape);
    const [batch = [], channels = [], ...positions] = box;
    const inputChannels = ascending(channels.flatMap((o) => upTo(perGroup).map((c) => Math.floor(o / (outputs / groups)) * perGroup + c)));
    const met = (axis: number, u: number): Positions =>
      mapped(positions[axis], (p) => undilated(p * (strides[axis] ?? 1) + u * (dilations[axis] ?? 1) - number(padding[axis]?.[0]), inputDilations[axis] ?? 1));
    const isInside = (axis: number) => (i: number): boolean => ends === 'unclipped' || (i >= 0 && i < (sizes[axis] ?? 0));
    return [
      [[batch, inputChannels, ...window.map((size, axis) => ascending(upTo(size).flatMap((u) => met(axis, u))))]],
      [[channels, upTo(perGroup), ...window.map((size, axis) => upTo(size).filter((u) => met(axis, u).some(isInside(axis))))]],
    ];
  },
};
