import type { NdArray } from '@xcorr/graph';
import { FormatError } from '../errors.ts';
import { readSafetensors, writeSafetensors } from '../formats/safetensors.ts';
import type { Fingerprint } from './fingerprint.ts';

/** How far a training has come: all that is not in its states. */
export interface Position {
  /** Steps made. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  /** Batches made of the epoch that is on. */
  readonly batch: number;
  /** The sum of their losses. */
  readonly lossSum: number;
  /** The mean loss of every epoch. */
  readonly losses: readonly number[];
  /** The mean loss on the validation data after every epoch, where there is any. */
  readonly validationLosses: readonly number[];
  /** The loss that early stopping has to beat; null before the first epoch. */
  readonly best: number | null;
  /** Epochs since it was reached. */
  readonly waited: number;
  /** True when early stopping ended the training. */
  readonly isStopped: boolean;
}

export const beginning: Position = { step: 0, epoch: 0, batch: 0, lossSum: 0, losses: [], validationLosses: [], best: null, waited: 0, isStopped: false };

const key = 'xcorr.training';
const version = 1;
/** What stands before the names of the parameters behind the best epoch. */
const bestPrefix = 'training.best.';

/** A checkpoint: a file of the format safetensors with all states, and the position as its metadata. */
export function writeCheckpoint({ states, best = new Map(), position, fingerprint }: Checkpoint): Uint8Array {
  return writeSafetensors([...states, ...[...best].map(([name, array]) => [`${bestPrefix}${name}`, array] as const)], { [key]: JSON.stringify({ version, position, fingerprint }) });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function positionOf(value: unknown): Position | undefined {
  if (!isRecord(value)) return undefined;
  const { step, epoch, batch, lossSum, losses, validationLosses, best, waited, isStopped } = value;
  if (!isCount(step) || !isCount(epoch) || !isCount(batch) || !isCount(waited)) return undefined;
  if (typeof lossSum !== 'number' || !isNumbers(losses) || !isNumbers(validationLosses)) return undefined;
  if ((best !== null && typeof best !== 'number') || typeof isStopped !== 'boolean') return undefined;
  return { step, epoch, batch, lossSum, losses, validationLosses, best, waited, isStopped };
}

/** What a checkpoint holds. */
export interface Checkpoint {
  readonly states: Map<string, NdArray>;
  /** The parameters behind the best epoch, where they are to be restored and an epoch has ended. */
  readonly best: Map<string, NdArray> | undefined;
  readonly position: Position;
  readonly fingerprint: Fingerprint;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError('checkpoint: its position is no JSON', { cause: error });
  }
}

/**
 * Reads a checkpoint that `fit` made: the states by name, the optimiser's too, and how far the training had come.
 *
 * @throws FormatError when the bytes are no checkpoint, or a damaged one.
 * @example
 * const X = input('X', [1, 2]);
 * const network = initialise(Dense(1), X);
 * const loss = sum(square(apply(network, X)));
 * const saved = [];
 * const checkpoint = { save: (bytes) => saved.push(bytes) };
 * await fit({ inputs: { X }, data: { X: [[1, 2]] }, loss, parameters: network.parameters, optimiser: sgd({ rate: 0.01 }), backend: js(), epochs: 3, checkpoint });
 * readCheckpoint(saved.at(-1)).position.step; // => 3
 */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const { arrays, metadata } = readSafetensors(bytes);
  const text = metadata.get(key);
  if (text === undefined) throw new FormatError('checkpoint: these are arrays without a position; load() takes them for parameters');
  const value = parsed(text);
  if (!isRecord(value) || value['version'] !== version) throw new FormatError(`checkpoint: it is not of version ${version}`);
  const position = positionOf(value['position']);
  const fingerprint = isRecord(value['fingerprint']) ? Object.entries(value['fingerprint']).map(([name, setting]) => [name, String(setting)] as const) : undefined;
  if (position === undefined || fingerprint === undefined) throw new FormatError('checkpoint: its position is damaged');
  const [best, states] = [true, false].map((isBest) => [...arrays].filter(([name]) => name.startsWith(bestPrefix) === isBest));
  const named = (best ?? []).map(([name, array]) => [name.slice(bestPrefix.length), array] as const);
  return { states: new Map(states), best: named.length === 0 ? undefined : new Map(named), position, fingerprint: Object.fromEntries(fingerprint) };
}
