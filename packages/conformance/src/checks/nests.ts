import {
  add,
  broadcast,
  concat,
  conv2d,
  div,
  corr2d,
  correlate,
  correlateTransposed,
  constant,
  extend,
  flip,
  grad,
  matmul,
  max,
  maxPool,
  mul,
  neg,
  pad,
  reduceMax,
  relu,
  reshape,
  select,
  equal,
  less,
  lessEqual,
  slice,
  square,
  state,
  sub,
  sum,
  tabulate,
  take,
  transpose,
  windows,
} from '@xcorr/graph';
import type { Check } from '../suite/check.ts';
import { programsCheck, type Programs } from './described.ts';
import { deep, many } from './large-nests.ts';
import { fed, ramp, single } from './nest-parts.ts';

export const nestNames = [
  'nests: maps',
  'nests: sums',
  'nests: largest elements',
  'nests: epilogues',
  'nests: correlations',
  'nests: blocks and their rests',
  'nests: guards',
  'nests: floors of negative numbers',
  'nests: several in a row',
  'nests: unit axes',
  'nests: deep expressions',
  'nests: many elements',
] as const;
export type NestName = (typeof nestNames)[number];

interface Promised {
  readonly promise: string;
  readonly programs: Programs;
}

const maps: Programs = (dtype) => {
  const x = fed(dtype);
  const [a, b, row] = [x('a', 3, 4), x('b', 3, 4), x('row', 4)];
  return {
    ...single({
      scalar: add(mul(x('a'), 2), 1),
      vector: sub(mul(x('a', 5), 2), x('b', 5)),
      'five axes': add(x('a', 2, 3, 1, 2, 3), x('b', 3, 1, 3)),
      'a row for every row': add(a, row),
      transposed: sub(transpose(x('a', 2, 3, 4), [2, 0, 1]), 1),
      flipped: neg(flip(a, [0, 1])),
      'a step of 3': mul(slice(x('a', 11), { start: [1], step: [3] }), 2),
      reshaped: reshape(transpose(x('a', 9, 22)), [18, 11]),
      taken: take(a, [2, 0, 2, 1, 1], 0),
      joined: concat([a, flip(b, [1]), a], 1),
      repeated: broadcast(x('a', 1, 3), [2, 4, 3]),
      windows: add(windows(x('a', 9), [3], { strides: [2], dilations: [2] }), 1),
      constant: ramp([3, 5], dtype),
      'selected by another': select(less(a, b), a, row),
      // Values are drawn from seven numbers, so that many are equal.
      'selected where less or equal': select(lessEqual(a, b), row, 9),
      'selected where equal': select(equal(a, row), 9, b),
      'selected where nothing is negative': select(less(a, 0), row, 9),
      'taken by two tables of one length': sub(take(a, [2, 0, 1], 0), take(b, [1, 1, 2], 0)),
    }),
    'a quotient by a constant': { outputs: { y: div(a, 3), z: div(row, 49) }, set: 'real' },
    'several results': { outputs: { sum: add(a, b), difference: sub(a, b), same: a, 'same again': a, product: mul(a, b) } },
  };
};

const sums: Programs = (dtype) => {
  const x = fed(dtype);
  const [a, b] = [x('a', 4, 5, 6), x('b', 4, 5, 6)];
  return {
    ...single({
      'of all': sum(a),
      'over the first axis': sum(a, { axes: 0 }),
      'over the middle axis': sum(a, { axes: 1 }),
      'over the last axis': sum(a, { axes: 2 }),
      'over two axes': sum(a, { axes: [0, 2], keepAxes: true }),
      'of products': sum(mul(a, b)),
      'of sums': sum(square(sum(a, { axes: 1 })), { axes: 1 }),
      'of one element': sum(x('a', 1)),
      'product of matrices': matmul(x('a', 5, 7), x('b', 7, 3)),
      'products of matrices': matmul(x('a', 3, 2, 5), x('b', 3, 5, 2)),
    }),
    'three in a sweep': { outputs: { total: sum(a), squares: sum(square(a)), product: sum(mul(a, b)), largest: reduceMax(a) } },
  };
};

const largest: Programs = (dtype) => {
  const x = fed(dtype);
  const below = sub(neg(square(x('a', 3, 7))), 1);
  const a = x('a', 4, 6);
  return {
    ...single({
      'of negative numbers': reduceMax(below),
      'along rows': reduceMax(below, { axes: 1 }),
      'along columns': reduceMax(a, { axes: 0, keepAxes: true }),
      pooled: maxPool(x('a', 1, 2, 7, 8), [3, 2], { strides: [2, 3] }),
      'of one element': reduceMax(x('a', 1, 1)),
      // Where sums leave terms out that are 0, maxima must not.
      'of negative numbers and a 0 that is known': reduceMax(mul(sub(neg(square(x('a', 9, 4))), 1), constant([1, 1, 0, 1], { dtype })), { axes: 1 }),
      'of negative numbers and zeros around them': maxPool(reshape(below, [1, 1, 3, 7]), [2, 3], { padding: 1, strides: 1 }),
    }),
    'the gradient goes to all that are largest': { outputs: { da: grad(sum(mul(reduceMax(a, { axes: 1 }), 4)), [a])[0] } },
  };
};

const epilogues: Programs = (dtype) => {
  const x = fed(dtype);
  const [a, w] = [x('a', 4, 4), state('w', [[1, -1]], { dtype })];
  const target = x('target', 4, 3);
  const residual = sub(corr2d(a, w), target);
  const loss = sum(square(residual));
  const [slope] = grad(loss, [w]);
  const total = sum(a);
  return {
    'a map of sums': { outputs: { y: sub(mul(sum(a), 2), sum(square(a))) } },
    'elements and their sum': { outputs: { y: sub(a, total), total } },
    'sums by sums': { outputs: { y: add(sum(mul(a, total)), reduceMax(a)) } },
    'a loss, its gradient and the step': { outputs: { loss }, updates: [[w, sub(w, mul(slope, 0.125))]], runs: 1 },
    'a state that grows by sums': { outputs: { total: add(total, 1) }, updates: [[w, add(w, slice(sum(a, { axes: 0, keepAxes: true }), { stop: [1, 2] }))]], runs: 3 },
  };
};

const correlations: Programs = (dtype) => {
  const x = fed(dtype);
  const [line, image, volume] = [x('a', 2, 3, 9), x('a', 2, 4, 7, 8), x('a', 1, 2, 4, 5, 6)];
  return single({
    'without spatial axes': correlate(x('a', 3, 5), x('w', 4, 5)),
    'along one axis': correlate(line, x('w', 4, 3, 3), { strides: 2, padding: 1 }),
    'along three axes': correlate(volume, ramp([3, 2, 2, 3, 2], dtype)),
    'a kernel that is known': corr2d(x('a', 6, 8), [[1, 0, -1], [2, 0, -2], [1, 0, -1]]),
    'a kernel that is fed': corr2d(x('a', 6, 8), x('w', 3, 2)),
    strides: correlate(image, x('w', 3, 4, 3, 2), { strides: [2, 3] }),
    dilations: correlate(image, x('w', 3, 4, 3, 2), { dilations: [2, 3] }),
    'input dilations': correlate(image, x('w', 3, 4, 3, 2), { inputDilations: [2, 3], padding: [[1, 2], [0, 1]] }),
    groups: correlate(image, x('w', 6, 2, 3, 3), { groups: 2, padding: 1 }),
    'a group for each channel': correlate(image, ramp([8, 1, 2, 2], dtype), { groups: 4 }),
    'negative padding': correlate(image, x('w', 2, 4, 2, 2), { padding: [[-1, 2], [1, -2]] }),
    transposed: correlateTransposed(x('a', 1, 4, 3, 4), x('w', 4, 2, 3, 3), { strides: [2, 3], padding: 1 }),
    'channels last': conv2d(x('a', 2, 5, 6, 3), x('w', 2, 3, 3, 4), { layout: 'NHWC', strides: 2, padding: 1, bias: x('b', 4) }),
  });
};

/** Sizes about the multiples of what is computed together, so that rests of every length are left. */
const blocks: Programs = (dtype) => {
  const x = fed(dtype);
  const sizes = [15, 16, 17, 18, 19, 20, 21, 22];
  const filters = sizes.map((width, position) => [`rows of ${width}`, corr2d(x('a', (sizes[7 - position] ?? 0) + 2, width + 2), [[1, 2, 3], [0, 1, -1], [2, -3, 1]])] as const);
  const narrow = sizes.map((width) => [`two taps, rows of ${width}`, corr2d(x('a', 17, width + 1), x('w', 1, 2))] as const);
  const channels = [1, 2, 3, 4, 5, 6, 7, 16, 17].map((count) => [`${count} channels`, correlate(x('a', 1, 6, 4, 18), x('w', count, 6, 2, 2))] as const);
  const taps = [1, 2, 5, 8, 9, 13].map((count) => [`${count} taps`, corr2d(x('a', 2, 34), x('w', 1, count))] as const);
  return single(Object.fromEntries([...filters, ...narrow, ...channels, ...taps]));
};

const guards: Programs = (dtype) => {
  const x = fed(dtype);
  const a = x('a', 4, 5);
  const line = x('c', 10);
  const padded = pad(a, { low: [2, 1], high: [1, 3], value: 2 });
  return single({
    padded,
    'padded and summed': sum(pad(a, { low: [1, 1], high: [2, 0], value: -1 }), { axes: 1 }),
    cropped: pad(a, { low: [-1, 2], high: [1, -2], value: 1 }),
    'between elements': pad(a, { low: [1, -1], high: [0, 1], interior: [2, 1], value: 3 }),
    'a pad of a pad': pad(pad(a, { low: [1, 0], value: 1 }), { low: [0, 2], high: [1, 1], value: -2 }),
    'a pad of parts': pad(concat([a, neg(a)], 0), { low: [1, 1], high: [1, 1], value: 4 }),
    'padded and correlated': corr2d(padded, [[1, 2], [3, 4]]),
    'read at both sides': add(slice(padded, { start: [1, 0] }), slice(padded, { stop: [-1, 9] })),
    'the gradient of every third': grad(sum(mul(slice(line, { start: [1], step: [3] }), x('b', 3))), [line])[0],
  });
};

/** Indices whose floors are asked for before the border: -1 divided by 2 lies at -1. */
const floors: Programs = (dtype) => {
  const x = fed(dtype);
  const a = x('a', 3, 4);
  const line = x('a', 13);
  const wrapped = { y: extend(x('a', 'N'), { mode: 'wrap', low: [17], high: [14] }) };
  const literal = single({
    'rows of what was padded': pad(reshape(x('a', 12), [3, 4]), { low: [2, 1], high: [1, 2], value: 1 }),
    'padded, then in other rows': reshape(pad(x('a', 9), { low: [2], high: [1], value: 5 }), [4, 3]),
    'other rows, padded, flattened': reshape(pad(reshape(flip(a), [4, 3]), { low: [1, 2], high: [1, 0], value: 2 }), [30]),
    'every second, spread again': pad(slice(line, { step: [2] }), { low: [3], high: [2], interior: [2], value: 1 }),
    'transposed by strides of 2': correlateTransposed(x('a', 1, 1, 5), x('w', 1, 1, 4), { strides: 2, padding: 1 }),
    'transposed by strides of 3': correlateTransposed(x('a', 1, 1, 5), x('w', 1, 1, 5), { strides: 3, dilations: 2 }),
    'a layer with spread input': correlate(x('a', 1, 2, 6), x('w', 2, 2, 3), { inputDilations: 3, padding: [[4, 5]] }),
    'rows wrapped around': reshape(extend(a, { mode: 'wrap', low: [2, 5], high: [4, 3] }), [12, 9]),
    'windows laid over one another': grad(sum(mul(windows(line, [3], { strides: [2], dilations: [2] }), x('b', 5, 3))), [line])[0],
  });
  // Of a size that is a number, floors are moved to where numerators are positive; of a named one nobody can.
  return { ...literal, 'any number of elements, wrapped around': { outputs: wrapped, bindings: [{ N: 13 }, { N: 1 }, { N: 4 }] } };
};

const several: Programs = (dtype) => {
  const x = fed(dtype);
  const image = x('a', 1, 2, 8, 9);
  const hidden = relu(correlate(image, x('w', 3, 2, 3, 3), { padding: 1 }));
  const pooled = maxPool(hidden, [2, 2]);
  const last = correlate(pooled, ramp([2, 3, 2, 2], dtype));
  const deep = [1, 2, 3, 4, 5].reduce((y, step) => correlate(max(y, -step), ramp([2, 2, 2, 2], dtype), { padding: [[1, 0], [0, 1]] }), image);
  const a = x('a', 6, 6);
  const rows = corr2d(a, x('k', 2, 2));
  const squares = corr2d(square(a), [[1, 1], [1, 1]]);
  const graded = mul(correlate(image, ramp([3, 2, 2, 2], dtype)), 24);
  return {
    // Bytes are rounded and cut off; what is made of their values is not.
    'bytes that others read': { outputs: { bytes: { tensor: graded, storage: 'uint8' }, pooled: maxPool(graded, [2, 2]), total: sum(square(graded)), turned: flip(graded, [3]) } },
    'bytes of halves that others read': { outputs: { halves: { tensor: mul(a, 0.5), storage: 'uint8' }, doubled: mul(mul(a, 0.5), 2) } },
    layers: { outputs: { hidden, last, total: sum(hidden) } },
    // Every layer is read more than once, so it gets a place; places are shared by those that never meet.
    'a chain of temporaries': { outputs: { y: reduceMax(deep, { axes: [2, 3] }) } },
    'two that meet': { outputs: { y: matmul(rows, squares), z: matmul(squares, rows) } },
  };
};

const units: Programs = (dtype) => {
  const x = fed(dtype);
  const one = x('a', 1, 1, 1, 1);
  return single({
    'one tap, one pixel': correlate(one, x('w', 1, 1, 1, 1)),
    'a pixel, padded': correlate(one, x('w', 2, 1, 3, 3), { padding: 1 }),
    'a sum of one': sum(one),
    'a row': corr2d(x('a', 1, 9), [[1, -1]]),
    'a column': corr2d(x('a', 9, 1), [[1], [-1]]),
    'one element everywhere': add(x('a', 1, 1), mul(x('b', 1), x('c'))),
    'products of 1 by 1': matmul(x('a', 1, 1), x('b', 1, 1)),
  });
};

/** Every shape of loop nest over whole numbers: results are equal to the interpreter's. */
const nests: Readonly<Record<NestName, Promised>> = {
  'nests: maps': { promise: 'nests without a sum: maps and movements of up to five axes', programs: maps },
  'nests: sums': { promise: 'sums over any axes, several in a sweep', programs: sums },
  'nests: largest elements': { promise: 'largest elements, negative ones and ties too', programs: largest },
  'nests: epilogues': { promise: 'what is made of sums behind the loops that gather them', programs: epilogues },
  'nests: correlations': { promise: 'correlations along 0 to 3 axes, with all their options', programs: correlations },
  'nests: blocks and their rests': { promise: 'sizes that no block divides: the rests are computed too', programs: blocks },
  'nests: guards': { promise: 'conditions: what lies outside is never read, and has its value', programs: guards },
  'nests: floors of negative numbers': { promise: 'floors of index expressions with negative numerators', programs: floors },
  'nests: several in a row': { promise: 'programs of several nests, whose temporaries share memory', programs: several },
  'nests: unit axes': { promise: 'axes of one element', programs: units },
  'nests: deep expressions': { promise: 'expressions as deep as backends get them, and those that are cut for being deeper', programs: deep },
  'nests: many elements': { promise: 'more than 2^16 elements', programs: many },
};

export const nestPrograms: Readonly<Record<NestName, Programs>> = tabulate(nestNames, (name) => nests[name].programs);
export const nestChecks: Readonly<Record<NestName, Check>> = tabulate(nestNames, (name) => programsCheck(nests[name].promise, nests[name].programs));
