import { add, allocate, grad, NdArray, printShape, ShapeError, state, ValueError, type Tensor } from '@xcorr/graph';
import { elementsOf } from '../layers/checks.ts';
import type { Parameters } from '../network.ts';
import { asState, shapeOf } from '../parameters.ts';
import { checkNames } from '../settings.ts';
import { clipped, type Clipping } from './clip.ts';
import type { Optimiser } from './optimiser.ts';
import { stepped } from './rules.ts';
import { rateOf } from './schedule.ts';

/** What stands before the names of the states that training adds. */
const prefix = 'training.';

/** A step of training, as part of a graph. */
export interface Learning {
  /** For `compile`: what the parameters, and the optimiser's own states, become. */
  readonly updates: readonly (readonly [state: Tensor, next: Tensor])[];
  /** The optimiser's own states by name, `training.step` among them. */
  readonly states: Parameters;
  /** The steps made before this one: a state. */
  readonly step: Tensor;
  /** The learning rate of this step. */
  readonly rate: Tensor;
  /** The gradients by the parameters' names, before they are clipped. */
  readonly gradients: Parameters;
}

/** What a step has besides its optimiser. */
export interface MinimiseOptions {
  /** What is done to gradients first. Default: nothing is clipped. */
  readonly clip?: Clipping;
  /** The learning rate, a scalar such as an input: fed, it changes without compiling anew. Default: as the optimiser's schedule says. */
  readonly rate?: Tensor;
}

/**
 * The updates of one step that makes a loss smaller: gradients, clipping, optimiser and schedule are parts of the one
 * program. The step's number is a state, exact up to 2^24 in float32.
 *
 * @param loss        a scalar
 * @param parameters  states by name: `network.parameters`
 * @throws ShapeError when the loss or the rate is not a scalar, or the loss does not depend on a parameter.
 * @throws ValueError when there is no parameter, or no such setting. MismatchError when one is no state.
 * @example
 * const X = input('X', [2, 3]);
 * const network = initialise(Dense(1), X);
 * const loss = squaredError(apply(network, X), [[1], [2]]);
 * const { updates, states } = minimise(loss, network.parameters, adam());
 * Object.keys(states).slice(0, 3); // => ['training.step', 'training.adam.mean.weight', 'training.adam.meanOfOnes']
 * @example
 * const [p, rate] = [state('p', 1), input('rate', [])];
 * const { updates } = minimise(square(p), { p }, sgd({ rate: 0 }), { rate });
 * compile({ inputs: { rate }, state: { p }, outputs: { p }, updates }, js()).run({ rate: 0.25 }, { times: 2 }).p.item(); // => 0.5
 */
export function minimise(loss: Tensor, parameters: Parameters, optimiser: Optimiser, options: MinimiseOptions = {}): Learning {
  checkNames('minimise', options, { clip: true, rate: true });
  const named = Object.entries(parameters);
  if (named.length === 0) throw new ValueError('minimise: no parameters; give the states that are to learn');
  for (const [name, tensor] of named) asState(tensor, name, 'minimise');
  const step = state(`${prefix}step`, 0, { dtype: loss.dtype });
  const rate = options.rate ?? rateOf(optimiser.rate, step);
  if (rate.shape.length > 0) throw new ShapeError(`minimise: a learning rate of shape ${printShape(rate.shape)}; give a scalar`);
  const states = new Map<string, Tensor>([[`${prefix}step`, step]]);
  const updates = new Map<Tensor, Tensor>([[step, add(step, 1)]]);
  const stateful = (name: string, shape: readonly number[], next: (now: Tensor) => Tensor): Tensor => {
    const full = `${prefix}${optimiser.kind}.${name}`;
    const known = states.get(full);
    const become = known === undefined ? undefined : updates.get(known);
    if (become !== undefined) return become;
    const now = state(full, new NdArray(shape, allocate(loss.dtype, elementsOf(shape))), { dtype: loss.dtype });
    const after = next(now);
    states.set(full, now);
    updates.set(now, after);
    return after;
  };
  const gradients = grad(
    loss,
    named.map(([, tensor]) => tensor),
  );
  const seen = clipped(gradients, options.clip);
  for (const [position, [name, parameter]] of named.entries()) {
    const gradient = seen[position];
    if (gradient === undefined) throw new ValueError(`minimise: ${JSON.stringify(name)} has no gradient`);
    const beside = (slot: string, next: (now: Tensor) => Tensor): Tensor => stateful(`${slot}.${name}`, shapeOf(parameter), next);
    updates.set(parameter, stepped(optimiser, { parameter, gradient, rate, step, beside, shared: (slot, next) => stateful(slot, [], next) }));
  }
  return {
    updates: [...updates],
    states: Object.fromEntries(states),
    step,
    rate,
    gradients: Object.fromEntries(named.flatMap(([name], position) => (gradients[position] === undefined ? [] : [[name, gradients[position]]]))),
  };
}
