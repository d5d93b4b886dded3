import { ValueError } from '@xcorr/graph';
import { sgd, type Sgd } from '../optimisers/optimiser.ts';
import type { Curvatures } from './curvatures.ts';

/** What a step keeps of the last: nothing, Polyak's heavy ball, or Nesterov's look ahead. */
export type MomentumKind = 'none' | 'polyak' | 'nesterov';

/** How descent is tuned. */
export interface OptimalSgdOptions {
  /** Default: `none`. */
  readonly momentum?: MomentumKind;
  /** The steps that will be made: what would need more of them is given up, so that the rest has decayed at the end. Default: as many as it takes. */
  readonly steps?: number;
}

/** How many times e goes into what the steps leave of an error: e^-12 is 6e-6. */
const decay = 12;

interface Tuning {
  readonly rate: number;
  readonly momentum: number;
}

/** For each kind: its best constants for curvatures from m to L, and the ratio L / m at which an error shrinks by a factor in every step. */
const kinds: Readonly<Record<MomentumKind, { readonly tuned: (m: number, L: number) => Tuning; readonly ratioAt: (factor: number) => number }>> = {
  none: {
    tuned: (m, L) => ({ rate: 2 / (L + m), momentum: 0 }),
    ratioAt: (factor) => (1 + factor) / (1 - factor),
  },
  polyak: {
    tuned: (m, L) => {
      const root = Math.sqrt(L / m);
      return { rate: 4 / (Math.sqrt(L) + Math.sqrt(m)) ** 2, momentum: ((root - 1) / (root + 1)) ** 2 };
    },
    ratioAt: (factor) => ((1 + factor) / (1 - factor)) ** 2,
  },
  nesterov: {
    tuned: (m, L) => {
      const root = Math.sqrt((3 * L) / m + 1);
      return { rate: 4 / (3 * L + m), momentum: Math.max(0, (root - 2) / (root + 2)) };
    },
    ratioAt: (factor) => ((2 / (1 - factor)) ** 2 - 1) / 3,
  },
};

/**
 * Gradient descent with the rate and the momentum that are best for a quadratic loss: of all constants these make the
 * largest error shrink most. With k = most / least, an error shrinks in every step by
 *
 *   none      (k - 1) / (k + 1)                 rate 2 / (most + least)
 *   polyak    (sqrt k - 1) / (sqrt k + 1)       rate 4 / (sqrt most + sqrt least)^2
 *   nesterov  1 - 2 / sqrt(3 k + 1)             rate 4 / (3 most + least)
 *
 * so that `none` needs about k steps for each digit, the others about sqrt(k). Neighbours in a photograph are alike: k
 * goes into the thousands there, and for pictures without structure it is near 1.
 *
 * @throws ValueError when a curvature is out of its range.
 * @see Lessard, Recht, Packard, "Analysis and Design of Optimization Algorithms via Integral Quadratic Constraints", 2016, section 2.2
 * @example
 * optimalSgd({ least: 1, most: 3 }).rate; // => { kind: 'constant', rate: 0.5 }
 * optimalSgd({ least: 1, most: 9 }, { momentum: 'polyak' }).momentum; // => 0.25
 */
export function optimalSgd({ least, most }: Curvatures, { momentum = 'none', steps = Infinity }: OptimalSgdOptions = {}): Sgd {
  if (!(most > 0 && Number.isFinite(most))) throw new ValueError(`optimalSgd: the largest curvature ${most} is not a finite number above 0\n  the loss does not change with the parameters, or the data are not finite`);
  if (!(steps >= 1)) throw new ValueError(`optimalSgd: steps ${steps} is not a number of at least 1`);
  const { tuned, ratioAt } = kinds[momentum];
  const reachable = most / Math.max(1, ratioAt(Math.max(0, 1 - decay / steps)));
  const effective = Math.max(least, reachable);
  if (!(effective > 0 && effective <= most)) throw new ValueError(`optimalSgd: the least curvature ${least} does not lie above 0 and up to the largest, ${most}\n  give the steps that will be made: what they cannot reach is then left out`);
  const { rate, momentum: share } = tuned(effective, most);
  return sgd({ rate, momentum: share, nesterov: momentum === 'nesterov' && share > 0 });
}
