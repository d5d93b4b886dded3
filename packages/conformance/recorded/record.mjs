// Records what TensorFlow.js gives, on its plain JavaScript kernels. See README.md.
/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-argument, typescript/no-unsafe-return, typescript/restrict-template-expressions -- the library is no dependency, and nothing here has a type */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The library's CommonJS bundle holds its gradients too; its modules do not name their extensions, as Node asks.
const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');

await tf.setBackend('cpu');

let state = 0x1234_5678;
/** Multiples of 1/64 from -2 to 2: few digits, and exact in float32. */
function draw() {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.round((state / 2 ** 32) * 256 - 128) / 64;
}

const countOf = (shape) => shape.reduce((product, size) => product * size, 1);
const drawn = (shape) => tf.tensor(Array.from({ length: countOf(shape) }, draw), shape, 'float32');
/** Numbers of which no two are equal, so that no largest one is doubtful. */
function distinct(shape) {
  const count = countOf(shape);
  return tf.tensor(Array.from({ length: count }, (_, position) => (((position * 37) % count) - count / 2) / 16), shape, 'float32');
}

/** The shortest decimal that is the same number in float32. */
function shortest(value) {
  for (let digits = 1; digits < 10; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return text;
  }
  return value;
}

const recorded = (tensor) => ({ shape: tensor.shape, data: Array.from(tensor.dataSync(), shortest) });
const cases = [];

/** Records a case; `tolerance` is relative to the largest magnitude of each result. */
function record(operation, id, attributes, inputs, outputs, tolerance = 1e-5) {
  const all = (tensors) => Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, recorded(tensor)]));
  cases.push({ operation, id, attributes, inputs: all(inputs), outputs: all(outputs), tolerance });
}

// Layers: x [N, H, W, C], w [h, w, I, O].

const layers = [
  ['one channel, valid', { strides: [1, 1], pad: 'valid', dilations: [1, 1] }, [1, 6, 8, 1], [1, 2, 1, 1]],
  ['three by three, same', { strides: [1, 1], pad: 'same', dilations: [1, 1] }, [2, 7, 6, 3], [3, 3, 3, 4]],
  ['strides 2 and 3, same', { strides: [2, 3], pad: 'same', dilations: [1, 1] }, [1, 9, 11, 2], [3, 4, 2, 3]],
  ['strides 2, valid', { strides: [2, 2], pad: 'valid', dilations: [1, 1] }, [2, 8, 9, 2], [2, 3, 2, 2]],
  ['strides 2, explicit', { strides: [2, 1], pad: [[0, 0], [2, 1], [0, 3], [0, 0]], dilations: [1, 1] }, [1, 7, 7, 3], [3, 3, 3, 2]],
  ['dilations 2 and 3, valid', { strides: [1, 1], pad: 'valid', dilations: [2, 3] }, [1, 9, 10, 2], [3, 3, 2, 2]],
  ['dilations 2, same', { strides: [1, 1], pad: 'same', dilations: [2, 2] }, [1, 8, 7, 2], [3, 2, 2, 3]],
  ['one tap', { strides: [1, 1], pad: 'valid', dilations: [1, 1] }, [2, 4, 5, 6], [1, 1, 6, 5]],
  ['taps as large as the picture', { strides: [1, 1], pad: 'valid', dilations: [1, 1] }, [2, 5, 4, 2], [5, 4, 2, 3]],
  ['many channels', { strides: [1, 1], pad: 'same', dilations: [1, 1] }, [1, 5, 5, 8], [3, 3, 8, 9]],
];
for (const [id, { strides, pad, dilations }, xShape, wShape] of layers) {
  const [x, w] = [drawn(xShape), drawn(wShape)];
  record('conv2d', id, { strides, padding: pad, dilations, groups: 1 }, { x, w }, { y: tf.conv2d(x, w, strides, pad, 'NHWC', dilations) });
}

// A filter for each channel: [h, w, C, multiplier] is, as a layer of C groups, [h, w, 1, C multiplier].

const depthwise = [
  ['depthwise, valid', { strides: [1, 1], pad: 'valid', dilations: [1, 1] }, [1, 6, 7, 3], [3, 2, 3, 1]],
  ['depthwise, two for each channel', { strides: [1, 1], pad: 'same', dilations: [1, 1] }, [1, 5, 6, 3], [3, 3, 3, 2]],
  ['depthwise, strides 2', { strides: [2, 2], pad: 'same', dilations: [1, 1] }, [2, 7, 8, 2], [3, 3, 2, 1]],
  ['depthwise, dilations 2', { strides: [1, 1], pad: 'valid', dilations: [2, 2] }, [1, 8, 9, 2], [3, 3, 2, 2]],
];
for (const [id, { strides, pad, dilations }, xShape, wShape] of depthwise) {
  const [x, w] = [drawn(xShape), drawn(wShape)];
  const [h, width, channels, multiplier] = wShape;
  record('conv2d', id, { strides, padding: pad, dilations, groups: channels }, { x, w: tf.reshape(w, [h, width, 1, channels * multiplier]) }, { y: tf.depthwiseConv2d(x, w, strides, pad, 'NHWC', dilations) });
}

// Groups: the layer of each group over its own channels, one behind the other.

for (const [id, groups, xShape, wShape] of [
  ['two groups', 2, [1, 6, 7, 4], [3, 3, 2, 6]],
  ['three groups', 3, [2, 5, 5, 6], [2, 3, 2, 3]],
]) {
  const [x, w] = [drawn(xShape), drawn(wShape)];
  const [xs, ws] = [tf.split(x, groups, 3), tf.split(w, groups, 3)];
  const y = tf.concat(xs.map((each, group) => tf.conv2d(each, ws[group], 1, 'same')), 3);
  record('conv2d', id, { strides: [1, 1], padding: 'same', dilations: [1, 1], groups }, { x, w }, { y });
}

// Gradients of layers, given the gradient of their results.

for (const [id, strides, pad, xShape, wShape] of [
  ['gradient, valid', [1, 1], 'valid', [1, 5, 6, 2], [2, 3, 2, 3]],
  ['gradient, same', [1, 1], 'same', [2, 5, 4, 2], [3, 3, 2, 2]],
  ['gradient, strides 2 and 1', [2, 1], 'same', [1, 7, 6, 3], [3, 2, 3, 2]],
  ['gradient, strides 3', [3, 3], 'valid', [1, 9, 8, 2], [2, 2, 2, 2]],
  ['gradient, rows left over', [2, 2], 'valid', [1, 6, 8, 1], [3, 3, 1, 2]],
]) {
  const [x, w] = [drawn(xShape), drawn(wShape)];
  const dy = drawn(tf.conv2d(x, w, strides, pad).shape);
  const [dx, dw] = tf.grads((a, b) => tf.sum(tf.mul(tf.conv2d(a, b, strides, pad), dy)))([x, w]);
  record('gradients of conv2d', id, { strides, padding: pad, dilations: [1, 1], groups: 1 }, { x, w, dy }, { dx, dw });
}

// Pools.

for (const [id, window, strides, pad, xShape] of [
  ['pool 2', [2, 2], [2, 2], 'valid', [2, 6, 8, 3]],
  ['pool 3 by 2, strides 1', [3, 2], [1, 1], 'valid', [1, 6, 5, 2]],
  ['pool 2, rows left over', [2, 3], [2, 2], 'valid', [1, 7, 8, 2]],
]) {
  const x = distinct(xShape);
  const [largest, average] = [tf.maxPool(x, window, strides, pad), tf.avgPool(x, window, strides, pad)];
  record('maxPool', id, { window, strides }, { x }, { y: largest });
  record('averagePool', id, { window, strides }, { x }, { y: average });
  const dy = drawn(largest.shape);
  record('gradient of maxPool', id, { window, strides }, { x, dy }, { dx: tf.grad((a) => tf.sum(tf.mul(tf.maxPool(a, window, strides, pad), dy)))(x) });
  record('gradient of averagePool', id, { window, strides }, { x, dy }, { dx: tf.grad((a) => tf.sum(tf.mul(tf.avgPool(a, window, strides, pad), dy)))(x) });
}

// Borders.

for (const mode of ['reflect', 'symmetric'])
  for (const [id, low, high, shape] of [
    [`${mode}, rows and columns`, [1, 2], [2, 0], [4, 5]],
    [`${mode}, as far as can be`, [0, 3], [3, 3], [4, 4]],
  ])
    record('extend', id, { mode, low, high }, { x: drawn(shape) }, {}, 0);
for (const each of cases.filter(({ operation }) => operation === 'extend')) {
  const { mode, low, high } = each.attributes;
  const x = tf.tensor(each.inputs.x.data, each.inputs.x.shape);
  each.outputs = { y: recorded(tf.mirrorPad(x, low.map((before, axis) => [before, high[axis]]), mode)) };
}

// Products of matrices.

for (const [id, aShape, bShape] of [
  ['matrices', [5, 7], [7, 4]],
  ['a row and a column', [1, 9], [9, 1]],
  ['a batch', [3, 4, 5], [3, 5, 2]],
]) {
  const [a, b] = [drawn(aShape), drawn(bShape)];
  record('matmul', id, {}, { a, b }, { y: tf.matMul(a, b) });
}

// Losses, with the gradient of what is predicted.

const oneHot = tf.cast(tf.oneHot(tf.tensor1d([2, 0, 3, 3, 1, 4], 'int32'), 5), 'float32');
const losses = {
  softmaxCrossEntropy: [[6, 5], (x) => tf.losses.softmaxCrossEntropy(oneHot, x), oneHot],
  meanSquaredError: [[4, 6], (x, target) => tf.losses.meanSquaredError(target, x)],
  absoluteError: [[4, 6], (x, target) => tf.losses.absoluteDifference(target, x)],
  huber: [[4, 6], (x, target) => tf.losses.huberLoss(target, x, undefined, 1)],
};
for (const [operation, [shape, loss, given]] of Object.entries(losses)) {
  const [x, target] = [drawn(shape), given ?? drawn(shape)];
  record(operation, operation, {}, { x, target }, { loss: loss(x, target), dx: tf.grad((a) => loss(a, target))(x) });
}

// Sums, means and largest elements along axes.

for (const [id, axes] of [
  ['of all', [0, 1, 2]],
  ['along the first axis', [0]],
  ['along the last axes', [1, 2]],
]) {
  const x = drawn([3, 4, 5]);
  record('sum', id, { axes }, { x }, { y: tf.sum(x, axes) });
  record('mean', id, { axes }, { x }, { y: tf.mean(x, axes) });
  record('reduceMax', id, { axes }, { x }, { y: tf.max(x, axes) }, 0);
}

// Element by element.

const numbers = tf.tensor1d([-3.5, -2, -1.25, -1, -0.75, -0.5, -0.125, 0, 0.125, 0.5, 0.75, 1, 1.5, 2, 2.75, 4.5]);
const positive = tf.tensor1d([0.0625, 0.125, 0.25, 0.5, 0.75, 0.9375, 1, 1.0625, 1.25, 2, 3, 4, 7.5, 10, 100, 1000]);
const unaries = { neg: tf.neg, abs: tf.abs, sign: tf.sign, exp: tf.exp, sin: tf.sin, cos: tf.cos, tanh: tf.tanh, floor: tf.floor, relu: tf.relu, sigmoid: tf.sigmoid, square: tf.square };
for (const [operation, apply] of Object.entries(unaries)) record(operation, operation, {}, { x: numbers }, { y: apply(numbers) });
for (const [operation, apply] of Object.entries({ sqrt: tf.sqrt, log: tf.log })) record(operation, operation, {}, { x: positive }, { y: apply(positive) });
const others = tf.tensor1d([2, -2, 0.5, -1, 3, -0.5, 1.5, 1, -1.5, 0.5, -3, 1, 0.25, 2, -0.25, 1]);
const binaries = { add: tf.add, sub: tf.sub, mul: tf.mul, div: tf.div, min: tf.minimum, max: tf.maximum, atan2: tf.atan2, less: tf.less, lessEqual: tf.lessEqual, equal: tf.equal };
for (const [operation, apply] of Object.entries(binaries)) record(operation, operation, {}, { a: numbers, b: others }, { y: tf.cast(apply(numbers, others), 'float32') });
record('pow', 'pow', {}, { a: positive, b: others }, { y: tf.pow(positive, others) });

const about = {
  library: 'TensorFlow.js',
  version: tf.version.tfjs,
  kernels: `@tensorflow/tfjs-backend-cpu ${tf.version['tfjs-backend-cpu']}`,
  licence: 'Apache-2.0',
  dtype: 'float32',
};
const lines = cases.map((each) => `  ${JSON.stringify(each)}`).join(',\n');
writeFileSync(new URL('vectors.json', import.meta.url), `{\n"about": ${JSON.stringify(about)},\n"cases": [\n${lines}\n]\n}\n`);
