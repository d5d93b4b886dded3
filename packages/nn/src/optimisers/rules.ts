import { add, div, equal, mul, roundTo, select, sqrt, square, sub, type Tensor } from '@xcorr/graph';
import type { Adam, Optimiser, RmsProp, Sgd } from './optimiser.ts';

/** One parameter in a step. */
export interface StepOf {
  readonly parameter: Tensor;
  readonly gradient: Tensor;
  readonly rate: Tensor;
  /** The steps made before this one. */
  readonly step: Tensor;
  /** A state beside the parameter, of its shape, zeros at first: what it becomes, by what it is. */
  readonly beside: (name: string, next: (now: Tensor) => Tensor) => Tensor;
  /** A scalar state that all parameters share. */
  readonly shared: (name: string, next: (now: Tensor) => Tensor) => Tensor;
}

/** decay * average + (1 - decay) * value, with a complement that is one of the decay as the dtype holds it. */
function moving(decay: number, value: Tensor | number): (average: Tensor) => Tensor {
  return (average) => {
    const complement = 1 - roundTo[average.dtype](decay);
    return add(mul(decay, average), typeof value === 'number' ? complement * value : mul(complement, value));
  };
}

/** gradient + weightDecay * parameter. */
function decayed({ gradient, parameter }: StepOf, weightDecay: number): Tensor {
  return weightDecay === 0 ? gradient : add(gradient, mul(weightDecay, parameter));
}

function descended({ parameter, rate }: StepOf, direction: Tensor): Tensor {
  return sub(parameter, mul(rate, direction));
}

function sgdStep({ momentum, dampening, isNesterov, weightDecay }: Sgd, at: StepOf): Tensor {
  const gradient = decayed(at, weightDecay);
  if (momentum === 0) return descended(at, gradient);
  const velocity = at.beside('momentum', (now) => {
    const next = add(mul(momentum, now), mul(1 - dampening, gradient));
    return dampening === 0 ? next : select(equal(at.step, 0), gradient, next);
  });
  return descended(at, isNesterov ? add(gradient, mul(momentum, velocity)) : velocity);
}

function adamStep({ betas, epsilon, weightDecay, isDecoupled }: Adam, at: StepOf): Tensor {
  const [first, second] = betas;
  const gradient = isDecoupled ? at.gradient : decayed(at, weightDecay);
  const mean = div(at.beside('mean', moving(first, gradient)), at.shared('meanOfOnes', moving(first, 1)));
  const meanSquare = div(at.beside('square', moving(second, square(gradient))), at.shared('squareOfOnes', moving(second, 1)));
  const direction = div(mean, add(sqrt(meanSquare), epsilon));
  if (!isDecoupled || weightDecay === 0) return descended(at, direction);
  return descended({ ...at, parameter: sub(at.parameter, mul(mul(at.rate, weightDecay), at.parameter)) }, direction);
}

/**
 * The moving mean square less the square of the moving mean m, without their difference:
 *
 *   v' - m'^2 = decay * ((v - m^2) + (1 - decay) * (g - m)^2)
 *
 * No digits cancel, and it is never negative.
 */
function movingVariance(decay: number, gradient: Tensor, { beside }: StepOf): Tensor {
  const complement = (like: Tensor): number => 1 - roundTo[like.dtype](decay);
  let before = gradient;
  beside('mean', (mean) => {
    before = mean;
    return moving(decay, gradient)(mean);
  });
  return beside('variance', (variance) => mul(decay, add(variance, mul(complement(variance), square(sub(gradient, before))))));
}

function rmsPropStep({ alpha, epsilon, momentum, isCentred, weightDecay }: RmsProp, at: StepOf): Tensor {
  const gradient = decayed(at, weightDecay);
  const spread = isCentred ? movingVariance(alpha, gradient, at) : at.beside('square', moving(alpha, square(gradient)));
  const direction = div(gradient, add(sqrt(spread), epsilon));
  return descended(at, momentum === 0 ? direction : at.beside('momentum', (now) => add(mul(momentum, now), direction)));
}

/** What a parameter becomes in a step. */
export function stepped(optimiser: Optimiser, at: StepOf): Tensor {
  switch (optimiser.kind) {
    case 'sgd':
      return sgdStep(optimiser, at);
    case 'adam':
      return adamStep(optimiser, at);
    case 'rmsProp':
      return rmsPropStep(optimiser, at);
    default:
      return optimiser satisfies never;
  }
}
