import { expectTypeOf } from 'vitest';
import { input, sum, type Tensor } from '../index.ts';
import { hessianVectorProduct, jvp, valueAndGrad, vjp } from './index.ts';

const [X, K] = [input('X', [2]), input('K', [2])];
const loss = sum(X);

// Gradients under the names, or in the order, of what was asked for.
expectTypeOf(valueAndGrad(loss, { X, K }).gradients).toEqualTypeOf<{ readonly X: Tensor; readonly K: Tensor }>();
expectTypeOf(valueAndGrad(loss, [X, K]).gradients).toEqualTypeOf<readonly [Tensor, Tensor]>();
expectTypeOf(vjp(X, [X, K], [1, 2])).toEqualTypeOf<readonly [Tensor, Tensor]>();
expectTypeOf(hessianVectorProduct(loss, [X], [[1, 2]])).toEqualTypeOf<readonly [Tensor]>();

// One direction for each tensor.
// @ts-expect-error There are two tensors.
jvp(X, [X, K], [[1, 2]]);
