import { gradAs } from '../grad.ts';
import type { Tensor } from '../tensor.ts';

/** Tensors to differentiate with respect to: in order, or by name. */
export type Targets = readonly Tensor[] | Readonly<Record<string, Tensor>>;

/** A loss and its gradients: one graph, in which both share what they have in common. */
export interface ValueAndGradients<Of extends Targets> {
  readonly value: Tensor;
  /** One for each target, in its order or under its name. */
  readonly gradients: { readonly [K in keyof Of]: Tensor };
}

/**
 * A scalar and its gradients, to be the outputs of one program: what both need is computed once.
 *
 * @param loss a scalar
 * @param wrt a list of tensors, or tensors by name, such as the parameters of a layer
 * @throws ValueError when one of them is no tensor of this package.
 * @throws ShapeError when the loss is not a scalar, or does not depend on one of `wrt`.
 * @example
 * const K = state('K', [3, 4]);
 * const { value, gradients } = valueAndGrad(sum(square(K)), { K });
 * [evaluate(value).item(), evaluate(gradients.K).toNested()]; // => [25, [6, 8]]
 */
export function valueAndGrad<const Of extends Targets>(loss: Tensor, wrt: Of): ValueAndGradients<Of>;
export function valueAndGrad(loss: Tensor, wrt: Targets): ValueAndGradients<Targets> {
  if (isList(wrt)) return { value: loss, gradients: gradAs('valueAndGrad', loss, wrt) };
  const names = Object.keys(wrt);
  const gradients = gradAs('valueAndGrad', loss, Object.values(wrt));
  return { value: loss, gradients: Object.fromEntries(gradients.map((gradient, position) => [names[position] ?? '', gradient])) };
}

function isList(wrt: Targets): wrt is readonly Tensor[] {
  return Array.isArray(wrt);
}
