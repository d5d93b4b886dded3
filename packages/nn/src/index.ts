export { DivergenceError, FormatError, MismatchError } from './errors.ts';
export { createRandom, permutation, type Random } from './random/random.ts';
export type { Initialiser, Initialisers, ParameterForm } from './initialisers/initialiser.ts';
export { given, normalInitialiser, uniformInitialiser, zeroInitialiser } from './initialisers/distributions.ts';
export { fanInUniform, glorotUniform, kaimingUniform, lecunNormal } from './initialisers/variance-scaling.ts';
export { chapterInitialisers, frameworkInitialisers, type Framework } from './initialisers/frameworks.ts';
export type {
  ActivationLayer,
  ActivationName,
  Conv2DLayer,
  Conv2dLayer,
  ConvTranspose2dLayer,
  CustomLayer,
  DenseLayer,
  FlattenLayer,
  InputLike,
  Layer,
  LayerKind,
  ParameterRequest,
  ParameterSource,
  PoolLayer,
  SequentialLayer,
} from './layers/layer.ts';
export { Conv2d, type Conv2dSettings } from './layers/conv2d.ts';
export { Conv2D, type Conv2DSettings } from './layers/book-conv2d.ts';
export { ConvTranspose2d, type ConvTranspose2dSettings } from './layers/conv-transpose2d.ts';
export { Dense, type DenseSettings } from './layers/dense.ts';
export { AveragePool2d, MaxPool2d, type Pool2dSettings } from './layers/pooling.ts';
export { Activation, activations, Flatten } from './layers/activation.ts';
export { Custom, Sequential } from './layers/sequential.ts';
export { apply, initialise, type InitialiseOptions, type Network, type Parameters } from './network.ts';
export { initialValues, listParameters, load, type LoadOptions, type NamedArrays, type ParameterLine } from './parameters.ts';
export { readSafetensors, writeSafetensors, type Safetensors } from './formats/safetensors.ts';
export { readNpy, writeNpy } from './formats/npy.ts';
export { readNpz, writeNpz, type NpzOptions } from './formats/npz.ts';
export { constantRate, cosineRate, exponentialRate, rateAt, rateOf, stepRate, warmUpRate, type Schedule } from './optimisers/schedule.ts';
export { clipByNorm, clipByValue, globalNorm, type Clipping } from './optimisers/clip.ts';
export { adam, adamW, rmsProp, sgd, type Adam, type AdamSettings, type Optimiser, type RmsProp, type RmsPropSettings, type Sgd, type SgdSettings } from './optimisers/optimiser.ts';
export { minimise, type Learning, type MinimiseOptions } from './optimisers/minimise.ts';
export { quadraticOf, type Coordinates, type Quadratic, type QuadraticOptions } from './quadratic/quadratic.ts';
export { curvaturesOf, type Curvatures } from './quadratic/curvatures.ts';
export { minimumOf } from './quadratic/minimum.ts';
export { optimalSgd, type MomentumKind, type OptimalSgdOptions } from './quadratic/optimal-sgd.ts';
export { fit, type Checkpointing, type EarlyStopping, type FitOptions, type Fitted, type Progress } from './training/fit.ts';
export type { Fingerprint } from './training/fingerprint.ts';
export { readCheckpoint, type Checkpoint, type Position } from './training/position.ts';
export type { Examples } from './training/data.ts';
