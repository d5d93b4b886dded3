import { XcorrError } from '@xcorr/graph';

/** Bytes are not what they should be: cut short, damaged, of another format, or of a kind that is not read. */
export class FormatError extends XcorrError {
  override readonly name = 'FormatError';
}

/** Values do not fit the parameters they are meant for, or a checkpoint does not fit the training. */
export class MismatchError extends XcorrError {
  override readonly name = 'MismatchError';
}

/** Training cannot go on: the loss is not finite. */
export class DivergenceError extends XcorrError {
  override readonly name = 'DivergenceError';
  /** The step that gave the loss, counted from 1. */
  readonly step: number;
  /** The learning rate of that step. */
  readonly rate: number;
  readonly loss: number;

  constructor(message: string, at: { readonly step: number; readonly rate: number; readonly loss: number }) {
    super(message);
    this.step = at.step;
    this.rate = at.rate;
    this.loss = at.loss;
  }
}
