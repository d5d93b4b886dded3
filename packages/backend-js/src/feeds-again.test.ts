import { compile, type Executable } from '@xcorr/compiler';
import { add, input, mul, NdArray, type Feed, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { js } from './index.ts';

// A program that has run takes feeds that fit at first sight without looking further: all else must be seen as before.

function warm(): Executable<{ a: Tensor; b: Tensor }, Readonly<Record<never, Tensor>>, { y: Tensor }> {
  const [a, b] = [input('a', [2, 3]), input('b', [3], { storage: 'uint8' })];
  const program = compile({ inputs: { a, b }, outputs: { y: add(a, b) } }, js());
  program.run({ a: fitting.a, b: fitting.b });
  return program;
}

const fitting = { a: Float32Array.of(1, 2, 3, 4, 5, 6), b: Uint8Array.of(10, 20, 30) };
const wanted = [[11, 22, 33], [14, 25, 36]];

describe('a program that has run takes', () => {
  test.each<readonly [string, { readonly a: Feed; readonly b: Feed }]>([
    ['typed arrays', fitting],
    ['arrays with their shapes', { a: new NdArray([2, 3], fitting.a), b: new NdArray([3], fitting.b) }],
    ['clamped bytes', { a: fitting.a, b: Uint8ClampedArray.from(fitting.b) }],
    ['lists', { a: [[1, 2, 3], [4, 5, 6]], b: [10, 20, 30] }],
    ['bytes where more is held', { a: Uint8Array.from(fitting.a), b: fitting.b }],
    ['an object without a prototype', Object.assign(Object.create(null), fitting)],
  ])('%s', (_, feeds) => {
    expect(warm().run(feeds).y.toNested()).toEqual(wanted);
  });
});

describe('a program that has run refuses', () => {
  test.each<readonly [string, unknown, RegExp]>([
    ['a shape turned', { a: new NdArray([3, 2], fitting.a), b: fitting.b }, /shape \[3, 2\], the input has \[2, 3\]/],
    ['too few elements', { a: fitting.a.slice(1), b: fitting.b }, /5 elements/],
    ['digits that would be lost', { a: Float64Array.from(fitting.a), b: fitting.b }, /would lose digits/],
    ['bytes that are none', { a: fitting.a, b: Float32Array.from(fitting.b) }, /would lose digits/],
    ['a name too many', { ...fitting, c: [1] }, /there is no input "c"/],
    ['a name for another', { a: fitting.a, c: fitting.b }, /there is no input "c"/],
    ['a missing name', { a: fitting.a }, /"b" is not fed/],
    ['what is inherited', Object.create(fitting), /"a" is not fed/],
    ['nothing', null, /an object with a value for each input/],
  ])('%s', (_, feeds, message) => {
    const { run } = warm();
    expect((): unknown => Reflect.apply(run, undefined, [feeds])).toThrow(message);
  });
});

test('what runs the program when it is read does not disturb the run it is read for', () => {
  const { run } = warm();
  const other = { a: Float32Array.from(fitting.a, () => 0), b: Uint8Array.of(0, 0, 0) };
  const reads = { a: fitting.a, get b() {
    expect(run(other).y.toNested()).toEqual([[0, 0, 0], [0, 0, 0]]);
    return fitting.b;
  } };
  expect(run(reads).y.toNested()).toEqual(wanted);
});

describe('results go into arrays of the caller’s, again,', () => {
  function twoOutputs(): Pick<Executable<{ a: Tensor }, Readonly<Record<never, Tensor>>, { y: Tensor; bytes: Tensor }>, 'runInto'> {
    const a = input('a', [3]);
    const program = compile({ inputs: { a }, outputs: { y: mul(a, 2), bytes: { tensor: add(a, 1), storage: 'uint8' } } }, js());
    program.run({ a: [1, 2, 3] });
    return program;
  }
  const a = Float32Array.of(1, 2, 3);

  test('as typed arrays and with their shapes', () => {
    const outputs = { y: new Float32Array(3), bytes: new NdArray([3], new Uint8ClampedArray(3)) };
    twoOutputs().runInto({ a }, outputs);
    expect([...outputs.y, ...outputs.bytes.data]).toEqual([2, 4, 6, 2, 3, 4]);
  });
  test('also into a feed’s own', () => {
    const both = Float32Array.from(a);
    twoOutputs().runInto({ a: both }, { y: both, bytes: new Uint8ClampedArray(3) });
    expect([...both]).toEqual([2, 4, 6]);
  });
  const shared = new ArrayBuffer(16);
  test.each<readonly [string, unknown, RegExp]>([
    ['that share memory', { y: new Float32Array(shared, 0, 3), bytes: new Uint8ClampedArray(shared, 11, 3) }, /"y" and "bytes" share memory/],
    ['of bytes that do not saturate', { y: new Float32Array(3), bytes: new Uint8Array(3) }, /"bytes" needs a Uint8ClampedArray/],
    ['of too few elements', { y: new Float32Array(2), bytes: new Uint8ClampedArray(3) }, /"y" needs a Float32Array of 3/],
    ['with a name too many', { y: new Float32Array(3), bytes: new Uint8ClampedArray(3), z: new Float32Array(3) }, /there is no output "z"/],
    ['without one of them', { y: new Float32Array(3) }, /"bytes" needs a Uint8ClampedArray/],
  ])('but not %s', (_, outputs, message) => {
    const { runInto } = twoOutputs();
    expect((): unknown => Reflect.apply(runInto, undefined, [{ a }, outputs])).toThrow(message);
  });
});

test('an input may have a name that every object has', () => {
  const [a, b] = [input('toString', [2]), input('__proto__', [2])];
  const { run } = compile({ inputs: { toString: a, ['__proto__']: b }, outputs: { ['__proto__']: add(a, b) } }, js());
  const feeds = { toString: [1, 2], ['__proto__']: [3, 4] };
  for (let time = 0; time < 3; time++) {
    const results = run(feeds);
    expect(Object.keys(results)).toEqual(['__proto__']);
    expect(results['__proto__'].toNested()).toEqual([4, 6]);
  }
  expect((): unknown => Reflect.apply(run, undefined, [{ ['__proto__']: [3, 4] }])).toThrow(/"toString" is not fed/);
});

test('what is recorded of many elements stands in order', () => {
  const x = input('x', [40]);
  const { run } = compile({ inputs: { x }, outputs: { y: add(x, 1) } }, js());
  const { y } = run({ x: Float32Array.from({ length: 40 }, (_, at) => at) }, { times: 3, record: ['y'] });
  expect(y.shape).toEqual([3, 40]);
  expect([...y.data]).toEqual([0, 1, 2].flatMap(() => Array.from({ length: 40 }, (_, at) => at + 1)));
});
