import { ValueError } from '@xcorr/graph';
import type { CustomLayer, Layer, LayerRule, SequentialLayer } from './layer.ts';

/** Names within a network stand between dots, and in files. */
export function checkName(name: string, operation: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(name)) throw new ValueError(`${operation}: the name ${JSON.stringify(name)} may have letters, digits, _ and -, and at least one of them`);
  return name;
}

/**
 * One layer after the other. Parameters are named by position, `0.weight`, or by the names given: `edges.weight`. A layer
 * that stands in two places has parameters of its own in each.
 *
 * @throws ValueError when there is no layer, something else stands in the place of one, or a name has other characters than letters, digits, `_` and `-`.
 * @see PyTorch `torch.nn.Sequential`
 * @example
 * const layers = Sequential({ edges: Conv2d({ outputs: 4, kernel: 3 }), active: Activation('relu'), flat: Flatten(), answer: Dense(2) });
 * Object.keys(initialise(layers, [1, 1, 8, 8]).parameters); // => ['edges.weight', 'edges.bias', 'answer.weight', 'answer.bias']
 */
export function Sequential(layers: readonly Layer[] | Readonly<Record<string, Layer>>): SequentialLayer {
  const named = Object.entries(layers).map(([name, layer]): readonly [string, Layer] => [checkName(name, 'Sequential'), layer]);
  if (named.length === 0) throw new ValueError('Sequential: no layer; give at least one');
  const other = named.find(([, layer]) => typeof layer !== 'object' || !Object.hasOwn(layer, 'kind'));
  if (other !== undefined) throw new ValueError(`Sequential: ${JSON.stringify(other[0])} is no layer; give one list of layers, such as [Flatten(), Dense(2)], or a record of them`);
  return { kind: 'Sequential', layers: named };
}

export const applySequential: LayerRule<SequentialLayer> = ({ layers }, x, { child }) => layers.reduce((value, [name, layer]) => child(name, layer, value), x);

/**
 * A layer of one's own: a function of its input that asks for the parameters it needs.
 *
 * @throws ValueError when the name has other characters than letters, digits, `_` and `-`.
 * @example
 * const scale = Custom('Scale', (x, parameter) => mul(x, parameter('factor', { role: 'weight', shape: [], fanIn: 1, fanOut: 1, initialiser: given(3) })));
 * evaluate(apply(initialise(scale, [2]), constant([1, 2]))).toNested(); // => [3, 6]
 */
export function Custom(name: string, apply: CustomLayer['apply']): CustomLayer {
  return { kind: 'Custom', name: checkName(name, 'Custom'), apply };
}

export const applyCustom: LayerRule<CustomLayer> = ({ apply }, x, { parameter }) => apply(x, parameter);
