import { ValueError } from '@xcorr/graph';
import { checkNames, type Names } from '../settings.ts';
import { scheduleOf, type Schedule } from './schedule.ts';

/** What all optimisers have. */
interface Rated {
  readonly rate: Schedule;
  readonly weightDecay: number;
}

export interface Sgd extends Rated {
  readonly kind: 'sgd';
  readonly momentum: number;
  readonly dampening: number;
  readonly isNesterov: boolean;
}

export interface Adam extends Rated {
  readonly kind: 'adam';
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  /** True: weights decay by themselves (AdamW), not through the gradient. */
  readonly isDecoupled: boolean;
}

export interface RmsProp extends Rated {
  readonly kind: 'rmsProp';
  readonly alpha: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly isCentred: boolean;
}

/** An optimiser as plain data: `minimise` makes updates of it. */
export type Optimiser = Sgd | Adam | RmsProp;

function within(value: number, low: number, high: number, name: string, operation: string): number {
  if (!(value >= low && value < high)) throw new ValueError(`${operation}: ${name} ${value} does not lie from ${low} to below ${high}`);
  return value;
}

/** How stochastic gradient descent is asked for. */
export interface SgdSettings {
  /** A number, or one for each step. */
  readonly rate: number | Schedule;
  /** Default: 0. */
  readonly momentum?: number;
  /** Of the gradient, where it enters the momentum; not at the first step. Default: 0. */
  readonly dampening?: number;
  /** Default: false. */
  readonly nesterov?: boolean;
  /** Times the parameter, added to its gradient. Default: 0. */
  readonly weightDecay?: number;
}

const namesOfSgd: Names<SgdSettings> = { rate: true, momentum: true, dampening: true, nesterov: true, weightDecay: true };

/**
 * Stochastic gradient descent, as PyTorch has it:
 *
 *   g = gradient + weightDecay * p,   m = momentum * m + (1 - dampening) * g,   p = p - rate * m
 *
 * with Nesterov's momentum p = p - rate * (g + momentum * m). The rate stands outside the momentum: in Keras and in
 * Sutskever et al. it stands inside, which differs once the rate changes.
 *
 * @throws ValueError when a number is out of its range, there is no such setting, or Nesterov's momentum has dampening or no momentum.
 * @see PyTorch `torch.optim.SGD`; Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep learning", 2013
 * @example
 * const p = state('p', 1);
 * const { updates } = minimise(square(p), { p }, sgd({ rate: 0.25 }));
 * compile({ state: { p }, outputs: { p }, updates }, js()).run({}, { times: 3 }).p.item(); // => 0.25
 */
export function sgd(settings: SgdSettings): Sgd {
  checkNames('sgd', settings, namesOfSgd);
  const { momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = settings;
  if (nesterov && (momentum === 0 || dampening !== 0)) throw new ValueError("sgd: Nesterov's momentum needs a momentum above 0 and no dampening");
  return {
    kind: 'sgd',
    rate: scheduleOf(settings.rate),
    momentum: within(momentum, 0, Infinity, 'momentum', 'sgd'),
    dampening: within(dampening, -Infinity, Infinity, 'dampening', 'sgd'),
    isNesterov: nesterov,
    weightDecay: within(weightDecay, 0, Infinity, 'weightDecay', 'sgd'),
  };
}

/** How Adam is asked for. */
export interface AdamSettings {
  /** A number, or one for each step. Default: 0.001. */
  readonly rate?: number | Schedule;
  /** Default: [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default: 1e-8. */
  readonly epsilon?: number;
  /** Default: 0; of `adamW` 0.01. */
  readonly weightDecay?: number;
}

const namesOfAdam: Names<AdamSettings> = { rate: true, betas: true, epsilon: true, weightDecay: true };

function adamOf(settings: AdamSettings, operation: string, isDecoupled: boolean): Adam {
  checkNames(operation, settings, namesOfAdam);
  const { rate = 0.001, betas = [0.9, 0.999], epsilon = 1e-8, weightDecay = isDecoupled ? 0.01 : 0 } = settings;
  const [first, second] = betas;
  return {
    kind: 'adam',
    rate: scheduleOf(rate),
    betas: [within(first, 0, 1, 'the first of betas', operation), within(second, 0, 1, 'the second of betas', operation)],
    epsilon: within(epsilon, 0, Infinity, 'epsilon', operation),
    weightDecay: within(weightDecay, 0, Infinity, 'weightDecay', operation),
    isDecoupled,
  };
}

/**
 * Adam, as PyTorch has it:
 *
 *   g = gradient + weightDecay * p,   m = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g^2,
 *   p = p - rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
 *
 * The divisors 1 - b^t are states of their own that go as a moment of ones does: nothing cancels in single precision.
 * Keras's epsilon is 1e-7, and stands where Kingma and Ba call it epsilon hat: beside the root of v that is not yet divided.
 *
 * @throws ValueError when a number is out of its range, or there is no such setting.
 * @see Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2015; PyTorch `torch.optim.Adam`
 * @example
 * const p = state('p', 1);
 * const { updates } = minimise(square(p), { p }, adam({ rate: 0.5 }));
 * compile({ state: { p }, outputs: { p }, updates }, js()).run({}, { times: 2 }).p.item().toFixed(6); // => '0.500000'
 */
export function adam(settings: AdamSettings = {}): Adam {
  return adamOf(settings, 'adam', false);
}

/**
 * Adam with decoupled weight decay, as PyTorch has it: p = p - rate * weightDecay * p, before the step of Adam. The decay
 * is multiplied by the rate, as in Keras; in the paper by the schedule's multiplier alone.
 *
 * @throws ValueError when a number is out of its range, or there is no such setting.
 * @see Loshchilov, Hutter, "Decoupled Weight Decay Regularization", 2019; PyTorch `torch.optim.AdamW`
 * @example
 * adamW().weightDecay; // => 0.01
 */
export function adamW(settings: AdamSettings = {}): Adam {
  return adamOf(settings, 'adamW', true);
}

/** How RMSProp is asked for. */
export interface RmsPropSettings {
  /** A number, or one for each step. Default: 0.01. */
  readonly rate?: number | Schedule;
  /** Default: 0.99. */
  readonly alpha?: number;
  /** Default: 1e-8. */
  readonly epsilon?: number;
  /** Default: 0. */
  readonly momentum?: number;
  /** True: the gradient's mean is taken off its mean square. Default: false. */
  readonly centred?: boolean;
  /** Times the parameter, added to its gradient. Default: 0. */
  readonly weightDecay?: number;
}

const namesOfRmsProp: Names<RmsPropSettings> = { rate: true, alpha: true, epsilon: true, momentum: true, centred: true, weightDecay: true };

/**
 * RMSProp, as PyTorch has it:
 *
 *   g = gradient + weightDecay * p,   v = alpha v + (1 - alpha) g^2,   p = p - rate * g / (sqrt(v) + epsilon)
 *
 * with momentum, b = momentum * b + g / (sqrt(v) + epsilon) and p = p - rate * b; centred, v less the square of the
 * gradient's mean stands under the root. Keras has 0.9 as its alpha (`rho`), 0.001 as its rate, and adds its epsilon of
 * 1e-7 under the root.
 *
 * @throws ValueError when a number is out of its range, or there is no such setting.
 * @see Tieleman, Hinton, "Lecture 6.5: rmsprop", 2012; PyTorch `torch.optim.RMSprop`
 * @example
 * const p = state('p', 1);
 * const { updates } = minimise(square(p), { p }, rmsProp({ rate: 0.05 }));
 * compile({ state: { p }, outputs: { p }, updates }, js()).run({}, { times: 2 }).p.item().toFixed(4); // => '0.5000'
 */
export function rmsProp(settings: RmsPropSettings = {}): RmsProp {
  checkNames('rmsProp', settings, namesOfRmsProp);
  const { rate = 0.01, alpha = 0.99, epsilon = 1e-8, momentum = 0, centred = false, weightDecay = 0 } = settings;
  return {
    kind: 'rmsProp',
    rate: scheduleOf(rate),
    alpha: within(alpha, 0, 1, 'alpha', 'rmsProp'),
    epsilon: within(epsilon, 0, Infinity, 'epsilon', 'rmsProp'),
    momentum: within(momentum, 0, Infinity, 'momentum', 'rmsProp'),
    isCentred: centred,
    weightDecay: within(weightDecay, 0, Infinity, 'weightDecay', 'rmsProp'),
  };
}
