import type { Backend } from '@xcorr/compiler';
import { add, allocate, constant, grad, input, mul, NdArray, sum, topologicalOrder, ValueError, type Tensor } from '@xcorr/graph';
import { elementsOf } from '../layers/checks.ts';
import type { Parameters } from '../network.ts';
import { initialValue, shapeOf } from '../parameters.ts';
import { start } from '../training/program.ts';

/** Something that is learned, as it stands where the loss was looked at. */
export interface Coordinates {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: NdArray;
}

/** A loss that is quadratic in its parameters: loss(p + d) = loss(p) + gradient . d + d . hessian d / 2. All parameters are one vector, in their order. */
export interface Quadratic {
  readonly parameters: readonly Coordinates[];
  /** At the parameters' values. */
  readonly gradient: Float64Array;
  /** Its rows; symmetric, and the same everywhere. */
  readonly hessian: readonly Float64Array[];
}

/** A loss, and what it is a function of. */
export interface QuadraticOptions<Inputs extends Readonly<Record<string, Tensor>>> {
  readonly inputs: Inputs;
  readonly data: { readonly [K in keyof Inputs]: NdArray };
  /** A scalar, quadratic in the parameters: the squared error of a layer without activations. In float64 the result has its digits. */
  readonly loss: Tensor;
  /** States by name: `network.parameters`. */
  readonly parameters: Parameters;
  readonly backend: Backend<'sync'> | Backend<'async'>;
}

/**
 * Gradient and Hessian of a loss that is quadratic in its parameters, by a gradient for each element: a column of the
 * Hessian is what the gradient changes by when one element is 1 larger. Of the mean squared error of a correlation the Hessian is 2 / N A^T A, A the im2col matrix of the input.
 *
 * @throws ValueError when the loss is not quadratic in the parameters.
 * @throws ShapeError when the loss is not a scalar, or does not depend on a parameter. MismatchError when one is no state.
 * @example
 * const [X, K] = [input('X', [1, 3]), state('K', [[0, 0]])];
 * const quadratic = await quadraticOf({ inputs: { X }, data: { X: ndarray([[1, 2, 4]]) }, loss: squaredError(corr2d(X, K), [[1, 2]]), parameters: { K }, backend: js() });
 * quadratic.hessian; // => [Float64Array.of(10, 20), Float64Array.of(20, 40)]
 */
export async function quadraticOf<Inputs extends Readonly<Record<string, Tensor>>>({ inputs, data, loss, parameters, backend }: QuadraticOptions<Inputs>): Promise<Quadratic> {
  const named = Object.entries(parameters);
  if (named.length === 0) throw new ValueError('quadraticOf: no parameters; give the states that the loss is quadratic in');
  const coordinates = named.map(([name, parameter]) => ({ name, shape: shapeOf(parameter), values: initialValue(parameter, name, 'quadraticOf') }));
  const tensors = named.map(([, parameter]) => parameter);
  const directions = named.map(([name, parameter]) => input(`direction.${name}`, parameter.shape, { dtype: parameter.dtype }));
  const gradients = grad(loss, tensors);
  const slope = gradients.map((gradient, index) => sum(mul(gradient, directions[index] ?? 0))).reduce((total, each) => add(total, each));
  const inSecond = new Set(topologicalOrder(grad(slope, tensors)));
  const bent = named.find(([, parameter]) => inSecond.has(parameter));
  if (bent !== undefined) throw new ValueError(`quadraticOf: the loss is not quadratic in ${JSON.stringify(bent[0])}: its second derivatives depend on it\n  give the squared error of a layer that is linear in its parameters, without an activation`);

  // A run gives the gradient where the run before it went.
  const updates = tensors.flatMap((parameter, index) => moved(parameter, coordinates[index], directions[index]));
  const outputs = Object.fromEntries(gradients.map((each, index) => [String(index), each] as const));
  const program = await start({ inputs: { ...inputs, ...byName(directions, named) }, state: parameters, outputs, updates }, backend);
  const total = coordinates.reduce((count, { shape }) => count + elementsOf(shape), 0);
  const gradientThen = async (place: number): Promise<Float64Array> => joined(await program.run({ ...data, ...unit(place, coordinates, tensors) }), coordinates, total);
  const gradient = await gradientThen(0);
  const hessian: Float64Array[] = [];
  for (let place = 1; place <= total; place++) {
    const there = await gradientThen(place);
    hessian.push(there.map((value, index) => value - (gradient[index] ?? 0)));
  }
  await program.dispose();
  return { parameters: coordinates, gradient, hessian };
}

function moved(parameter: Tensor, from: Coordinates | undefined, direction: Tensor | undefined): readonly (readonly [Tensor, Tensor])[] {
  return from === undefined || direction === undefined ? [] : [[parameter, add(constant(from.values, { dtype: parameter.dtype }), direction)]];
}

function byName(directions: readonly Tensor[], named: readonly (readonly [string, Tensor])[]): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(named.flatMap(([name], index) => (directions[index] === undefined ? [] : [[`direction.${name}`, directions[index]]])));
}

/** The unit vector along one element of all parameters; behind the last, zeros. */
function unit(place: number, coordinates: readonly Coordinates[], tensors: readonly Tensor[]): Readonly<Record<string, NdArray>> {
  let before = 0;
  return Object.fromEntries(
    coordinates.map(({ name, shape }, index) => {
      const data = allocate(tensors[index]?.dtype ?? 'float64', elementsOf(shape));
      if (place >= before && place < before + data.length) data[place - before] = 1;
      before += data.length;
      return [`direction.${name}`, new NdArray(shape, data)];
    }),
  );
}

function joined(found: Readonly<Record<string, NdArray>>, coordinates: readonly Coordinates[], total: number): Float64Array {
  const all = new Float64Array(total);
  let before = 0;
  for (const [index, { shape }] of coordinates.entries()) {
    const part = found[String(index)];
    if (part !== undefined) all.set(part.data, before);
    before += elementsOf(shape);
  }
  return all;
}
