import type { Dimension, Layout, Padding, PerAxis, PoolOptions, Tensor, TransposedOptions } from '@xcorr/graph';
import type { Initialiser, ParameterForm } from '../initialisers/initialiser.ts';

/** Initialisers of a layer's own, before those that the network is given. */
export interface OwnInitialisers {
  readonly weight: Initialiser | undefined;
  readonly biases: Initialiser | undefined;
}

interface Windowed extends OwnInitialisers {
  /** Undefined: taken from what the layer is first applied to. */
  readonly inputs: number | undefined;
  readonly outputs: number;
  readonly kernel: readonly [height: number, width: number];
  readonly strides: PerAxis;
  readonly dilations: PerAxis;
  readonly groups: number;
  readonly hasBias: boolean;
  readonly layout: Layout;
}

export interface Conv2dLayer extends Windowed {
  readonly kind: 'Conv2d';
  readonly padding: Padding;
  /** True: strict convolution, the kernel flipped. */
  readonly isConvolution: boolean;
}

export interface ConvTranspose2dLayer extends Windowed {
  readonly kind: 'ConvTranspose2d';
  readonly padding: Exclude<TransposedOptions['padding'], undefined>;
  readonly outputPadding: number | readonly number[];
}

/** The chapter's own layer, of one plain image and one kernel. */
export interface Conv2DLayer extends OwnInitialisers {
  readonly kind: 'Conv2D';
  readonly kernel: readonly [height: number, width: number];
}

export interface DenseLayer extends OwnInitialisers {
  readonly kind: 'Dense';
  readonly inputs: number | undefined;
  readonly outputs: number;
  readonly hasBias: boolean;
}

export interface PoolLayer {
  readonly kind: 'Pool2d';
  readonly operation: 'max' | 'average';
  readonly window: readonly [height: number, width: number];
  readonly options: PoolOptions;
  readonly layout: Layout;
}

export interface ActivationLayer {
  readonly kind: 'Activation';
  readonly name: ActivationName;
}

export type ActivationName = 'relu' | 'leakyRelu' | 'elu' | 'sigmoid' | 'tanh' | 'softplus' | 'silu' | 'gelu' | 'softmax';

export interface FlattenLayer {
  readonly kind: 'Flatten';
}

/** A layer of the user's own. */
export interface CustomLayer {
  readonly kind: 'Custom';
  readonly name: string;
  readonly apply: (x: Tensor, parameter: ParameterSource) => Tensor;
}

export interface SequentialLayer {
  readonly kind: 'Sequential';
  readonly layers: readonly (readonly [name: string, layer: Layer])[];
}

/** The layers by their kinds. */
export interface Layers {
  readonly Conv2d: Conv2dLayer;
  readonly ConvTranspose2d: ConvTranspose2dLayer;
  readonly Conv2D: Conv2DLayer;
  readonly Dense: DenseLayer;
  readonly Pool2d: PoolLayer;
  readonly Activation: ActivationLayer;
  readonly Flatten: FlattenLayer;
  readonly Custom: CustomLayer;
  readonly Sequential: SequentialLayer;
}

export type LayerKind = keyof Layers;
export type LayerOf<K extends LayerKind> = { readonly [Q in K]: Layers[Q] & { readonly kind: Q } }[K];

/** A layer as plain data: what it computes, and of which form its parameters are. `initialise` gives it parameters. */
export type Layer = LayerOf<LayerKind>;

/** What a layer asks for: a parameter's form, and how it starts if the layer says so. */
export interface ParameterRequest extends Omit<ParameterForm, 'isTransposed'> {
  readonly isTransposed?: boolean;
  readonly initialiser?: Initialiser | undefined;
}

/** The parameter of a name within the layer. */
export type ParameterSource = (name: string, request: ParameterRequest) => Tensor;

/** Where a layer stands in its network. */
export interface Scope {
  /** `Conv2d "encoder.0"`, for errors. */
  readonly title: string;
  readonly parameter: ParameterSource;
  readonly child: (name: string, layer: Layer, x: Tensor) => Tensor;
}

/** What a layer computes. */
export type LayerRule<L> = (layer: L, x: Tensor, scope: Scope) => Tensor;

/** An input as a tensor or as its shape. */
export type InputLike = Tensor | readonly Dimension[];
