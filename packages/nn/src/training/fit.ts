import type { AbortSignalLike, Backend } from '@xcorr/compiler';
import type { NdArray, Tensor } from '@xcorr/graph';
import type { Parameters } from '../network.ts';
import type { Clipping } from '../optimisers/clip.ts';
import type { Optimiser } from '../optimisers/optimiser.ts';
import type { Examples } from './data.ts';
import { divergence, validationDivergence } from './divergence.ts';
import { pause } from './pause.ts';
import { beginning, writeCheckpoint, type Position } from './position.ts';
import { prepare, type Training } from './prepare.ts';

/** What is told of every step. */
export interface Progress {
  /** Counted from 1, as are epoch and batch. */
  readonly step: number;
  readonly epoch: number;
  readonly batch: number;
  /** Batches of an epoch. */
  readonly batches: number;
  /** Before the step. */
  readonly loss: number;
  readonly rate: number;
}

/** When a training that does not get better ends. */
export interface EarlyStopping {
  /** Epochs that may pass without a better loss: on the validation data, where there is any. */
  readonly patience: number;
  /** How much lower a loss must be to be better. Default: 0. */
  readonly improvement?: number;
  /** True: the training gives the parameters behind its best epoch, whatever ended it. Default: false, those behind the last. */
  readonly restore?: boolean;
}

/** Where the states go, so that the training can go on from there. */
export interface Checkpointing {
  /** Takes a checkpoint; the training waits for it. `checkpointFile(path).save` of @xcorr/nn/node writes it to a file. */
  readonly save: (bytes: Uint8Array, position: Position) => unknown;
  /** Steps between two of them. Default: once an epoch. There is always one at the end, and when the training is aborted. */
  readonly every?: number;
}

/** What is learned, from what, and how. */
export interface FitOptions<Inputs extends Readonly<Record<string, Tensor>>> {
  /** Inputs whose first axis counts examples: a number, or the name of a size. */
  readonly inputs: Inputs;
  /** All examples of every input; the first axis counts them. */
  readonly data: { readonly [K in keyof Inputs]: Examples };
  /** A scalar of the inputs and parameters. */
  readonly loss: Tensor;
  /** The states that learn: `network.parameters`. */
  readonly parameters: Parameters;
  readonly optimiser: Optimiser;
  readonly backend: Backend<'sync'> | Backend<'async'>;
  readonly epochs: number;
  /** Examples in a batch. Default: all. */
  readonly batch?: number;
  /** What happens to the last examples of an epoch where they are fewer than a batch. Default: `keep`, as a smaller batch. */
  readonly partial?: 'keep' | 'drop';
  /** Examples in another order in every epoch. Default: true where there is more than one batch. */
  readonly shuffle?: boolean;
  /** Of the shuffling. Default: 0. */
  readonly seed?: number;
  readonly clip?: Clipping;
  readonly validation?: { readonly [K in keyof Inputs]: Examples };
  readonly stopping?: EarlyStopping;
  readonly checkpoint?: Checkpointing;
  /** A checkpoint to go on from. Default: from the beginning. */
  readonly resume?: Uint8Array | undefined;
  /** The training waits for it. */
  readonly onProgress?: (progress: Progress) => unknown;
  /** Aborts between two steps, behind a checkpoint: `fit` then rejects with its reason. */
  readonly signal?: AbortSignalLike;
}

/** What a training gives. */
export interface Fitted extends Pick<Position, 'losses' | 'validationLosses'> {
  /** The parameters behind the last epoch, or where `stopping` asks for it the best: `load(network, fitted.parameters)`, `writeSafetensors(fitted.parameters)`. */
  readonly parameters: Map<string, NdArray>;
  /** Steps made, before a checkpoint that it went on from too. */
  readonly steps: number;
  readonly epochs: number;
  /** The epoch with the best loss, counted from 1: on the validation data, where there is any. */
  readonly bestEpoch: number;
  /** What ended it. */
  readonly endedBy: 'epochs' | 'stopping';
}

/**
 * Learns: makes steps on batches, epoch by epoch. One program holds the forward pass, the gradients and the optimiser.
 *
 * The same options give the same bits on the same backend, and so does a training that was ended at any moment and
 * resumed from a checkpoint: states, step, place in the epoch and order of examples are all in it. `epochs` may be raised
 * then.
 *
 * @returns when all epochs are made, or early stopping ends them; the loss of an epoch is the mean of its batches' losses
 * @throws DivergenceError when a loss is not finite; the checkpoint before it is left as it is.
 * @throws MismatchError when the checkpoint belongs to another training. ValueError when an option does not fit, or there is no such option.
 * @example
 * const [X, Y] = [input('X', ['N', 1]), input('Y', ['N', 1])];
 * const network = initialise(Dense(1), X, { seed: 1 });
 * const fitted = await fit({
 *   inputs: { X, Y },
 *   data: { X: [[0], [1], [2], [3]], Y: [[1], [3], [5], [7]] },
 *   loss: meanSquaredError(apply(network, X), Y),
 *   parameters: network.parameters,
 *   optimiser: sgd({ rate: 0.1 }),
 *   backend: js(),
 *   batch: 2,
 *   epochs: 200,
 * });
 * fitted.parameters.get('weight').item().toFixed(3); // => '2.000'
 * fitted.parameters.get('bias').item().toFixed(3); // => '1.000'
 */
export async function fit<Inputs extends Readonly<Record<string, Tensor>>>(options: FitOptions<Inputs>): Promise<Fitted> {
  const { epochs, checkpoint, signal, onProgress } = options;
  signal?.throwIfAborted();
  const training = await prepare(options);
  let { position, best } = training.resumed ?? { position: beginning, best: undefined };
  const save = async (): Promise<void> => {
    if (checkpoint !== undefined) await checkpoint.save(writeCheckpoint({ states: await training.program.states(), best, position, fingerprint: training.fingerprint }), position);
  };
  const parameters = async (): Promise<Map<string, NdArray>> => new Map([...(await training.program.states())].filter(([name]) => Object.hasOwn(options.parameters, name)));
  try {
    const breathe = pause();
    while (position.epoch < epochs && !position.isStopped) {
      const order = training.orderOf(position.epoch);
      while (position.batch < training.batches) {
        await breathe();
        if (signal?.aborted === true) {
          await save();
          signal.throwIfAborted();
        }
        const { loss, rate } = await step(training, order, position);
        position = behind(position, loss);
        await onProgress?.({ step: position.step, epoch: position.epoch + 1, batch: position.batch, batches: training.batches, loss, rate });
        const isEnd = position.epoch + 1 === epochs && position.batch === training.batches;
        if (position.step % training.every === 0 && !isEnd) await save();
      }
      position = await endEpoch(training, position);
      if (training.stopping?.restore === true && position.waited === 0) best = await parameters();
    }
    await save();
    return {
      parameters: best ?? (await parameters()),
      losses: position.losses,
      validationLosses: position.validationLosses,
      steps: position.step,
      epochs: position.epoch,
      bestEpoch: position.epoch - position.waited,
      endedBy: position.isStopped ? 'stopping' : 'epochs',
    };
  } finally {
    await training.dispose();
  }
}

/** One step on the batch that comes next. */
async function step(training: Training, order: Uint32Array, position: Position): Promise<{ readonly loss: number; readonly rate: number }> {
  const batch = training.batchOf(order, position.batch);
  const results = await training.program.run(batch);
  const [loss, rate] = [results['loss']?.item() ?? Number.NaN, results['rate']?.item() ?? Number.NaN];
  if (!Number.isFinite(loss)) throw divergence({ ...position, loss, rate, batch: position.batch + 1, epoch: position.epoch + 1, step: position.step + 1 }, batch);
  return { loss, rate };
}

/** The position behind a step that had this loss. */
function behind(position: Position, loss: number): Position {
  return { ...position, step: position.step + 1, batch: position.batch + 1, lossSum: position.lossSum + loss };
}

/** What the end of an epoch adds: its losses, and whether they are better than before. */
async function endEpoch(training: Training, position: Position): Promise<Position> {
  const loss = position.lossSum / training.batches;
  const validation = await training.validate();
  if (validation !== undefined && !Number.isFinite(validation)) throw validationDivergence({ ...position, epoch: position.epoch + 1, loss: validation, rate: training.rateAt(position.step - 1) });
  const judged = validation ?? loss;
  const { patience = Infinity, improvement = 0 } = training.stopping ?? {};
  const isBetter = position.best === null || judged < position.best - improvement;
  const waited = isBetter ? 0 : position.waited + 1;
  return {
    ...position,
    epoch: position.epoch + 1,
    batch: 0,
    lossSum: 0,
    losses: [...position.losses, loss],
    validationLosses: validation === undefined ? [] : [...position.validationLosses, validation],
    best: isBetter ? judged : position.best,
    waited,
    isStopped: waited >= patience,
  };
}
