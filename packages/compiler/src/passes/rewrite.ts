import { rebuild, topologicalOrder, type Tensor } from '@xcorr/graph';

/** A rewrite: the tensor that means the same and costs less, or undefined where the law does not apply. */
export interface Law {
  /** The law in words of algebra, as printed and tested: `x * 1 = x`. */
  readonly text: string;
  readonly apply: (tensor: Tensor) => Tensor | undefined;
}

/** From roots to roots that mean the same. */
export interface Pass {
  readonly name: string;
  readonly run: (roots: readonly Tensor[]) => readonly Tensor[];
  /** Products and sums of literals may be taken otherwise than they are written: the laws are those of real numbers. */
  readonly isAlgebra?: boolean;
  /**
   * The graph of which `run` makes another one by its laws, where it is not the given one to the bit: a literal kernel may
   * stand there as a product of literals that differs from each tap by at most half a unit in the tap's last place.
   */
  readonly approximated?: (roots: readonly Tensor[]) => readonly Tensor[];
}

/** What becomes of some roots when each node is made anew, operands first; `result` is what became of a node before. */
export function remade(roots: readonly Tensor[], make: (tensor: Tensor, result: (before: Tensor) => Tensor) => Tensor, order: readonly Tensor[] = topologicalOrder(roots)): readonly Tensor[] {
  const done = new Map<Tensor, Tensor>();
  const result = (tensor: Tensor): Tensor => done.get(tensor) ?? tensor;
  for (const tensor of order) done.set(tensor, make(tensor, result));
  return roots.map(result);
}

/** A pass that applies laws, operands first, until none applies to a node. */
export function rewrites(name: string, laws: readonly Law[]): Pass {
  const simplify = (tensor: Tensor): Tensor => {
    for (const law of laws) {
      const result = law.apply(tensor);
      if (result !== undefined && result !== tensor) return simplify(result);
    }
    return tensor;
  };
  return { name, run: (roots) => remade(roots, (tensor, result) => simplify(rebuild(tensor, result))) };
}
