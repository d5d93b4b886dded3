import { NdArray, ValueError, type Tensor } from '@xcorr/graph';
import { checkCount } from '../layers/checks.ts';
import { minimise } from '../optimisers/minimise.ts';
import { rateAt } from '../optimisers/schedule.ts';
import { checkFit, restarted } from '../parameters.ts';
import { checkSeed, createRandom, permutation } from '../random/random.ts';
import { checkNames, type Names } from '../settings.ts';
import { gather, readDataset, type Dataset } from './data.ts';
import type { Checkpointing, EarlyStopping, FitOptions } from './fit.ts';
import { checkFingerprint, fingerprintOf, lossOfFed, type Fingerprint } from './fingerprint.ts';
import { readCheckpoint, type Checkpoint } from './position.ts';
import { start, type Running } from './program.ts';
import { replaced } from './replace.ts';

type Inputs = Readonly<Record<string, Tensor>>;

/** A training that is ready to make steps. */
export interface Training {
  readonly program: Running;
  readonly batches: number;
  /** Steps between checkpoints. */
  readonly every: number;
  readonly stopping: EarlyStopping | undefined;
  readonly fingerprint: Fingerprint;
  /** Where the checkpoint says that it was. */
  readonly resumed: Pick<Checkpoint, 'position' | 'best'> | undefined;
  /** The learning rate behind so many steps. */
  readonly rateAt: (steps: number) => number;
  /** The order of the examples in an epoch. */
  readonly orderOf: (epoch: number) => Uint32Array;
  readonly batchOf: (order: Uint32Array, batch: number) => Record<string, NdArray>;
  /** The mean loss on the validation data; undefined where there is none. */
  readonly validate: () => Promise<number | undefined>;
  readonly dispose: () => Promise<void>;
}

/** How many examples a batch has, and how many batches an epoch. */
function batching(options: FitOptions<Inputs>, data: Dataset): { readonly size: number; readonly batches: number } {
  const { partial = 'keep' } = options;
  const size = checkCount(options.batch ?? data.count, 'batch', 'fit');
  if (size > data.count) throw new ValueError(`fit: a batch of ${size}, and there are ${data.count} examples`);
  for (const [name, tensor] of Object.entries(options.inputs)) {
    const [first] = tensor.shape;
    if (typeof first !== 'number') continue;
    if (first !== size) throw new ValueError(`fit: batches of ${size} examples, and the input ${JSON.stringify(name)} takes ${first}\n  make it with a named first axis, or give batch: ${first}`);
    if (partial === 'keep' && data.count % size !== 0)
      throw new ValueError(`fit: ${data.count} examples leave a last batch of ${data.count % size}, and the input ${JSON.stringify(name)} takes ${size}\n  make it with a named first axis, or give partial: 'drop'`);
  }
  return { size, batches: partial === 'drop' ? Math.floor(data.count / size) : Math.ceil(data.count / size) };
}

/** A program of the loss alone, in which the parameters are fed. */
async function validator(options: FitOptions<Inputs>, { loss, fed }: ReturnType<typeof lossOfFed>, data: Dataset | undefined, size: number): Promise<{ readonly program: Running; readonly data: Dataset } | undefined> {
  if (data === undefined) return undefined;
  const literal = Object.values(options.inputs).some(({ shape: [first] }) => typeof first === 'number');
  if (literal && data.count % size !== 0) throw new ValueError(`fit: ${data.count} examples of validation do not split into batches of ${size}, which an input takes; make it with a named first axis`);
  const inputs = Object.fromEntries(fed.map((tensor, position) => [`parameter ${position}`, tensor]));
  return { data, program: await start({ inputs: { ...options.inputs, ...inputs }, outputs: { loss } }, options.backend) };
}

const names: Names<FitOptions<Inputs>> = {
  inputs: true, data: true, loss: true, parameters: true, optimiser: true, backend: true, epochs: true, batch: true, partial: true, shuffle: true, seed: true, clip: true, validation: true, stopping: true, checkpoint: true, resume: true, onProgress: true, signal: true,
};
const namesOfStopping: Names<EarlyStopping> = { patience: true, improvement: true, restore: true };
const namesOfCheckpoint: Names<Checkpointing> = { save: true, every: true };

/** Checks the options and compiles the step. */
export async function prepare(options: FitOptions<Inputs>): Promise<Training> {
  checkNames('fit', options, names);
  checkNames('fit: stopping', options.stopping ?? {}, namesOfStopping);
  checkNames('fit: checkpoint', options.checkpoint ?? {}, namesOfCheckpoint);
  const { inputs, loss, parameters, optimiser, clip, backend, seed = 0, stopping } = options;
  checkCount(options.epochs, 'epochs', 'fit');
  checkSeed(seed, 'fit');
  if (stopping !== undefined) checkCount(stopping.patience, 'patience', 'fit');
  const { improvement = 0 } = stopping ?? {};
  if (!Number.isFinite(improvement) || improvement < 0) throw new ValueError(`fit: the improvement ${improvement} is not a finite number of at least 0`);
  const data = readDataset(inputs, options.data, 'the data');
  const { size, batches } = batching(options, data);
  const every = checkCount(options.checkpoint?.every ?? batches, 'the steps between checkpoints', 'fit');
  const { shuffle = batches > 1 } = options;

  const learning = minimise(loss, parameters, optimiser, clip === undefined ? {} : { clip });
  const states = { ...parameters, ...learning.states };
  const isKept = options.checkpoint !== undefined || options.resume !== undefined;
  const asked = options.validation === undefined ? undefined : readDataset(inputs, options.validation, 'the validation data');
  const ofFed = lossOfFed(loss, parameters);
  const fingerprint: Fingerprint = isKept ? fingerprintOf(options, { loss: ofFed.loss, data, validation: asked, batches: `${batches} of ${size}`, shuffling: shuffle ? `seed ${seed}` : 'none' }) : {};
  const checkpoint = options.resume === undefined ? undefined : readCheckpoint(options.resume);
  if (checkpoint !== undefined) {
    // States that do not fit say more of another network than that its loss is another.
    const { loss: ofLoss = '', ...settings } = fingerprint;
    checkFingerprint(settings, checkpoint.fingerprint);
    checkFit('fit: resume', states, checkpoint.states);
    checkFingerprint({ loss: ofLoss }, checkpoint.fingerprint);
  }
  // A state starts with what its tensor says: to go on, the graph is made anew over states that start where it was left.
  const begun = new Map(
    Object.entries(states).flatMap(([name, tensor]) => {
      const array = checkpoint?.states.get(name);
      return array === undefined ? [] : [[tensor, restarted(tensor, name, array)] as const];
    }),
  );
  const now = replaced([loss, learning.rate, ...learning.updates.map(([, next]) => next)], begun);
  const program = await start(
    {
      inputs,
      state: Object.fromEntries(Object.entries(states).map(([name, tensor]) => [name, now(tensor)])),
      outputs: { loss: now(loss), rate: now(learning.rate) },
      updates: learning.updates.map(([tensor, next]) => [now(tensor), now(next)] as const),
    },
    backend,
  );
  const validation = await validator(options, ofFed, asked, size).catch(async (error: unknown) => {
    await program.dispose();
    throw error;
  });
  const rowsOf = (order: Uint32Array, batch: number): Uint32Array => order.subarray(batch * size, (batch + 1) * size);
  return {
    program,
    batches,
    every,
    stopping,
    fingerprint,
    resumed: checkpoint,
    rateAt: (steps) => rateAt(optimiser.rate, steps),
    // A stream for each epoch: the order needs no memory of the epochs before.
    orderOf: (epoch) => (shuffle ? permutation(createRandom(seed, epoch), data.count) : Uint32Array.from({ length: data.count }, (_, index) => index)),
    // All examples in their own order are the data itself.
    batchOf: (order, batch) => (!shuffle && batches === 1 && size === data.count ? Object.fromEntries(data.arrays) : gather(data, rowsOf(order, batch))),
    validate: async () => {
      if (validation === undefined) return undefined;
      const values = await program.states();
      const fed = Object.fromEntries(Object.keys(parameters).flatMap((name, position) => [[`parameter ${position}`, values.get(name) ?? new NdArray([1], new Float32Array(1))]]));
      const { count } = validation.data;
      const order = Uint32Array.from({ length: count }, (_, index) => index);
      let total = 0;
      for (let batch = 0; batch * size < count; batch++) {
        const rows = rowsOf(order, batch);
        const results = await validation.program.run({ ...gather(validation.data, rows), ...fed });
        total += (results['loss']?.item() ?? Number.NaN) * rows.length;
      }
      return total / count;
    },
    dispose: async () => {
      await program.dispose();
      await validation?.program.dispose();
    },
  };
}
