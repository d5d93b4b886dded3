import { compile } from '@xcorr/compiler';
import {
  abs,
  add,
  atan2,
  binaryMeaning,
  binaryNames,
  cos,
  div,
  equal,
  exp,
  floor,
  input,
  less,
  lessEqual,
  log,
  max,
  min,
  mul,
  NdArray,
  neg,
  pow,
  sign,
  sin,
  sqrt,
  sub,
  tanh,
  unaryMeaning,
  unaryNames,
  type BinaryName,
  type Tensor,
  type UnaryName,
} from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { closures } from '../index.ts';

const unary: Readonly<Record<UnaryName, (x: Tensor) => Tensor>> = { neg, abs, sign, sqrt, exp, log, sin, cos, tanh, floor };
const binary: Readonly<Record<BinaryName, (a: Tensor, b: Tensor) => Tensor>> = { add, sub, mul, div, min, max, pow, atan2, less, lessEqual, equal };

const values = [0, -0, 1, -1, 2, -2, 0.5, -1.5, 3, 1e-300, 1e300, Infinity, -Infinity, Number.NaN];
const pairs = values.flatMap((a) => values.map((b) => [a, b] as const));

function vector(elements: readonly number[]): NdArray {
  return new NdArray([elements.length], Float64Array.from(elements));
}

describe('every element-wise primitive does to a number what the interpreter does, to the bit', () => {
  test.each(unaryNames)('%s', (name) => {
    const x = input('x', [values.length], { dtype: 'float64' });
    const { y } = compile({ inputs: { x }, outputs: { y: unary[name](x) } }, closures()).run({ x: vector(values) });
    expect([...y.data]).toEqual(values.map(unaryMeaning[name]));
  });

  test.each(binaryNames)('%s', (name) => {
    const a = input('a', [pairs.length], { dtype: 'float64' });
    const b = input('b', [pairs.length], { dtype: 'float64' });
    const feeds = { a: vector(pairs.map(([left]) => left)), b: vector(pairs.map(([, right]) => right)) };
    const { y } = compile({ inputs: { a, b }, outputs: { y: binary[name](a, b) } }, closures()).run(feeds);
    expect([...y.data]).toEqual(pairs.map(([left, right]) => binaryMeaning[name](left, right)));
  });
});
