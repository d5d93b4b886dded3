import { compile, type Executable } from '@xcorr/compiler';
import { js } from '@xcorr/backend-js';
import { constant, evaluate, input, meanSquaredError, mul, NdArray, state, square, sub, sum, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { anyDamage, damaged } from '../../testing/arrays.ts';
import { jsLater } from '../../testing/backend-later.ts';
import { rejection } from '../../testing/message.ts';
import { others, problem, layers } from '../../testing/problem.ts';
import { seeded } from '../../testing/seeded.ts';
import { adam, adamW, apply, cosineRate, createRandom, DivergenceError, fit, initialise, load, minimise, permutation, readCheckpoint, rmsProp, sgd, warmUpRate, type FitOptions, type Optimiser, type Progress } from '../index.ts';

// Many trainings a test, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

type Any = FitOptions<Readonly<Record<string, Tensor>>>;

/** A training and the checkpoints that it left, one behind every step and one at its end. */
async function kept(options: Any): Promise<readonly Uint8Array[]> {
  const saved: Uint8Array[] = [];
  await fit({ ...options, checkpoint: { every: 1, ...options.checkpoint, save: (bytes) => saved.push(bytes) } });
  return saved;
}

describe('batches', () => {
  test('every example once an epoch, in an order of the seed and the epoch', async () => {
    const options = problem();
    const { X, Y } = options.data;
    if (!(X instanceof NdArray) || !(Y instanceof NdArray)) throw new TypeError('arrays are expected');
    const step = stepOf(options);
    const losses: number[] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      const order = [...permutation(createRandom(8, epoch), 22)];
      for (let from = 0; from < 22; from += 5) {
        const places = order.slice(from, from + 5);
        const rows = (array: NdArray, length: number): NdArray => new NdArray([places.length, ...array.shape.slice(1)], Float32Array.from(places.flatMap((place) => Array.from(array.data.subarray(place * length, (place + 1) * length)))));
        losses.push(step.run({ X: rows(X, 20), Y: rows(Y, 2) }).loss.item());
      }
    }
    const told: Progress[] = [];
    const fitted = await fit({ ...options, onProgress: (progress) => told.push(progress) });
    expect(told.map(({ loss }) => loss)).toEqual(losses);
    expect(told[6]).toEqual({ step: 7, epoch: 2, batch: 2, batches: 5, loss: losses[6], rate: Math.fround(0.01) });
    expect(fitted.losses).toEqual([0, 1, 2].map((epoch) => losses.slice(epoch * 5, epoch * 5 + 5).reduce((total, loss) => total + loss, 0) / 5));
    for (const [name, array] of fitted.parameters) expect(array.toNested()).toEqual(step.state[name]?.toNested());
    expect(fitted).toMatchObject({ steps: 15, epochs: 3, endedBy: 'epochs', validationLosses: [] });
  });

  test('another seed is another order, and no shuffling is none', async () => {
    const losses = async (options: Partial<Any>): Promise<readonly number[]> => (await fit({ ...problem(), ...options })).losses;
    expect(await losses({})).toEqual(await losses({}));
    expect(await losses({ seed: 9 })).not.toEqual(await losses({}));
    expect(await losses({ shuffle: false })).toEqual(await losses({ shuffle: false, seed: 9 }));
  });

  test('what is left of an epoch is dropped where that is asked for', async () => {
    const { steps } = await fit({ ...problem(), partial: 'drop' });
    expect(steps).toBe(12);
  });

  test('one batch of all examples is the data in its own order', async () => {
    const { batch: _, ...whole } = problem();
    const { losses, steps } = await fit(whole);
    expect(steps).toBe(3);
    const step = stepOf(whole);
    expect(losses).toEqual(losses.map(() => step.run(feedsOf(whole)).loss.item()));
  });

  test('an input of a literal first axis takes batches of that size', async () => {
    const X = input('X', [4, 2]);
    const p = state('p', [1, 1]);
    const options = { inputs: { X }, data: { X: new NdArray([10, 2], new Float32Array(20).fill(1)) }, loss: sum(square(mul(X, p))), parameters: { p }, optimiser: sgd({ rate: 0.01 }), backend: js(), epochs: 1 };
    expect(await rejection(fit({ ...options, batch: 5 }))).toBe('fit: batches of 5 examples, and the input "X" takes 4\n  make it with a named first axis, or give batch: 4');
    expect(await rejection(fit({ ...options, batch: 4 }))).toBe('fit: 10 examples leave a last batch of 2, and the input "X" takes 4\n  make it with a named first axis, or give partial: \'drop\'');
    expect((await fit({ ...options, batch: 4, partial: 'drop' })).steps).toBe(2);
    expect(await rejection(fit({ ...options, batch: 4, partial: 'drop', validation: { X: new NdArray([5, 2], new Float32Array(10)) } }))).toContain('5 examples of validation do not split into batches of 4');
  });

  test('bytes are fed as they are', async () => {
    const X = input('X', ['N', 2], { storage: 'uint8' });
    const p = state('p', [1, 1]);
    const fitted = await fit({ inputs: { X }, data: { X: new NdArray([2, 2], Uint8Array.of(1, 2, 3, 4)) }, loss: meanSquaredError(mul(X, p), 0), parameters: { p }, optimiser: sgd({ rate: 0.01 }), backend: js(), epochs: 1 });
    expect(fitted.losses).toEqual([7.5]);
  });
});

/** The step that a training makes, compiled by hand. */
function stepOf({ inputs, parameters, loss, optimiser }: Any): Executable<Readonly<Record<string, Tensor>>, Readonly<Record<string, Tensor>>, { readonly loss: Tensor; readonly rate: Tensor }> {
  const { updates, rate } = minimise(loss, parameters, optimiser);
  return compile({ inputs, state: parameters, outputs: { loss, rate }, updates }, js());
}

function feedsOf({ data }: Any): Record<string, NdArray> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, value instanceof NdArray ? value : evaluate(constant(value))]));
}

describe('resuming', () => {
  const optimisers: readonly (readonly [string, Optimiser])[] = [
    ['sgd', sgd({ rate: 0.05 })],
    ['sgd, Nesterov', sgd({ rate: warmUpRate(4, 0.05), momentum: 0.9, nesterov: true, weightDecay: 0.01 })],
    ['adam', adam({ rate: cosineRate(0.05, { steps: 15 }) })],
    ['adamW', adamW()],
    ['rmsProp', rmsProp({ momentum: 0.5, centred: true })],
  ];

  test.each(optimisers)('%s: from any checkpoint, the rest of the training has the bits of one that was never ended', async (_, optimiser) => {
    const options: Any = { ...problem(), optimiser, clip: { norm: 1 }, validation: others(7), stopping: { patience: 100 } };
    const checkpoints = await kept(options);
    expect(checkpoints).toHaveLength(15);
    // Within an epoch, before and at its end, and at the end of all.
    for (const position of [0, 2, 3, 4, 5, 8, 13, 14]) expect((await kept({ ...options, resume: checkpoints[position] })).at(-1)).toEqual(checkpoints.at(-1));
  });

  test('in float64, too', async () => {
    const checkpoints = await kept(problem('float64'));
    for (const resume of checkpoints.slice(4, 6)) expect((await kept({ ...problem('float64'), resume })).at(-1)).toEqual(checkpoints.at(-1));
  });

  test('for more epochs than were asked for at first', async () => {
    const whole = await kept(problem());
    const part = await kept({ ...problem(), epochs: 1 });
    expect((await kept({ ...problem(), resume: part.at(-1) })).at(-1)).toEqual(whole.at(-1));
  });

  test('how far it had come stands in the checkpoint', async () => {
    const checkpoints = await kept(problem());
    const { position, states } = readCheckpoint(checkpoints[6] ?? new Uint8Array());
    expect(position).toMatchObject({ step: 7, epoch: 1, batch: 2 });
    expect(states.get('training.step')?.item()).toBe(7);
    expect([...states.keys()]).toContain('training.adam.mean.0.weight');
  });

  test('a training with other settings or data is refused, with all that differs', async () => {
    const [first] = await kept(problem());
    const other: Any = { ...problem(), resume: first, optimiser: sgd({ rate: 1 }), seed: 1, batch: 11, clip: { norm: 1 }, data: others(22), validation: others(3), stopping: { patience: 1, restore: true } };
    const text = await rejection(fit(other));
    expect(text).toMatch(/^fit: the checkpoint was made by another training\n {2}optimiser: .*"adam".* then, .*"sgd".* now\n {2}clipping: "none" then, \{"norm":1\} now\n {2}batches: 5 of 5 then, 2 of 11 now\n {2}shuffling: seed 8 then, seed 1 now\n {2}data: 22 examples, checksum \w+ then, 22 examples, checksum \w+ now\n {2}validation: none then, 3 examples, checksum \w+ now\n {2}best: not kept then, kept now\n/);
  });

  test('so is one with another loss; what its parameters start with is no part of it', async () => {
    const [resume] = await kept(problem());
    const { inputs: { X, Y }, loss, parameters, ...options } = problem();
    const scaled = fit({ ...options, inputs: { X, Y }, parameters, loss: mul(2, loss), resume });
    expect(await rejection(scaled)).toMatch(/^fit: the checkpoint was made by another training\n {2}loss: a graph of checksum \w+ then, a graph of checksum \w+ now\n {2}resume/);
    const other = initialise(layers, X, { seed: 99 });
    await expect(fit({ ...options, inputs: { X, Y }, parameters: other.parameters, loss: meanSquaredError(apply(other, X), Y), resume })).resolves.toMatchObject({ steps: 15 });
  });

  test('so are states of another network', async () => {
    const [resume] = await kept(problem());
    const options = problem();
    const { '3.bias': bias, ...rest } = options.parameters;
    expect(bias).toBeDefined();
    expect(await rejection(fit({ ...options, parameters: rest, resume }))).toContain('"3.bias" is not among the parameters');
  });

  test('a damaged checkpoint gives a designed error, or is whole', async () => {
    const [first = new Uint8Array()] = await kept(problem());
    await fc.assert(
      fc.asyncProperty(fc.array(anyDamage, { minLength: 1, maxLength: 3 }), async (damages) => {
        try {
          readCheckpoint(damaged(first, damages));
        } catch (error) {
          expect(error instanceof Error ? error.name : error).toBe('FormatError');
        }
      }),
      seeded(500),
    );
  });
});

describe('aborting', () => {
  test('ends between two steps, behind a checkpoint from which the rest has the same bits', async () => {
    const whole = await kept(problem());
    const controller = new AbortController();
    const saved: Uint8Array[] = [];
    const options: Any = { ...problem(), signal: controller.signal, checkpoint: { save: (bytes) => saved.push(bytes) } };
    const reason = new Error('enough');
    const abort = ({ step }: Progress): void => {
      if (step === 7) controller.abort(reason);
    };
    await expect(fit({ ...options, onProgress: abort })).rejects.toBe(reason);
    expect(readCheckpoint(saved.at(-1) ?? new Uint8Array()).position.step).toBe(7);
    expect((await kept({ ...problem(), resume: saved.at(-1) })).at(-1)).toEqual(whole.at(-1));
    await expect(fit(options)).rejects.toBe(reason);
  });

  test('a timer gets its turn on a synchronous backend', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    await expect(fit({ ...problem(), epochs: 1_000_000_000, signal: controller.signal })).rejects.toThrow('aborted');
  });
});

describe('a loss that is not finite', () => {
  test('names the step and the rate, and what would mend it', async () => {
    const saved: Uint8Array[] = [];
    const options: Any = { ...problem(), optimiser: sgd({ rate: 1e6 }), epochs: 50, checkpoint: { save: (bytes) => saved.push(bytes), every: 1 } };
    const error: unknown = await fit(options).then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof DivergenceError)) throw new TypeError('it does not diverge');
    expect(error.message).toMatch(/^fit: the loss is (NaN|Infinity) at step \d+ \(epoch \d+, batch \d\), with a learning rate of 1000000\n {2}take a lower rate, warm it up, or clip the gradients: clip: \{ norm: 1 \}$/);
    expect(error.rate).toBe(1e6);
    expect(readCheckpoint(saved.at(-1) ?? new Uint8Array()).position.step).toBe(error.step - 1);
  });

  test('finds the data that it came from', async () => {
    const options = problem();
    const data = others(22);
    data.Y.data[17] = Number.NaN;
    expect(await rejection(fit({ ...options, data, shuffle: false }))).toBe('fit: the loss is NaN at step 2 (epoch 1, batch 2), with a learning rate of 0.009999999776482582\n  the batch itself has values that are not finite, in "Y": mend the data');
  });
});

describe('validation and early stopping', () => {
  test('the validation loss is that of the parameters behind the epoch', async () => {
    const options = problem();
    const validation = others(7);
    const { validationLosses, parameters } = await fit({ ...options, validation, epochs: 2 });
    const program = compile({ inputs: options.inputs, outputs: { loss: replacedLoss(options, parameters) } }, js());
    const whole = program.run(validation).loss.item();
    expect(validationLosses).toHaveLength(2);
    // Two batches, of 5 and 2, weighed by their examples: the mean of all, but for the order of the sum.
    expect(validationLosses[1]).toBeCloseTo(whole, 6);
  });

  test('a validation loss that is not finite ends the training', async () => {
    const validation = others(7);
    validation.X.data[3] = Number.NaN;
    expect(await rejection(fit({ ...problem(), validation }))).toBe('fit: the validation loss is NaN behind step 5 (epoch 1), with a learning rate of 0.01\n  look for values in the validation data that are not finite, or take a lower rate');
  });

  test('ends a training that gets no better, and a resumed one at the same epoch', async () => {
    const options: Any = { ...problem(), validation: others(9), optimiser: adam({ rate: 0.05 }), epochs: 200, stopping: { patience: 3 } };
    const fitted = await fit(options);
    expect(fitted.endedBy).toBe('stopping');
    const { validationLosses } = fitted;
    const best = validationLosses.indexOf(Math.min(...validationLosses));
    expect(fitted.epochs).toBe(best + 1 + 3);
    const checkpoints = await kept(options);
    for (const resume of [checkpoints[1], checkpoints.at(-8), checkpoints.at(-1)]) expect((await kept({ ...options, resume })).at(-1)).toEqual(checkpoints.at(-1));
  });

  test('gives the parameters behind the best epoch where that is asked for, a resumed training too', async () => {
    const options: Any = { ...problem(), validation: others(9), optimiser: adam({ rate: 0.05 }), epochs: 200, stopping: { patience: 3, restore: true } };
    const { parameters, bestEpoch, epochs, validationLosses } = await fit(options);
    expect(bestEpoch).toBe(validationLosses.indexOf(Math.min(...validationLosses)) + 1);
    expect(epochs).toBe(bestEpoch + 3);
    expect(parameters).toEqual((await fit({ ...options, epochs: bestEpoch, stopping: { patience: 3 } })).parameters);
    expect((await fit({ ...options, stopping: { patience: 3 } })).parameters).not.toEqual(parameters);
    const checkpoints = await kept(options);
    // Before the first epoch's end, before the best, behind it, and at the end.
    for (const step of [2, 5 * bestEpoch - 2, 5 * bestEpoch + 3, 5 * epochs - 1]) {
      const resume = checkpoints[step];
      expect((await fit({ ...options, resume })).parameters).toEqual(parameters);
      expect((await kept({ ...options, resume })).at(-1)).toEqual(checkpoints.at(-1));
    }
    // All epochs made, the best is given, too.
    expect((await fit({ ...options, epochs: epochs - 1 })).parameters).toEqual(parameters);
  });

  test('better is what is better by the improvement asked for', async () => {
    const { epochs } = await fit({ ...problem(), epochs: 100, stopping: { patience: 2, improvement: 1e9 } });
    expect(epochs).toBe(3);
  });
});

function replacedLoss(options: Any, parameters: ReadonlyMap<string, NdArray>): Tensor {
  const network = load({ layer: layers, parameters: options.parameters, prefix: '' }, parameters);
  const { X, Y } = options.inputs;
  if (X === undefined || Y === undefined) throw new TypeError('inputs are missing');
  return meanSquaredError(apply(network, X), Y);
}

test('an asynchronous backend gives the same bits, and is left with nothing open', async () => {
  const { backend, open } = jsLater();
  const options: Any = { ...problem(), validation: others(7) };
  const [now, later] = [await kept(options), await kept({ ...options, backend })];
  expect(later).toEqual(now);
  expect(open()).toBe(0);
  await expect(fit({ ...options, backend, onProgress: () => { throw new Error('no more'); } })).rejects.toThrow('no more');
  expect(open()).toBe(0);
});

test('errors say what does not fit', async () => {
  const options: Any = problem();
  const fails = async (changed: Partial<Any>): Promise<string> => rejection(fit({ ...options, ...changed }));
  expect(await fails({ epochs: 0 })).toBe('fit: epochs 0 is not a whole number of at least 1');
  expect(await fails({ batch: 23 })).toBe('fit: a batch of 23, and there are 22 examples');
  expect(await fails({ seed: -1 })).toContain('fit: the seed -1');
  expect(await fails({ stopping: { patience: 0 } })).toContain('fit: patience 0');
  expect(await fails({ stopping: { patience: 1, improvement: -1 } })).toBe('fit: the improvement -1 is not a finite number of at least 0');
  expect(await fails({ data: { X: [[1]] } })).toContain('the data of "X" has the shape [1, 1], the input has [N, 1, 4, 5]');
  expect(await fails({ data: { ...options.data, Z: [1] } })).toBe('fit: the data has "Z", and there is no such input');
  expect(await fails({ data: { X: others(3).X } })).toBe('fit: the data has nothing for the input "Y"');
  expect(await fails({ data: { X: others(3).X, Y: others(4).Y } })).toBe('fit: the data has 3 examples of "X" and 4 of "Y"');
  expect(await fails({ checkpoint: { save: () => undefined, every: 0 } })).toContain('fit: the steps between checkpoints 0');
  // @ts-expect-error -- not among the options
  expect(await fails({ batchSize: 2 })).toContain('fit: there is no setting "batchSize"; the settings are "inputs", "data", ');
  // @ts-expect-error -- not among the settings
  expect(await fails({ stopping: { patience: 1, improvment: 1 } })).toBe('fit: stopping: there is no setting "improvment"; did you mean "improvement"?');
  // @ts-expect-error -- not among the settings
  expect(await fails({ checkpoint: { save: () => undefined, evry: 1 } })).toBe('fit: checkpoint: there is no setting "evry"; did you mean "every"?');
  expect(await fails({ loss: sub(options.inputs['X'] ?? 0, 1) })).toContain('grad: the loss is not a scalar');
});
