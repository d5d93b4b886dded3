import { ValueError } from './errors.ts';
import { add } from './ops/elementwise.ts';
import { noOperand, operandLine, shapeError } from './ops/operand.ts';
import { full, zerosLike } from './ops/source.ts';
import { applyRule, isTensor, labelOf, type Tensor } from './tensor.ts';
import { topologicalOrder } from './topological-order.ts';
import { vjp } from './vjp.ts';

/**
 * Gradients remember the losses they came from: what differentiation lost of its dependence is zero, not an error.
 * Several losses can have one gradient, because one meaning is one tensor.
 */
const origins = new WeakMap<Tensor, Set<Tensor>>();

/** The nodes among `order` whose value depends on one of `targets`. */
function dependents(order: readonly Tensor[], targets: readonly Tensor[]): ReadonlySet<Tensor> {
  const reached = new Set<Tensor>(targets);
  for (const node of order) {
    const inputs: readonly Tensor[] = node.inputs;
    if (inputs.some((operand) => reached.has(operand))) reached.add(node);
  }
  return reached;
}

/** True when the loss, or the loss that it was differentiated from, reaches the tensor. */
export function everReached(loss: Tensor, target: Tensor): boolean {
  const losses = new Set([loss]);
  for (const each of losses)
    for (const node of topologicalOrder([each])) {
      if (node === target) return true;
      for (const origin of origins.get(node) ?? []) losses.add(origin);
    }
  return false;
}

function checkTensors(operation: string, loss: unknown, wrt: unknown): void {
  if (!Array.isArray(wrt)) throw new ValueError(`${operation}: a list of tensors is expected: ${operation}(loss, [K])`);
  const targets: readonly unknown[] = wrt;
  for (const each of [loss, ...targets]) if (!isTensor(each)) throw noOperand(each, operation, 'a tensor');
}

/**
 * The gradients of a scalar with respect to some tensors, as tensors of the same graph: they can be compiled,
 * printed and differentiated again.
 *
 * @param loss a scalar
 * @returns one gradient for each of `wrt`, of its shape
 * @throws ValueError when one of them is no tensor of this package.
 * @throws ShapeError when the loss is not a scalar, or does not depend on one of `wrt`.
 * @example
 * const k = constant([3, 4]);
 * const [dk] = grad(sum(square(k)), [k]);
 * evaluate(dk).toNested(); // => [6, 8]
 */
export function grad<const Targets extends readonly Tensor[]>(
  loss: Tensor,
  wrt: Targets,
): { [K in keyof Targets]: Tensor };
export function grad(loss: Tensor, wrt: readonly Tensor[]): readonly Tensor[] {
  return gradAs('grad', loss, wrt);
}

/** grad under another name, of which errors then speak. */
export function gradAs(operation: string, loss: Tensor, wrt: readonly Tensor[]): readonly Tensor[] {
  checkTensors(operation, loss, wrt);
  if (loss.shape.length !== 0)
    throw shapeError(`${operation}: the loss is not a scalar`, [operandLine(loss, 'loss')], {
      text: 'a gradient needs one number to differentiate; sum or average the loss first',
    });
  const order = topologicalOrder([loss]);
  const reached = dependents(order, wrt);
  for (const target of wrt)
    if (!order.includes(target) && !everReached(loss, target))
      throw shapeError(`${operation}: the loss does not depend on ${labelOf(target) ?? 'the tensor'}`, [operandLine(loss, 'loss'), operandLine(target, 'wrt')], {
        text: 'differentiate with respect to tensors that the loss was computed from',
      });

  const gradients = new Map<Tensor, Tensor>([[loss, full([], 1, { dtype: loss.dtype })]]);
  for (const node of [...order].reverse()) {
    const dy = gradients.get(node);
    if (dy === undefined || !reached.has(node)) continue;
    const rules = applyRule(vjp, node, dy);
    const operands: readonly Tensor[] = node.inputs;
    operands.forEach((operand, position) => {
      const rule = rules[position];
      if (rule === undefined || !reached.has(operand)) return;
      const part = rule();
      const sofar = gradients.get(operand);
      gradients.set(operand, sofar === undefined ? part : add(sofar, part));
    });
  }
  return wrt.map((target) => {
    const gradient = gradients.get(target) ?? zerosLike(target);
    if (gradient !== target) origins.set(gradient, (origins.get(gradient) ?? new Set()).add(loss));
    return gradient;
  });
}
