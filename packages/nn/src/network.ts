import { equalShapes, input, isTensor, NdArray, printShape, roundTo, ShapeError, state, ValueError, type DType, type Tensor } from '@xcorr/graph';
import { frameworkInitialisers } from './initialisers/frameworks.ts';
import type { Initialisers } from './initialisers/initialiser.ts';
import { applyActivation, applyFlatten } from './layers/activation.ts';
import { applyConv2D } from './layers/book-conv2d.ts';
import { elementsOf } from './layers/checks.ts';
import { applyConvTranspose2d } from './layers/conv-transpose2d.ts';
import { applyConv2d } from './layers/conv2d.ts';
import { applyDense } from './layers/dense.ts';
import type { InputLike, Layer, LayerKind, LayerOf, LayerRule, ParameterRequest } from './layers/layer.ts';
import { applyPool } from './layers/pooling.ts';
import { applyCustom, applySequential, checkName } from './layers/sequential.ts';
import { checkSeed, createRandom } from './random/random.ts';
import { checkNames, type Names } from './settings.ts';

/** Parameters by name: states, which live inside the programs that are compiled with them. */
export type Parameters = Readonly<Record<string, Tensor>>;

/** A layer with its parameters. */
export interface Network {
  readonly layer: Layer;
  /** By hierarchical names: `weight`, `0.weight`, `encoder.0.weight`. */
  readonly parameters: Parameters;
  /** What stands before every name, with its dot; empty for none. */
  readonly prefix: string;
}

const rules: { readonly [K in LayerKind]: LayerRule<LayerOf<K>> } = {
  Conv2d: applyConv2d,
  ConvTranspose2d: applyConvTranspose2d,
  Conv2D: applyConv2D,
  Dense: applyDense,
  Pool2d: applyPool,
  Activation: applyActivation,
  Flatten: applyFlatten,
  Custom: applyCustom,
  Sequential: applySequential,
};

function ruleOf<K extends LayerKind>(layer: LayerOf<K>): LayerRule<LayerOf<K>> {
  return rules[layer.kind];
}

/** The parameter of a full name, asked for by the layer of a title. */
type Supply = (name: string, request: ParameterRequest, title: string) => Tensor;

function forward(layer: Layer, x: Tensor, path: string, supply: Supply): Tensor {
  const kind = layer.kind === 'Custom' ? layer.name : layer.kind;
  const title = path === '' ? kind : `${kind} ${JSON.stringify(path.slice(0, -1))}`;
  return ruleOf(layer)(layer, x, {
    title,
    parameter: (name, request) => supply(`${path}${checkName(name, title)}`, request, title),
    child: (name, inner, value) => forward(inner, value, `${path}${name}.`, supply),
  });
}

/** How the parameters of a network are made. */
export interface InitialiseOptions {
  /** 0 to 2^53 - 1. Default: 0. */
  readonly seed?: number;
  /** For layers that have none of their own. Default: PyTorch's. */
  readonly initialisers?: Initialisers;
  /** Stands before all names: two networks in one program need different names. Default: none. */
  readonly prefix?: string;
  /** Where the input is given as a shape. Default: float32. */
  readonly dtype?: DType;
}

const names: Names<InitialiseOptions> = { seed: true, initialisers: true, prefix: true, dtype: true };

/**
 * Gives a layer its parameters, of the forms that an input asks for: channels that were not given are those of the input.
 * Every parameter draws from a stream of its own, its position among them all, so the same seed gives the same values.
 *
 * @param x a tensor, or a shape
 * @throws ShapeError when a layer does not fit what it is applied to.
 * @throws ValueError when two parameters have one name, the seed is no whole number, or there is no such setting.
 * @example
 * const network = initialise(Sequential([Conv2d({ outputs: 2, kernel: 3 }), Activation('relu')]), [1, 3, 8, 8], { seed: 1 });
 * network.parameters['0.weight'].shape; // => [2, 3, 3, 3]
 */
export function initialise(layer: Layer, x: InputLike, options: InitialiseOptions = {}): Network {
  checkNames('initialise', options, names);
  const { seed = 0, initialisers = frameworkInitialisers.pytorch, dtype } = options;
  checkSeed(seed, 'initialise');
  const prefix = options.prefix === undefined ? '' : `${options.prefix.split('.').map((part) => checkName(part, 'initialise')).join('.')}.`;
  const made = new Map<string, Tensor>();
  const image = isTensor(x) ? x : input('x', x, dtype === undefined ? {} : { dtype });
  forward(layer, image, prefix, (name, request, title) => {
    if (made.has(name)) throw new ValueError(`${title}: two parameters are named ${JSON.stringify(name)}; give each a name of its own`);
    const { initialiser = initialisers[request.role], isTransposed = false, ...form } = request;
    const values = initialiser({ ...form, isTransposed }, createRandom(seed, made.size));
    if (values.length !== elementsOf(form.shape)) throw new ValueError(`${title}: the initialiser gave ${values.length} values for ${JSON.stringify(name)} of shape ${printShape(form.shape)}`);
    const parameter = state(name, new NdArray(form.shape, values.map(roundTo[image.dtype])), { dtype: image.dtype });
    made.set(name, parameter);
    return parameter;
  });
  return { layer, parameters: Object.fromEntries(made), prefix };
}

/**
 * What a network computes of an input. It may be applied to several, which then share its parameters.
 *
 * @throws ShapeError when a layer does not fit its input, or its parameters were made for an input of other channels.
 * @example
 * const edges = initialise(Conv2d({ outputs: 1, kernel: [1, 2], bias: false, weight: given([[[[1, -1]]]]) }), [1, 1, 1, 4]);
 * evaluate(apply(edges, constant([[[[1, 1, 0, 0]]]]))).toNested(); // => [[[[0, 1, 0]]]]
 */
export function apply(network: Network, x: Tensor): Tensor {
  const other = Object.entries(network.parameters).find(([, { dtype }]) => dtype !== x.dtype);
  if (other !== undefined) throw new ShapeError(`apply: the parameter ${JSON.stringify(other[0])} is ${other[1].dtype}, the input is ${x.dtype}\n  cast the input, or initialise the layer for an input of that dtype`);
  return forward(network.layer, x, network.prefix, (name, { shape }, title) => {
    const tensor = Object.hasOwn(network.parameters, name) ? network.parameters[name] : undefined;
    if (tensor === undefined) throw new ShapeError(`${title}: there is no parameter ${JSON.stringify(name)}; initialise the layer anew`);
    if (!equalShapes(tensor.shape, shape))
      throw new ShapeError(`${title}: the parameter ${JSON.stringify(name)} is ${printShape(tensor.shape)}, this input needs ${printShape(shape)}\n  input  ${printShape(x.shape)}\n  initialise the layer for this input, or give one with as many channels as before`);
    return tensor;
  });
}
