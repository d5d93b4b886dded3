import { constant, evaluate, input, mul, NdArray, ndarray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { message } from '../testing/message.ts';
import { Activation, Conv2d, Custom, Dense, Flatten, MaxPool2d, Sequential, apply, frameworkInitialisers, given, initialValues, initialise, listParameters, load } from './index.ts';

const classifier = Sequential([Conv2d({ outputs: 4, kernel: 3, padding: 1 }), Activation('relu'), MaxPool2d(2), Sequential({ flat: Flatten(), answer: Dense(3) })]);

test('parameters are named by the way to them, in order', () => {
  const network = initialise(classifier, ['N', 2, 8, 6]);
  expect(listParameters(network)).toEqual([
    { name: '0.weight', shape: [4, 2, 3, 3], dtype: 'float32', elements: 72 },
    { name: '0.bias', shape: [4], dtype: 'float32', elements: 4 },
    { name: '3.answer.weight', shape: [3, 48], dtype: 'float32', elements: 144 },
    { name: '3.answer.bias', shape: [3], dtype: 'float32', elements: 3 },
  ]);
  expect(Object.keys(initialise(Dense(1), [1, 1], { prefix: 'head.last' }).parameters)).toEqual(['head.last.weight', 'head.last.bias']);
  expect(apply(network, input('x', [5, 2, 8, 6])).shape).toEqual([5, 3]);
});

test('the same seed gives the same values, another seed others, and a layer more does not move those before it', () => {
  const values = (seed: number, layers = 1): readonly unknown[] => {
    const network = initialise(Sequential(Array.from({ length: layers }, () => Dense(3))), [1, 3], { seed });
    return [...initialValues(network).values()].slice(0, 2).map((array) => array.toNested());
  };
  expect(values(1)).toEqual(values(1));
  expect(values(1)).not.toEqual(values(2));
  expect(values(1, 2)).toEqual(values(1));
});

test('one layer in two places has parameters of its own in each', () => {
  const layer = Dense(2);
  const { parameters } = initialise(Sequential([layer, layer]), [1, 2]);
  expect(Object.keys(parameters)).toEqual(['0.weight', '0.bias', '1.weight', '1.bias']);
  expect(evaluate(parameters['0.weight'] ?? constant(0)).toNested()).not.toEqual(evaluate(parameters['1.weight'] ?? constant(0)).toNested());
});

test('a layer of one’s own', () => {
  const scale = Custom('Scale', (x, parameter) => mul(x, parameter('factor', { role: 'weight', shape: [2], fanIn: 1, fanOut: 1, initialiser: given([2, 3]) })));
  const network = initialise(Sequential({ scale }), [1, 2]);
  expect(Object.keys(network.parameters)).toEqual(['scale.factor']);
  expect(evaluate(apply(network, constant([[5, 7]]))).toNested()).toEqual([[10, 21]]);
  const twice = Custom('Twice', (x, parameter) => {
    const form = { role: 'bias', shape: [], fanIn: 1, fanOut: 1 } as const;
    return mul(mul(x, parameter('a', form)), parameter('a', form));
  });
  expect(message(() => initialise(twice, [1]))).toBe('Twice: two parameters are named "a"; give each a name of its own');
});

test('errors', () => {
  expect(message(() => Sequential([]))).toBe('Sequential: no layer; give at least one');
  // @ts-expect-error -- no list
  expect(message(() => Sequential(Flatten()))).toBe('Sequential: "kind" is no layer; give one list of layers, such as [Flatten(), Dense(2)], or a record of them');
  // @ts-expect-error -- a function in the place of a layer
  expect(message(() => Sequential([Flatten, Dense(1)]))).toContain('Sequential: "0" is no layer');
  // @ts-expect-error -- not among the settings
  expect(message(() => initialise(Dense(1), [1, 1], { initialiser: given([[1]]) }))).toContain('initialise: there is no setting "initialiser"; did you mean "initialisers"?');
  expect(message(() => Sequential({ 'a.b': Flatten() }))).toBe('Sequential: the name "a.b" may have letters, digits, _ and -, and at least one of them');
  expect(message(() => initialise(Dense(1), [1, 1], { seed: -1 }))).toContain('initialise: the seed -1');
  expect(message(() => initialise(Dense(1), [1, 1], { prefix: 'a..b' }))).toContain('initialise: the name ""');
  expect(message(() => initialise(Dense(1), [1, 2], { initialisers: { ...frameworkInitialisers.keras, weight: () => new Float64Array(1) } }))).toBe('Dense: the initialiser gave 1 values for "weight" of shape [1, 2]');
  const network = initialise(classifier, [1, 2, 8, 6]);
  expect(message(() => apply(network, input('x', [1, 3, 8, 6])))).toMatchInlineSnapshot(`
    "Conv2d "0": the parameter "0.weight" is [4, 2, 3, 3], this input needs [4, 3, 3, 3]
      input  [1, 3, 8, 6]
      initialise the layer for this input, or give one with as many channels as before"
  `);
  expect(message(() => apply(network, input('x', [1, 2, 8, 6], { dtype: 'float64' })))).toBe('apply: the parameter "0.weight" is float32, the input is float64\n  cast the input, or initialise the layer for an input of that dtype');
  expect(message(() => apply({ ...network, prefix: 'a.' }, input('x', [1, 2, 8, 6])))).toBe('Conv2d "a.0": there is no parameter "a.0.weight"; initialise the layer anew');
});

describe('load', () => {
  const network = initialise(Sequential([Dense(2), Dense(1, { bias: false })]), [1, 3], { seed: 1 });
  const other = initialise(Sequential([Dense(2), Dense(1, { bias: false })]), [1, 3], { seed: 2 });

  test('gives parameters their values, as new states of the same names', () => {
    const loaded = load(network, initialValues(other));
    expect(initialValues(loaded)).toEqual(initialValues(other));
    expect(loaded.parameters['0.weight']).not.toBe(network.parameters['0.weight']);
    const x = constant([[1, 2, 3]]);
    expect(evaluate(apply(loaded, x)).toNested()).toEqual(evaluate(apply(other, x)).toNested());
  });

  test('every difference is named', () => {
    const arrays = initialValues(other);
    arrays.delete('0.bias');
    arrays.set('0.weight', new NdArray([3, 2], new Float32Array(6)));
    arrays.set('1.weight', new NdArray([1, 2], new Float64Array(2)));
    arrays.set('1.wieght', ndarray([1]));
    expect(message(() => load(network, arrays))).toMatchInlineSnapshot(`
      "load: the values do not fit
        "0.weight" has the shape [3, 2], and [2, 3] is expected
        "0.bias" is missing
        "1.weight" is float64, and float32 is expected (round: true rounds it)
        "1.wieght" is not among the parameters; did you mean "1.weight"?"
    `);
  });

  test('many differences are counted', () => {
    expect(message(() => load(network, Array.from({ length: 20 }, (_, index) => [`x${index}`, ndarray(1)] as const)))).toContain('and 13 more');
  });

  test.each<readonly [string, unknown, string]>([
    ['a record', { '0.weight': ndarray([1]), '0.bias': ndarray([1]) }, 'load: arrays are given as pairs of a name and an array, and this is a record of "0.weight", "0.bias"\n  give its entries: load(network, Object.entries(arrays))'],
    ['nothing', undefined, 'load: arrays are given by name, and this is of type undefined\n  give a Map of arrays, or pairs of a name and an array'],
    ['arrays without names', [ndarray([1])], 'load: arrays are given as pairs of a name and an array, and among these stands something else\n  give a Map of arrays, or pairs of a name and an array'],
    ['nested lists', [['1.weight', [[1, 2]]]], 'load: "1.weight" is no array but a list\n  give an NdArray, such as ndarray(list)'],
  ])('%s in the place of pairs, as JavaScript lets one, is refused', (_, arrays, said) => {
    expect(message(() => Reflect.apply(load, undefined, [network, arrays]))).toBe(said);
  });

  test('values of another dtype are rounded where that is asked for', () => {
    const small = initialise(Dense(1, { bias: false }), [1, 1]);
    const loaded = load(small, [['weight', ndarray([[0.1]], 'float64')]], { round: true });
    expect(initialValues(loaded).get('weight')?.data).toEqual(Float32Array.of(0.1));
  });
});
