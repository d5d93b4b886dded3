import type { Random } from '../random/random.ts';

/** What an initialiser is told of a parameter. */
export interface ParameterForm {
  readonly role: 'weight' | 'bias';
  readonly shape: readonly number[];
  /** As PyTorch counts: the elements of the layer's weight behind its output axis. A bias has those of its weight. */
  readonly fanIn: number;
  /** The elements of the weight behind its input axis. */
  readonly fanOut: number;
  /** True for transposed convolutions, whose weights have input and output exchanged. */
  readonly isTransposed: boolean;
}

/** The values that a parameter starts with, row-major, drawn from a stream of its own. */
export type Initialiser = (form: ParameterForm, random: Random) => Float64Array;

/** The initialisers of weights and biases. */
export interface Initialisers {
  readonly weight: Initialiser;
  readonly bias: Initialiser;
}

/** As many values as the parameter has elements. */
export function drawn({ shape }: ParameterForm, draw: () => number): Float64Array {
  return Float64Array.from({ length: shape.reduce((product, size) => product * size, 1) }, draw);
}
