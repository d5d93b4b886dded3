import { NdArray, printShape, roundTo, state, storageOf, suggest, ValueError, type DType, type NodeOf, type Tensor } from '@xcorr/graph';
import { MismatchError } from './errors.ts';
import { elementsOf } from './layers/checks.ts';
import type { Network, Parameters } from './network.ts';

/** Arrays by name, as files hold them: a Map, or the entries of a record (the record itself is none). */
export type NamedArrays = Iterable<readonly [name: string, array: NdArray]>;

/** A parameter as lists show it. */
export interface ParameterLine {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly elements: number;
}

/** A state, and no other tensor. */
export function asState(tensor: Tensor, name: string, operation: string): NodeOf<'state'> {
  if (tensor.primitive !== 'state') throw new MismatchError(`${operation}: ${JSON.stringify(name)} was made by ${tensor.primitive}; parameters are states`);
  return tensor;
}

/** The sizes of a state: it has values, so they are numbers. */
export function shapeOf(tensor: Tensor): readonly number[] {
  return tensor.shape.map(Number);
}

/**
 * The parameters of a network, in their order.
 *
 * @example
 * listParameters(initialise(Dense(2), [1, 3])).map(({ name, elements }) => [name, elements]); // => [['weight', 6], ['bias', 2]]
 */
export function listParameters({ parameters }: Pick<Network, 'parameters'>): readonly ParameterLine[] {
  return Object.entries(parameters).map(([name, tensor]) => {
    const shape = shapeOf(tensor);
    return { name, shape, dtype: tensor.dtype, elements: elementsOf(shape) };
  });
}

/** What a state holds before the first run. */
export function initialValue(tensor: Tensor, name: string, operation: string): NdArray {
  const { attributes, dtype, shape } = asState(tensor, name, operation);
  return new NdArray(shape.map(Number), dtype === 'float32' ? Float32Array.from(attributes.initial) : attributes.initial.slice());
}

/**
 * The values that the parameters start with. What they have become stands in the program: `Object.entries(program.state)`.
 *
 * @example
 * initialValues(initialise(Dense(1, { weight: given([[2]]), bias: false }), [1, 1])).get('weight').toNested(); // => [[2]]
 */
export function initialValues({ parameters }: Pick<Network, 'parameters'>): Map<string, NdArray> {
  return new Map(Object.entries(parameters).map(([name, tensor]) => [name, initialValue(tensor, name, 'initialValues')]));
}

/** How arrays are taken for parameters. */
export interface LoadOptions {
  /** True: values of another dtype are rounded to that of the parameter. Default: they are refused. */
  readonly round?: boolean;
}

/**
 * Holds arrays against the states that they are meant for: the same names, shapes and dtypes.
 *
 * @throws MismatchError with every difference.
 */
export function checkFit(operation: string, states: Parameters, arrays: ReadonlyMap<string, NdArray>, options: LoadOptions = {}): void {
  const differences = Object.entries(states).flatMap(([name, tensor]) => {
    const array = arrays.get(name);
    if (array === undefined) return [`${JSON.stringify(name)} is missing`];
    const [have, want] = [printShape(array.shape), printShape(tensor.shape)];
    if (have !== want) return [`${JSON.stringify(name)} has the shape ${have}, and ${want} is expected`];
    const storage = storageOf(array.data);
    if (storage !== tensor.dtype && options.round !== true) return [`${JSON.stringify(name)} is ${storage}, and ${tensor.dtype} is expected (round: true rounds it)`];
    return [];
  });
  const unknown = [...arrays.keys()].filter((name) => !Object.hasOwn(states, name)).map((name) => `${JSON.stringify(name)} is not among the parameters; ${suggest(name, Object.keys(states), 'parameters')}`);
  const all = [...differences, ...unknown];
  if (all.length === 0) return;
  const shown = all.slice(0, 10).map((line) => `\n  ${line}`);
  throw new MismatchError(`${operation}: the values do not fit${shown.join('')}${all.length > shown.length ? `\n  and ${all.length - shown.length} more` : ''}`);
}

/** JavaScript gives records and nested lists, too, which no compiler has looked at. */
function checkIterable(arrays: unknown): void {
  if (typeof arrays !== 'object' || arrays === null) throw new ValueError(`load: arrays are given by name, and this is ${arrays === null ? 'null' : `of type ${typeof arrays}`}\n  ${pairs}`);
  if (Symbol.iterator in arrays) return;
  const names = Object.keys(arrays).slice(0, 3).map((name) => JSON.stringify(name));
  throw new ValueError(`load: arrays are given as pairs of a name and an array, and this is a record of ${names.join(', ') || 'nothing'}\n  give its entries: load(network, Object.entries(arrays))`);
}

function checkPair(pair: unknown): void {
  if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string') throw new ValueError(`load: arrays are given as pairs of a name and an array, and among these stands something else\n  ${pairs}`);
  if (!(pair[1] instanceof NdArray)) throw new ValueError(`load: ${JSON.stringify(pair[0])} is no array but ${Array.isArray(pair[1]) ? 'a list' : `of type ${typeof pair[1]}`}\n  give an NdArray, such as ndarray(list)`);
}

const pairs = 'give a Map of arrays, or pairs of a name and an array';

/** A state of the same name, shape and dtype that starts with these values. */
export function restarted(tensor: Tensor, name: string, array: NdArray): Tensor {
  return state(name, new NdArray(array.shape, Float64Array.from(array.data, roundTo[tensor.dtype])), { dtype: tensor.dtype });
}

/**
 * The network with parameters that start with these values. They are new states: build the loss from the network that
 * this returns.
 *
 * @param arrays  one for each parameter, by name: what `readSafetensors` gives, or `Object.entries(program.state)`
 * @throws MismatchError when names, shapes or dtypes differ; it lists what does.
 * @throws ValueError when these are no pairs of a name and an array, but a record or nested lists.
 * @example
 * const network = initialise(Dense(1, { bias: false }), [1, 2]);
 * const loaded = load(network, [['weight', ndarray([[3, 4]])]]);
 * evaluate(apply(loaded, constant([[1, 1]]))).toNested(); // => [[7]]
 */
export function load(network: Network, arrays: NamedArrays, options: LoadOptions = {}): Network {
  checkIterable(arrays);
  const entries = [...arrays];
  entries.forEach(checkPair);
  const values = new Map(entries);
  checkFit('load', network.parameters, values, options);
  const parameters = Object.entries(network.parameters).map(([name, tensor]): readonly [string, Tensor] => {
    const array = values.get(name);
    return [name, array === undefined ? tensor : restarted(tensor, name, array)];
  });
  return { ...network, parameters: Object.fromEntries(parameters) };
}
