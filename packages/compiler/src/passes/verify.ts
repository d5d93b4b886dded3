import { printShape, XcorrError, type Tensor } from '@xcorr/graph';
import { parse, print } from '@xcorr/graph/text';
import type { Pass } from './rewrite.ts';

/**
 * Checks a graph against the shape rule of every node: each is made anew from its text and must come out the same.
 *
 * @throws XcorrError naming the pass after which a node breaks its rule.
 */
export function verify(roots: readonly Tensor[], after: string): void {
  const named = Object.fromEntries(roots.map((root, position) => [String(position), root]));
  const text = print(named);
  let again: string;
  try {
    again = print(parse(text));
  } catch (error) {
    throw new XcorrError(`verify: after ${after} a node breaks its rule\n${error instanceof Error ? error.message : String(error)}`);
  }
  if (again !== text) throw new XcorrError(`verify: after ${after} the graph is not what its text says`);
}

/** The pass, with its result verified, and the shapes and dtypes of the roots compared with what they were. */
export function verified(pass: Pass): Pass {
  return {
    name: pass.name,
    run: (roots) => {
      const results = pass.run(roots);
      verify(results, pass.name);
      const kind = (tensor: Tensor | undefined): string => (tensor === undefined ? 'nothing' : `${tensor.dtype} ${printShape(tensor.shape)}`);
      const changed = roots.findIndex((root, position) => kind(root) !== kind(results[position]));
      if (changed >= 0 || results.length !== roots.length)
        throw new XcorrError(`verify: ${pass.name} made root ${changed} ${kind(results[changed])}; it was ${kind(roots[changed])}`);
      return results;
    },
  };
}
