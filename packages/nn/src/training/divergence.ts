import type { NdArray } from '@xcorr/graph';
import { DivergenceError } from '../errors.ts';
import { notFinite } from './data.ts';

/** Where a loss was not finite; all counted from 1. */
export interface Moment {
  readonly step: number;
  readonly epoch: number;
  readonly batch: number;
  readonly loss: number;
  readonly rate: number;
}

/** Why training cannot go on behind an epoch whose validation gives no number. */
export function validationDivergence(at: Pick<Moment, 'step' | 'epoch' | 'loss' | 'rate'>): DivergenceError {
  const { step, epoch, loss, rate } = at;
  return new DivergenceError(`fit: the validation loss is ${loss} behind step ${step} (epoch ${epoch}), with a learning rate of ${rate}\n  look for values in the validation data that are not finite, or take a lower rate`, { step, rate, loss });
}

/** Why training cannot go on, and what would mend it. */
export function divergence({ step, epoch, batch, loss, rate }: Moment, fed: Readonly<Record<string, NdArray>>): DivergenceError {
  const names = notFinite(fed).map((name) => JSON.stringify(name));
  const mend =
    names.length > 0
      ? `the batch itself has values that are not finite, in ${names.join(', ')}: mend the data`
      : 'take a lower rate, warm it up, or clip the gradients: clip: { norm: 1 }';
  return new DivergenceError(`fit: the loss is ${loss} at step ${step} (epoch ${epoch}, batch ${batch}), with a learning rate of ${rate}\n  ${mend}`, { step, rate, loss });
}
