import { input, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import { MismatchError } from '../errors.ts';
import { crc32 } from '../formats/crc32.ts';
import { encodeText } from '../formats/text.ts';
import type { Parameters } from '../network.ts';
import { checksum, type Dataset } from './data.ts';
import type { FitOptions } from './fit.ts';
import { replaced } from './replace.ts';

/** What has to be the same for a training to go on as if it had never ended: settings by name, as text. */
export type Fingerprint = Readonly<Record<string, string>>;

/** What a fingerprint is made of, besides the options as they are. */
export interface Fingerprinted {
  /** The loss, with inputs in the place of the parameters: what these start with is not a part of it. */
  readonly loss: Tensor;
  readonly data: Dataset;
  readonly validation: Dataset | undefined;
  readonly batches: string;
  readonly shuffling: string;
}

/** The loss as a function of parameters that are fed, and these, in their order. */
export function lossOfFed(loss: Tensor, parameters: Parameters): { readonly loss: Tensor; readonly fed: readonly Tensor[] } {
  const fed = new Map(Object.entries(parameters).map(([name, tensor]) => [tensor, input(name, tensor.shape, { dtype: tensor.dtype })]));
  return { loss: replaced([loss], fed)(loss), fed: [...fed.values()] };
}

export function fingerprintOf({ optimiser, clip, stopping }: Pick<FitOptions<Parameters>, 'optimiser' | 'clip' | 'stopping'>, { loss, data, validation, batches, shuffling }: Fingerprinted): Fingerprint {
  const examples = (set: Dataset | undefined): string => (set === undefined ? 'none' : `${set.count} examples, checksum ${checksum(set).toString(16)}`);
  return {
    loss: `a graph of checksum ${crc32(encodeText(print({ loss }, { tables: false }))).toString(16)}`,
    optimiser: JSON.stringify(optimiser),
    clipping: JSON.stringify(clip ?? 'none'),
    batches,
    shuffling,
    data: examples(data),
    validation: examples(validation),
    best: stopping?.restore === true ? 'kept' : 'not kept',
  };
}

/** @throws MismatchError when a training with other settings made the checkpoint; it lists what differs. */
export function checkFingerprint(now: Fingerprint, then: Fingerprint): void {
  const different = Object.keys(now).filter((name) => now[name] !== then[name]);
  if (different.length === 0) return;
  const lines = different.map((name) => `\n  ${name}: ${then[name] ?? 'nothing'} then, ${now[name] ?? 'nothing'} now`);
  throw new MismatchError(`fit: the checkpoint was made by another training${lines.join('')}\n  resume with the same settings, or load() its parameters and begin anew`);
}
