import { adam, adamW, optimalSgd, rmsProp, sgd, type Curvatures, type Optimiser } from '@xcorr/nn';
import type { OptimiserName } from './state.ts';

/** Each optimiser at a rate, everything else as @xcorr/nn has it. */
const makers: Readonly<Record<OptimiserName, (rate: number, momentum: number) => Optimiser>> = {
  sgd: (rate) => sgd({ rate }),
  momentum: (rate, momentum) => sgd({ rate, momentum }),
  nesterov: (rate, momentum) => sgd({ rate, momentum, nesterov: momentum > 0 }),
  adam: (rate) => adam({ rate }),
  adamw: (rate) => adamW({ rate }),
  rmsprop: (rate) => rmsProp({ rate }),
};

export function optimiserOf(name: OptimiserName, momentum: number, rate = 0): Optimiser {
  return makers[name](rate, momentum);
}

/** Whether a step grows with the gradient: only then does the curvature bound the rate. */
export function isDescent(name: OptimiserName): name is 'sgd' | 'momentum' | 'nesterov' {
  return name === 'sgd' || name === 'momentum' || name === 'nesterov';
}

/**
 * The rate from which on descent on a quadratic loss diverges, by its largest curvature L and the momentum b:
 *
 *   sgd 2 / L,   Polyak's momentum 2 (1 + b) / L,   Nesterov's 2 (1 + b) / ((1 + 2 b) L)
 *
 * Undefined for optimisers whose step does not grow with the gradient.
 *
 * @see Polyak, "Introduction to Optimization", 1987, section 3.2; O'Donoghue, Candès, "Adaptive Restart for Accelerated Gradient Schemes", 2015
 */
export function largestRate(name: OptimiserName, momentum: number, { most }: Curvatures): number | undefined {
  if (!isDescent(name)) return undefined;
  switch (name) {
    case 'sgd':
      return 2 / most;
    case 'momentum':
      return (2 * (1 + momentum)) / most;
    case 'nesterov':
      return (2 * (1 + momentum)) / ((1 + 2 * momentum) * most);
    default:
      return name satisfies never;
  }
}

/** The rate of the usual adaptive step: each tap moves by about it. */
const adaptiveRate = 0.03;

/** The best rate of all lies close below the one that diverges. */
const margin = 0.98;

const kinds = { sgd: 'none', momentum: 'polyak', nesterov: 'nesterov' } as const;

/** About the best constants for the curvatures, in few digits; momentum that is not used stays. */
export function bestRates(name: OptimiserName, momentum: number, steps: number, curvatures: Curvatures): { readonly rate: number; readonly momentum: number } {
  if (!isDescent(name)) return { rate: adaptiveRate, momentum };
  const best = optimalSgd({ least: Math.max(0, curvatures.least), most: curvatures.most }, { momentum: kinds[name], steps });
  return { rate: roundedDown(margin * (best.rate.kind === 'constant' ? best.rate.rate : adaptiveRate)), momentum: name === 'sgd' ? momentum : roundedDown(best.momentum) };
}

/** To three digits. */
export function roundedDown(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Number((Math.floor(value / unit) * unit).toPrecision(3));
}
