import {
  absoluteError,
  averagePool,
  binary,
  binaryNames,
  borderModes,
  conv2d,
  corr2d,
  extend,
  grad,
  huber,
  input,
  literalShape,
  matmul,
  maxPool,
  mean,
  meanSquaredError,
  mul,
  NdArray,
  reduceMax,
  relu,
  sigmoid,
  softmaxCrossEntropy,
  square,
  sum,
  unary,
  unaryNames,
  type BorderMode,
  type Conv2dOptions,
  type Tensor,
  type DType,
  transpose,
} from '@xcorr/graph';
import { required, resultsOf } from '../judge/runner.ts';
import { eachCase, type Check, type Subject } from '../suite/check.ts';
import { numbers, recordedFiles, type RecordedCase } from './recorded-file.ts';

type Tensors = Readonly<Record<string, Tensor>>;
type Attributes = RecordedCase['attributes'];

/** A recorded operation, as our graphs have it: results by their names. */
type Operation = (inputs: Tensors, attributes: Attributes) => Tensors;

const operand = (tensors: Tensors, name: string): Tensor => {
  const tensor = tensors[name];
  if (tensor === undefined) throw new TypeError(`the recorded case has no input ${name}`);
  return tensor;
};

const pairOf = (value: unknown): readonly [number, number] => {
  const [low = 0, high = 0] = numbers(value, 'padding');
  return [low, high];
};

/** `same`, `valid`, or amounts for each axis of a picture [N, H, W, C]. */
function paddingOf(padding: unknown): NonNullable<Conv2dOptions['padding']> {
  if (padding === 'same' || padding === 'valid') return padding;
  return Array.isArray(padding) ? padding.slice(1, 3).map(pairOf) : 0;
}

function layer(x: Tensor, w: Tensor, { strides, padding, dilations, groups }: Attributes): Tensor {
  return conv2d(x, w, { layout: 'NHWC', strides: numbers(strides, 'strides'), dilations: numbers(dilations, 'dilations'), groups: Number(groups), padding: paddingOf(padding) });
}

/** Ours pool [N, C, H, W], theirs [N, H, W, C]. */
const pooled =
  (pool: typeof maxPool) =>
  (x: Tensor, { window, strides }: Attributes): Tensor =>
    transpose(pool(transpose(x, [0, 3, 1, 2]), numbers(window, 'window'), { strides: numbers(strides, 'strides') }), [0, 2, 3, 1]);

const lossAndGradient =
  (loss: (prediction: Tensor, target: Tensor) => Tensor): Operation =>
  (inputs) => {
    const x = operand(inputs, 'x');
    const value = loss(x, operand(inputs, 'target'));
    return { loss: value, dx: grad(value, [x])[0] };
  };

const ofX =
  (make: (x: Tensor, attributes: Attributes) => Tensor): Operation =>
  (inputs, attributes) => ({ y: make(operand(inputs, 'x'), attributes) });

const gradientOfX =
  (make: (x: Tensor, attributes: Attributes) => Tensor): Operation =>
  (inputs, attributes) => {
    const x = operand(inputs, 'x');
    return { dx: grad(sum(mul(make(x, attributes), operand(inputs, 'dy'))), [x])[0] };
  };

const modeOf = (mode: unknown): BorderMode => {
  const found = borderModes.find((each) => each === mode);
  if (found === undefined) throw new TypeError(`the recorded case has the border ${String(mode)}`);
  return found;
};

const extended = (x: Tensor, { mode, low, high }: Attributes): Tensor => extend(x, { mode: modeOf(mode), low: numbers(low, 'low'), high: numbers(high, 'high') });

/** As `scipy.ndimage.correlate` has it: tap floor(taps / 2) + origin lies on the element. */
function filtered(x: Tensor, w: Tensor, { mode, origin }: Attributes): Tensor {
  const taps = literalShape(w.shape) ?? [];
  const low = numbers(origin, 'origin').map((shift, axis) => Math.floor((taps[axis] ?? 1) / 2) + shift);
  return corr2d(extend(x, { mode: modeOf(mode), low, high: low.map((before, axis) => (taps[axis] ?? 1) - 1 - before) }), w);
}

const named: Readonly<Record<string, Operation>> = {
  conv2d: (inputs, attributes) => ({ y: layer(operand(inputs, 'x'), operand(inputs, 'w'), attributes) }),
  'gradients of conv2d': (inputs, attributes) => {
    const [x, w] = [operand(inputs, 'x'), operand(inputs, 'w')];
    const [dx, dw] = grad(sum(mul(layer(x, w, attributes), operand(inputs, 'dy'))), [x, w]);
    return { dx, dw };
  },
  maxPool: ofX(pooled(maxPool)),
  averagePool: ofX(pooled(averagePool)),
  'gradient of maxPool': gradientOfX(pooled(maxPool)),
  'gradient of averagePool': gradientOfX(pooled(averagePool)),
  extend: ofX(extended),
  'gradient of extend': gradientOfX(extended),
  filter: (inputs, attributes) => ({ y: filtered(operand(inputs, 'x'), operand(inputs, 'w'), attributes) }),
  matmul: (inputs) => ({ y: matmul(operand(inputs, 'a'), operand(inputs, 'b')) }),
  softmaxCrossEntropy: lossAndGradient(softmaxCrossEntropy),
  meanSquaredError: lossAndGradient(meanSquaredError),
  absoluteError: lossAndGradient(absoluteError),
  huber: lossAndGradient(huber),
  sum: ofX((x, { axes }) => sum(x, { axes: numbers(axes, 'axes') })),
  mean: ofX((x, { axes }) => mean(x, { axes: numbers(axes, 'axes') })),
  reduceMax: ofX((x, { axes }) => reduceMax(x, { axes: numbers(axes, 'axes') })),
  relu: ofX(relu),
  sigmoid: ofX(sigmoid),
  square: ofX(square),
  ...Object.fromEntries(unaryNames.map((name) => [name, ofX((x) => unary(name, x))])),
  ...Object.fromEntries(binaryNames.map((name): [string, Operation] => [name, (inputs) => ({ y: binary(name, operand(inputs, 'a'), operand(inputs, 'b')) })])),
};

const fed = (shape: readonly number[], data: readonly number[], dtype: DType): NdArray => new NdArray(shape, dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data));

async function problemsOf(recorded: RecordedCase, { backend, dtype }: Subject): Promise<readonly string[]> {
  const { operation, attributes, inputs, outputs, tolerance } = recorded;
  const id = nameOf(recorded);
  const make = named[operation];
  if (make === undefined) return [`${id}: there is no operation ${operation}`];
  const sources = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, input(name, shape, { dtype })]));
  const feeds = Object.fromEntries(Object.entries(inputs).map(([name, { shape, data }]) => [name, fed(shape, data, dtype)]));
  const results = await resultsOf({ inputs: sources, outputs: make(sources, attributes) }, backend, feeds);
  return Object.entries(outputs).flatMap(([name, { shape, data }]) => {
    const got = required(results, name);
    if (got.shape.join() !== shape.join()) return [`${id}: ${name} has the shape [${got.shape.join(', ')}], not [${shape.join(', ')}]`];
    const allowed = tolerance * data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const wrong = data.findIndex((value, position) => !(Math.abs((got.data[position] ?? Number.NaN) - value) <= allowed));
    return wrong < 0 ? [] : [`${id}: element ${wrong} of ${name} is ${got.data[wrong]}, ${String(data[wrong])} was recorded`];
  });
}

/** Of element-wise functions the operation says it all. */
const nameOf = ({ operation, id }: RecordedCase): string => (operation === id ? id : `${operation}: ${id}`);

const recordedCheck = (promise: string, file: keyof typeof recordedFiles): Check => ({
  promise,
  runs: 'for each dtype',
  run: async (subject) => ({ problems: [], cases: await eachCase(recordedFiles[file]().cases, subject.backend, nameOf, (each) => problemsOf(each, subject)) }),
});

/** Hold a backend against what other libraries gave. */
export const recordedChecks: Readonly<Record<'numbers: TensorFlow.js' | 'numbers: NumPy and SciPy', Check>> = {
  'numbers: TensorFlow.js': recordedCheck('operations that TensorFlow.js has too give what it gives', 'tensorflow'),
  'numbers: NumPy and SciPy': recordedCheck("borders are those of NumPy's pad, and filters with them those of SciPy's ndimage", 'borders'),
};
