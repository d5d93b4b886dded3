import { adam, adamW, cosineRate, optimalSgd, rateAt, rmsProp, sgd, type Curvatures, type MomentumKind, type Optimiser } from '@xcorr/nn';
import { CommandError } from '../command-error.ts';
import type { Prospect } from './curvature.ts';

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

/**
 * The rates for two layers, whose loss is no quadratic: it curves as that of the one kernel, times the squares of what the layers hold. Shares of what the
 * largest curvature alone would allow.
 */
function layersDescent(share: number, usual: number, nesterov: boolean): MakeForLayers {
  return ({ lr, momentum = usual }, curvature) => sgd({ rate: lr ?? share / curvature, momentum, nesterov: nesterov && momentum > 0 });
}

type MakeForLayers = (asked: AskedOptimiser, curvature: number, taps: number) => Optimiser;

/** These move each tap by about their rate, and a response by as many times it as there are taps: of too many at once an activation sees nothing more. */
function layersAdaptive(ofNineTaps: number, make: (rate: ReturnType<typeof cosineRate>) => Optimiser): MakeForLayers {
  return ({ steps, lr }, _, taps) => make(cosineRate(lr ?? ofNineTaps * Math.min(1, 9 / taps), { steps }));
}

const layersMakers: Readonly<Record<OptimiserName, MakeForLayers>> = {
  sgd: layersDescent(0.4, 0, false),
  momentum: layersDescent(0.2, 0.9, false),
  nesterov: layersDescent(0.4, 0.9, true),
  adam: layersAdaptive(0.03, (rate) => adam({ rate })),
  adamw: layersAdaptive(0.03, (rate) => adamW({ rate, weightDecay })),
  rmsprop: layersAdaptive(0.003, (rate) => rmsProp({ rate })),
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
  checkMomentum(asked);
  return makers[asked.optimiser](asked, curvatures);
}

/**
 * The same for two layers.
 *
 * @param taps those of a kernel of the larger layer
 * @throws CommandError when a momentum is asked for that it does not have.
 */
export function layersOptimiserFor(asked: AskedOptimiser, { curvatures, solution }: Pick<Prospect, 'curvatures' | 'solution'>, taps: number): Optimiser {
  checkMomentum(asked);
  // Layers of equal strength that make a kernel hold as much as it does, and at first they hold about 1.
  const held = Math.max(1, Math.sqrt((solution?.kernel ?? []).flat().reduce((sum, tap) => sum + tap * tap, 0)));
  return layersMakers[asked.optimiser](asked, curvatures.most * held, taps);
}

function checkMomentum({ optimiser, momentum }: AskedOptimiser): void {
  if (momentum !== undefined && optimiser !== 'momentum' && optimiser !== 'nesterov')
    throw new CommandError(`--momentum is for --optimiser momentum and nesterov, and ${optimiser} has none\n  leave one of the two out`);
}

/** The rate of the first step. */
export function firstRate(optimiser: Optimiser): number {
  return rateAt(optimiser.rate, 0);
}

/** A smaller rate to try where steps went too far. */
export function smallerRate(optimiser: Optimiser, { most }: Curvatures): number {
  return optimiser.kind === 'sgd' ? Math.min(1 / most, firstRate(optimiser) / 2) : Math.min(adamRate, firstRate(optimiser) / 10);
}
