import type { Kernel } from '@xcorr/image';
import type { PlaceName } from '../compute/place-names.ts';
import type { BorderName, DirectionViewName, EdgesState, PairName, ViewName } from './state.ts';

/** What is to be found in a picture, as plain data that a worker is sent. */
export type Finding =
  | { readonly kind: 'kernel'; readonly taps: Kernel; readonly border: BorderName; readonly constant: number }
  | { readonly kind: 'direction'; readonly pair: PairName; readonly border: BorderName; readonly constant: number }
  | { readonly kind: 'canny'; readonly aperture: 3 | 5; readonly smooth: boolean; readonly low: number; readonly high: number; readonly norm: 'L1' | 'L2' };

/** How what was found is painted. */
export type Painting = { readonly kind: 'response'; readonly view: ViewName } | { readonly kind: DirectionViewName } | { readonly kind: 'edges' };

export type Request = { readonly finding: Finding; readonly painting: Painting; readonly place: PlaceName };

/** What of the state a result depends on. */
export function requestOf({ find, taps, border, constant, pair, view, directionView, aperture, smooth, low, high, norm, place }: EdgesState): Request {
  if (find === 'kernel') return { finding: { kind: 'kernel', taps, border, constant: border === 'constant' ? constant : 0 }, painting: { kind: 'response', view }, place };
  if (find === 'direction') return { finding: { kind: 'direction', pair, border, constant: border === 'constant' ? constant : 0 }, painting: { kind: directionView }, place };
  return { finding: { kind: 'canny', aperture, smooth, low, high, norm }, painting: { kind: 'edges' }, place };
}

/** Two requests of one key have one result, but for how it is painted: of Canny the gradients. */
export function keyOfValues({ finding, place }: Pick<Request, 'finding' | 'place'>): string {
  if (finding.kind === 'canny') return JSON.stringify([finding.kind, finding.aperture, finding.smooth, place]);
  return JSON.stringify([finding, place]);
}
