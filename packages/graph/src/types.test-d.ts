import { expectTypeOf } from 'vitest';
import { grad, input, sum, type PrimitiveName, type RuleTable, type Tensor } from './index.ts';

const X = input('X', [6, 8]);
const K = input('K', [1, 2]);
const loss = sum(X);

// As many gradients as were asked for, in order: each can be taken apart without a check.
expectTypeOf(grad(loss, [X])).toEqualTypeOf<readonly [Tensor]>();
const [dX, dK] = grad(loss, [X, K]);
expectTypeOf(dX).toEqualTypeOf<Tensor>();
expectTypeOf(dK).toEqualTypeOf<Tensor>();
const list: readonly Tensor[] = [X, K];
expectTypeOf(grad(loss, list)).toEqualTypeOf<readonly Tensor[]>();

// A number is an operand, and no loss.
// @ts-expect-error A loss is a tensor.
grad(1, [X]);

// A table that lacks a rule does not compile, and neither does one with a rule too many.
declare const rules: RuleTable<readonly [], string>;
const { correlate, ...withoutCorrelate } = rules;
expectTypeOf(correlate).toBeFunction();
// @ts-expect-error The rule of correlate is missing.
const incomplete: RuleTable<readonly [], string> = withoutCorrelate;
expectTypeOf(incomplete).toBeObject();
expectTypeOf<keyof typeof rules>().toEqualTypeOf<PrimitiveName>();

// The primitive tells which operands and attributes a node has.
declare const node: Tensor;
if (node.primitive === 'correlate') {
  expectTypeOf(node.inputs).toEqualTypeOf<readonly [Tensor, Tensor]>();
  expectTypeOf(node.attributes.groups).toBeNumber();
}
if (node.primitive === 'input') expectTypeOf(node.attributes.name).toBeString();

// Nodes are read-only.
// @ts-expect-error A shape cannot be changed.
node.shape[0] = 3;
