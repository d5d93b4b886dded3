import { arange, averagePool, constant, conv2d, convolve2d, correlate, evaluate, input, matmul, maxPool, mul, NdArray, reshape, sub, sum, transpose, type Tensor } from '@xcorr/graph';
import { book } from '@xcorr/golden';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { message } from '../../testing/message.ts';
import { seeded } from '../../testing/seeded.ts';
import { given, zeroInitialiser } from '../initialisers/distributions.ts';
import { apply, initialise, type Network } from '../network.ts';
import { createRandom } from '../random/random.ts';
import { Activation, activations, Flatten } from './activation.ts';
import { Conv2D } from './book-conv2d.ts';
import { ConvTranspose2d } from './conv-transpose2d.ts';
import { Conv2d } from './conv2d.ts';
import { Dense } from './dense.ts';
import { AveragePool2d, MaxPool2d } from './pooling.ts';

function noise(shape: readonly number[], seed = 1): Tensor {
  const random = createRandom(seed, 99);
  return constant(new NdArray(shape, Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.uniform(-1, 1))), { dtype: 'float64' });
}

function parameter({ parameters }: Network, name: string): Tensor {
  return parameters[name] ?? constant(Number.NaN);
}

const values = (tensor: Tensor): readonly number[] => [...evaluate(tensor).data];

function checkClose(a: Tensor, b: Tensor): void {
  expect(a.shape).toEqual(b.shape);
  const [x, y] = [values(a), values(b)];
  x.forEach((value, index) => expect(Math.abs(value - (y[index] ?? Number.NaN))).toBeLessThan(1e-12));
}

describe('Conv2d', () => {
  test('is the operation conv2d of its parameters', () => {
    const x = noise([2, 4, 9, 8]);
    const options = { strides: [2, 1], padding: [[1, 0], 2], dilations: [1, 2], groups: 2 } as const;
    const network = initialise(Conv2d({ outputs: 6, kernel: [3, 2], ...options }), x, { seed: 3 });
    expect(parameter(network, 'weight').shape).toEqual([6, 2, 3, 2]);
    checkClose(apply(network, x), conv2d(x, parameter(network, 'weight'), { ...options, bias: parameter(network, 'bias') }));
  });

  test.each(['same', 'valid', 'full', 1] as const)('padding %s', (padding) => {
    const x = noise([1, 1, 6, 7]);
    const network = initialise(Conv2d({ outputs: 1, kernel: 4, padding, bias: false }), x);
    expect(Object.keys(network.parameters)).toEqual(['weight']);
    checkClose(apply(network, x), conv2d(x, parameter(network, 'weight'), { padding }));
  });

  test('the layouts are two ways to write one layer', () => {
    const x = noise([2, 4, 7, 6]);
    const settings = { outputs: 6, kernel: [3, 2], padding: 1, groups: 2 } as const;
    const first = initialise(Conv2d(settings), x, { seed: 2 });
    const weight = given(evaluate(transpose(parameter(first, 'weight'), [2, 3, 1, 0])));
    const last = initialise(Conv2d({ ...settings, layout: 'NHWC', weight, biases: given(evaluate(parameter(first, 'bias'))) }), transpose(x, [0, 2, 3, 1]));
    expect(parameter(last, 'weight').shape).toEqual([3, 2, 2, 6]);
    checkClose(transpose(apply(last, transpose(x, [0, 2, 3, 1])), [0, 3, 1, 2]), apply(first, x));
  });

  test.each(['NCHW', 'NHWC'] as const)('a strict convolution in %s flips its kernel along both axes, and no other', (layout) => {
    const x = noise([6, 7]);
    const kernel = noise([3, 2], 2);
    const last = layout === 'NHWC';
    const layer = Conv2d({ outputs: 1, kernel: [3, 2], bias: false, convolve: true, layout, weight: given(evaluate(reshape(kernel, last ? [3, 2, 1, 1] : [1, 1, 3, 2]))) });
    const image = reshape(x, last ? [1, 6, 7, 1] : [1, 1, 6, 7]);
    checkClose(reshape(apply(initialise(layer, image), image), [4, 6]), convolve2d(x, kernel));
    const many = Conv2d({ outputs: 2, kernel: 1, bias: false, convolve: true, layout });
    const channels = last ? noise([1, 5, 5, 3]) : noise([1, 3, 5, 5]);
    const network = initialise(many, channels);
    checkClose(apply(network, channels), conv2d(channels, parameter(network, 'weight'), { layout }));
  });

  test('pictures of any size, of as many channels as before', () => {
    const network = initialise(Conv2d({ outputs: 2, kernel: 3 }), [1, 3, 5, 5]);
    const photo = input('photo', ['N', 3, 'H', 'W']);
    expect(evaluate(apply(network, photo), { photo: new NdArray([2, 3, 4, 9], new Float32Array(216)) }).shape).toEqual([2, 2, 2, 7]);
  });

  test('errors', () => {
    expect(message(() => Conv2d({ outputs: 0, kernel: 3 }))).toBe('Conv2d: outputs 0 is not a whole number of at least 1');
    expect(message(() => Conv2d({ outputs: 1, kernel: [3, 1.5] }))).toBe("Conv2d: the kernel's size 1.5 is not a whole number of at least 1");
    expect(message(() => Conv2d({ outputs: 4, kernel: 3, groups: 3 }))).toBe('Conv2d: 4 output channels do not split into 3 groups; groups must divide them');
    expect(message(() => Conv2d({ outputs: 4, kernel: 3, groups: 2, inputs: 3 }))).toBe('Conv2d: 3 input channels do not split into 2 groups; groups must divide them');
    expect(message(() => initialise(Conv2d({ outputs: 1, kernel: 3, inputs: 1 }), input('photo', [1, 3, 8, 8])))).toMatchInlineSnapshot(`
      "Conv2d: the input has 3 channels, the layer is made for 1
        input  [1, 3, 8, 8]  N C H W  photo
        give an input of 1 channels, or leave out inputs: it is taken from the input"
    `);
    expect(message(() => initialise(Conv2d({ outputs: 1, kernel: 3 }), ['N', 'C', 8, 8]))).toContain('the number of channels is the named size C');
    expect(message(() => initialise(Conv2d({ outputs: 1, kernel: 3 }), [8, 8]))).toContain('Conv2d: an input of rank 2, and rank 4 is expected');
    expect(message(() => initialise(Conv2d({ outputs: 2, kernel: 1, groups: 2 }), [1, 3, 8, 8]))).toContain('Conv2d: 3 channels do not split into 2 groups');
    expect(message(() => initialise(Conv2d({ outputs: 1, kernel: 9 }), [1, 1, 8, 8]))).toContain('the kernel covers 9 elements of spatial axis 0, the padded input has 8');
  });
});

describe("the chapter's Conv2D", () => {
  test('finds the edges of its image', () => {
    const { x, y, k } = book.edge;
    const network = initialise(Conv2D([1, 2], { weight: given(k), biases: zeroInitialiser }), [6, 8]);
    expect(evaluate(apply(network, constant(x))).toNested()).toEqual(y);
  });

  test('adds one number everywhere', () => {
    const { x, y, k } = book.corr2d;
    const network = initialise(Conv2D(2, { weight: given(k), biases: given([100]) }), [3, 3]);
    expect(evaluate(apply(network, constant(x))).toNested()).toEqual(y.map((row) => row.map((value) => value + 100)));
    expect(message(() => apply(network, input('x', [1, 3, 3])))).toContain('Conv2D: an input of rank 3, and rank 2 is expected');
  });
});

test('ConvTranspose2d is the adjoint of Conv2d: <y, C x> = <T y, x>', () => {
  const integer = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(fc.record({ height: integer, width: integer, stride: integer, dilation: fc.integer({ min: 1, max: 2 }), padding: fc.integer({ min: 0, max: 1 }), groups: fc.integer({ min: 1, max: 2 }), last: fc.boolean() }), ({ height, width, stride, dilation, padding, groups, last }) => {
      const settings = { kernel: [height, width], strides: stride, dilations: dilation, padding, groups, bias: false } as const;
      const x = noise([2, 4, 11, 9]);
      const forward = initialise(Conv2d({ ...settings, outputs: 6 }), x);
      const image = apply(forward, x);
      const y = noise(image.shape.map(Number), 2);
      // What the stride passed over, behind the last window.
      const outputPadding = [11, 9].map((size, axis) => (size + 2 * padding - dilation * ((settings.kernel[axis] ?? 0) - 1) - 1) % stride);
      const weight = parameter(forward, 'weight');
      const layer = ConvTranspose2d({ ...settings, outputs: 4, outputPadding, layout: last ? 'NHWC' : 'NCHW', weight: given(evaluate(last ? transpose(weight, [2, 3, 1, 0]) : weight)) });
      const seen = last ? transpose(y, [0, 2, 3, 1]) : y;
      const result = apply(initialise(layer, seen), seen);
      const back = last ? transpose(result, [0, 3, 1, 2]) : result;
      expect(back.shape).toEqual(x.shape);
      const [left, right] = [evaluate(sum(mul(y, image))).item(), evaluate(sum(mul(back, x))).item()];
      expect(Math.abs(left - right)).toBeLessThan(1e-10);
    }),
    seeded(25),
  );
});

test('ConvTranspose2d adds a bias to each channel', () => {
  const settings = { outputs: 2, kernel: 2, weight: zeroInitialiser, biases: given([3, 5]) };
  const first = initialise(ConvTranspose2d(settings), noise([1, 1, 1, 1]));
  expect(evaluate(apply(first, noise([1, 1, 1, 1]))).toNested()).toEqual([[[[3, 3], [3, 3]], [[5, 5], [5, 5]]]]);
  const last = initialise(ConvTranspose2d({ ...settings, layout: 'NHWC' }), noise([1, 1, 1, 1]));
  expect(evaluate(apply(last, noise([1, 1, 1, 1]))).toNested()).toEqual([[[[3, 5], [3, 5]], [[3, 5], [3, 5]]]]);
});

test.each([
  { name: 'max', layer: MaxPool2d, pool: maxPool },
  { name: 'average', layer: AveragePool2d, pool: averagePool },
])('$name pooling, in both layouts', ({ layer, pool }) => {
  const x = noise([2, 3, 7, 8]);
  const options = { strides: [1, 2], padding: 1 } as const;
  const expected = pool(x, [3, 2], options);
  checkClose(apply(initialise(layer([3, 2], options), x), x), expected);
  const last = transpose(x, [0, 2, 3, 1]);
  checkClose(apply(initialise(layer([3, 2], { ...options, layout: 'NHWC' }), last), last), transpose(expected, [0, 2, 3, 1]));
  expect(apply(initialise(layer(2), x), x).shape).toEqual([2, 3, 3, 4]);
  expect(message(() => initialise(layer(2), [7, 8]))).toContain('Pool2d: an input of rank 2, and rank 4 is expected');
});

describe('Dense', () => {
  test('is a product with the transposed weight, over any axes before the last', () => {
    const x = noise([2, 3, 5]);
    const network = initialise(Dense(4), x);
    const weight = parameter(network, 'weight');
    const expected = matmul(reshape(x, [6, 5]), transpose(weight));
    checkClose(sub(reshape(apply(network, x), [6, 4]), parameter(network, 'bias')), expected);
    const plain = initialise(Dense(4, { bias: false, inputs: 5, weight: given(evaluate(weight)) }), ['N', 5], { dtype: 'float64' });
    checkClose(apply(plain, reshape(x, [6, 5])), correlate(reshape(x, [6, 5]), weight));
  });

  test('errors', () => {
    expect(message(() => initialise(Dense(1), []))).toContain('Dense: the input is a scalar');
    expect(message(() => initialise(Dense(1, { inputs: 3 }), [1, 2]))).toContain('the input has 2 features, the layer is made for 3');
  });
});

test.each(Object.entries({
  relu: (x: number) => Math.max(x, 0),
  leakyRelu: (x: number) => (x < 0 ? 0.01 * x : x),
  elu: (x: number) => (x < 0 ? Math.expm1(x) : x),
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  tanh: (x: number) => Math.tanh(x),
  softplus: (x: number) => (x > 30 ? x : Math.log1p(Math.exp(x))),
  silu: (x: number) => x / (1 + Math.exp(-x)),
  gelu: (x: number) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
}))('%s', (name, formula) => {
  const x = [-700, -3, -0.5, 0, 0.25, 2, 700];
  const activation = Object.entries(activations).find(([each]) => each === name)?.[1];
  const y = activation === undefined ? [] : [...evaluate(activation(constant(x, { dtype: 'float64' }))).data];
  expect(y).toHaveLength(x.length);
  y.forEach((value, index) => expect(Math.abs(value - formula(x[index] ?? 0))).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value))));
});

test('softmax is over the last axis, and of large numbers too', () => {
  const y = evaluate(activations.softmax(constant([[0, Math.log(3)], [1000, 1000]], { dtype: 'float64' }))).data;
  [0.25, 0.75, 0.5, 0.5].forEach((value, index) => expect(y[index]).toBeCloseTo(value, 12));
});

test('Activation names what it has', () => {
  // @ts-expect-error -- not among the names
  expect(message(() => Activation('rleu'))).toBe('Activation: there is no "rleu"; did you mean "relu"?');
  // @ts-expect-error -- not among the names
  expect(message(() => Activation('toString'))).toContain('there is no "toString"');
});

test('what is misspelt is not passed over', () => {
  const conv = { outputs: 1, kernel: 3 };
  // @ts-expect-error -- not among the settings
  expect(message(() => Conv2d({ ...conv, stride: 2 }))).toBe('Conv2d: there is no setting "stride"; did you mean "strides"?');
  // @ts-expect-error -- no settings
  expect(message(() => Conv2d(1, 1, 3))).toBe('Conv2d: settings are given by name, such as { outputs: ... }, and this is 1');
  // @ts-expect-error -- no kernel
  expect(message(() => Conv2d({ outputs: 1 }))).toBe('Conv2d: the kernel needs two sizes, height and width');
  // @ts-expect-error -- not among the layouts
  expect(message(() => Conv2d({ ...conv, layout: 'NWHC' }))).toBe('Conv2d: there is no layout "NWHC"; the layouts are "NCHW", "NHWC"');
  // @ts-expect-error -- not among the settings
  expect(message(() => ConvTranspose2d({ ...conv, convolve: true }))).toContain('ConvTranspose2d: there is no setting "convolve"');
  // @ts-expect-error -- not among the layouts
  expect(message(() => ConvTranspose2d({ ...conv, layout: 'CHW' }))).toContain('ConvTranspose2d: there is no layout "CHW"');
  // @ts-expect-error -- not among the settings
  expect(message(() => MaxPool2d(2, { stride: 1 }))).toBe('MaxPool2d: there is no setting "stride"; did you mean "strides"?');
  // @ts-expect-error -- not among the layouts
  expect(message(() => AveragePool2d(2, { layout: 'HWC' }))).toContain('AveragePool2d: there is no layout "HWC"');
  // @ts-expect-error -- not among the settings
  expect(message(() => Dense(2, { hasBias: false }))).toContain('Dense: there is no setting "hasBias"');
  // @ts-expect-error -- not among the settings
  expect(message(() => Conv2D(2, { bias: 0 }))).toContain('Conv2D: there is no setting "bias"');
});

test('Flatten keeps the batch', () => {
  const x = reshape(arange(12), [2, 3, 2]);
  expect(evaluate(apply(initialise(Flatten(), x), x)).toNested()).toEqual([[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]);
  expect(message(() => initialise(Flatten(), []))).toContain('Flatten: the input is a scalar');
});
