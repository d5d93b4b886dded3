import { js } from '@xcorr/backend-js';
import { input, meanSquaredError, NdArray, type DType, type Tensor } from '@xcorr/graph';
import { Activation, adam, apply, Conv2d, createRandom, Flatten, initialise, Dense, Sequential, type FitOptions, type Layer } from '../src/index.ts';

interface Inputs extends Readonly<Record<string, Tensor>> {
  readonly X: Tensor;
  readonly Y: Tensor;
}

function noise(shape: readonly number[], stream: number, dtype: DType): NdArray {
  const random = createRandom(20, stream);
  const values = Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => random.uniform(-1, 1));
  return new NdArray(shape, dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values));
}

/** The network of the problem. */
export const layers: Layer = Sequential([Conv2d({ outputs: 2, kernel: 3 }), Activation('tanh'), Flatten(), Dense(2)]);

/** A small network of two kinds of layers on 22 examples of noise, in batches of 5: 5 steps an epoch, the last one smaller. */
export function problem(dtype: DType = 'float32'): FitOptions<Inputs> {
  const X = input('X', ['N', 1, 4, 5], { dtype });
  const Y = input('Y', ['N', 2], { dtype });
  const network = initialise(layers, X, { seed: 4 });
  return {
    inputs: { X, Y },
    data: { X: noise([22, 1, 4, 5], 0, dtype), Y: noise([22, 2], 1, dtype) },
    loss: meanSquaredError(apply(network, X), Y),
    parameters: network.parameters,
    optimiser: adam({ rate: 0.01 }),
    backend: js(),
    batch: 5,
    epochs: 3,
    seed: 8,
  };
}

/** Other examples of the same form. */
export function others(count: number): { readonly X: NdArray; readonly Y: NdArray } {
  return { X: noise([count, 1, 4, 5], 2, 'float32'), Y: noise([count, 2], 3, 'float32') };
}
