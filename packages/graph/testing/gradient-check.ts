import { expect } from 'vitest';
import { add, constant, evaluate, grad, input, literalShape, mul, sum, type NdArray, type Tensor } from '../src/index.ts';
import { point, pseudoRandomPoint } from './points.ts';

/** A value of each operand; its shape is the operand's. */
export type Point = readonly NdArray[];

/** Points lie at least 0.01 from every kink, so a step of 1e-4 never crosses one. */
const step = 1e-4;
const relativeTolerance = 1e-6;
const directions = [11, 12, 13];

/**
 * Compares the gradient of a function, and the gradient of its gradient, with central differences in float64.
 *
 * The function is made a scalar by a fixed direction v: L = <v, f(x)>. For each of some directions d
 *
 *   first order    <grad L, d>  =  (L(x + h d) - L(x - h d)) / 2h
 *   second order   the same for  S = <grad L, u>  with another fixed direction u
 */
export function checkGradients<const At extends Point>(at: At, build: (operands: { readonly [K in keyof At]: Tensor }) => Tensor): void;
export function checkGradients(at: Point, build: (operands: readonly Tensor[]) => Tensor): void {
  const operands = at.map(({ shape }, position) => input(`x${position}`, shape, { dtype: 'float64' }));
  const loss = along(build(operands), 7);
  const gradients = grad(loss, operands);
  checkAlongDirections('first order', loss, gradients, at);
  const slope = gradients.map((gradient, position) => along(gradient, 21 + position)).reduce((total, each) => add(total, each));
  checkAlongDirections('second order', slope, grad(slope, operands), at);
}

/** <v, y> for a fixed direction v. */
function along(y: Tensor, seed: number): Tensor {
  return sum(mul(y, constant(pseudoRandomPoint(literalShape(y.shape) ?? [], seed), { dtype: 'float64' })));
}

function checkAlongDirections(order: string, scalar: Tensor, gradients: readonly Tensor[], at: Point): void {
  const values = gradients.map((gradient) => evaluate(gradient, feeds(at)).data);
  for (const seed of directions) {
    const direction = at.map(({ shape }, position) => pseudoRandomPoint(shape, seed + 100 * position));
    const difference = (valueAt(scalar, moved(at, direction, step)) - valueAt(scalar, moved(at, direction, -step))) / (2 * step);
    const terms = values.flatMap((data, position) => Array.from(data, (value, index) => value * (direction[position]?.data[index] ?? 0)));
    const slope = terms.reduce((total, term) => total + term, 0);
    const scale = terms.reduce((total, term) => total + Math.abs(term), 1);
    expect(Math.abs(slope - difference) / scale, `${order}: the gradient says ${slope}, the difference ${difference}`).toBeLessThan(relativeTolerance);
  }
}

function valueAt(scalar: Tensor, at: Point): number {
  return evaluate(scalar, feeds(at)).item();
}

function moved(at: Point, direction: Point, by: number): Point {
  return at.map(({ shape, data }, position) => point(shape, Array.from(data, (value, index) => value + by * (direction[position]?.data[index] ?? 0))));
}

function feeds(at: Point): Readonly<Record<string, NdArray>> {
  return Object.fromEntries(at.map((value, position) => [`x${position}`, value]));
}
