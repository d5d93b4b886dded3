import { adam, adamW, cosineRate, optimalSgd, rateAt, rmsProp, sgd, type Curvatures, type MomentumKind, type Optimiser } from '@xcorr/nn';
import { CommandError } from '../command-error.ts';

export type OptimiserName = 'sgd' | 'momentum' | 'nesterov' | 'adam' | 'adamw' | 'rmsprop';

/** What is asked of an optimiser. */
export interface AskedOptimiser {
  readonly optimiser: OptimiserName;
  readonly steps: number;
  /** Undefined: computed from the input, or usual. */
  readonly lr?: number | undefined;
  /** Undefined: computed from the input and the steps. */
  readonly momentum?: number | undefined;
}

type Make = (asked: AskedOptimiser, curvatures: Curvatures) => Optimiser;

/** Descent with constant rates. What is not asked for is what `optimalSgd` makes of the curvatures. */
function descent(kind: MomentumKind): Make {
  return ({ steps, lr, momentum }, curvatures) => {
    const best = optimalSgd(curvatures, { momentum: kind, steps });
    // With the inverse of the largest curvature as its rate, descent converges whatever the momentum.
    const rate = lr ?? (momentum === undefined ? rateAt(best.rate, 0) : 1 / curvatures.most);
    const share = momentum ?? best.momentum;
    return sgd({ rate, momentum: share, nesterov: kind === 'nesterov' && share > 0 });
  };
}

/** Steps that do not grow with the gradient end no nearer than their rate: it falls to 0 along a cosine. */
function adaptive(usual: number, make: (rate: ReturnType<typeof cosineRate>) => Optimiser): Make {
  return ({ steps, lr = usual }) => make(cosineRate(lr, { steps }));
}

/** The decay that PyTorch has, 0.01, pulls a kernel some 1e-3 of its taps to 0. */
const weightDecay = 1e-4;

/** The usual rate of adam, which moves each tap by about its rate in every step: this reaches kernels as they are written. */
export const adamRate = 0.1;

const makers: Readonly<Record<OptimiserName, Make>> = {
  sgd: descent('none'),
  momentum: descent('polyak'),
  nesterov: descent('nesterov'),
  adam: adaptive(adamRate, (rate) => adam({ rate })),
  adamw: adaptive(adamRate, (rate) => adamW({ rate, weightDecay })),
  rmsprop: adaptive(0.03, (rate) => rmsProp({ rate })),
};

export const optimiserNames: readonly OptimiserName[] = ['sgd', 'momentum', 'nesterov', 'adam', 'adamw', 'rmsprop'];

export function isOptimiserName(name: string): name is OptimiserName {
  return Object.hasOwn(makers, name);
}

/**
 * The optimiser that is asked for, with its rates.
 *
 * @throws CommandError when a momentum is asked for that it does not have.
 */
export function optimiserFor(asked: AskedOptimiser, curvatures: Curvatures): Optimiser {
  const { optimiser, momentum } = asked;
  if (momentum !== undefined && optimiser !== 'momentum' && optimiser !== 'nesterov')
    throw new CommandError(`--momentum is for --optimiser momentum and nesterov, and ${optimiser} has none\n  leave one of the two out`);
  return makers[optimiser](asked, curvatures);
}

/** The rate of the first step. */
export function firstRate(optimiser: Optimiser): number {
  return rateAt(optimiser.rate, 0);
}

/** A smaller rate to try where steps went too far. */
export function smallerRate(optimiser: Optimiser, { most }: Curvatures): number {
  return optimiser.kind === 'sgd' ? Math.min(1 / most, firstRate(optimiser) / 2) : Math.min(adamRate, firstRate(optimiser) / 10);
}
