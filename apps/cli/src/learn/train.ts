import { setImmediate } from 'node:timers/promises';
import { compile, type Backend } from '@xcorr/compiler';
import type { NdArray } from '@xcorr/graph';
import type { Kernel } from '@xcorr/image';
import type { Optimiser } from '@xcorr/nn';
import { printCode } from '../backends/print-code.ts';
import { CommandError } from '../command-error.ts';
import { learningStep, prediction, type Known, type KnownName, type Model } from './learning-step.ts';
import { firstRate } from './optimisers.ts';

/** An input and what the kernel is to make of it. */
export interface Example {
  /** [H, W] */
  readonly input: NdArray;
  /** [H', W'] */
  readonly target: NdArray;
}

/** What came of the steps. */
export interface Training {
  readonly kernel: Kernel;
  /** 0 where none is learned. */
  readonly bias: number;
  /** The mean squared error before each step and after the last: one more than there are steps. */
  readonly losses: readonly number[];
  /** How far the kernel is from each of those that are known, before each step and after the last: the largest difference of two taps. */
  readonly distances: Readonly<Record<KnownName, readonly number[] | undefined>>;
  /** What the learned kernel makes of the input: [H', W']. */
  readonly prediction: NdArray;
  /** The generated code of a step. */
  readonly source: string;
  /** Where the steps ran, as their program says itself. */
  readonly ranOn: string;
  /** Milliseconds from the graph to code that can run. */
  readonly compiled: number;
  /** Milliseconds of all steps. */
  readonly ran: number;
}

export interface TrainOptions {
  readonly steps: number;
  readonly optimiser: Optimiser;
  /** Kernels to hold the learned one against. Default: none. */
  readonly known?: Known;
  /** Told between steps, several times a second, how many are done and the loss before the last of them. */
  readonly progress?: (done: number, loss: number) => void;
  /** What mends a loss that is not finite, as a line of its message. */
  readonly remedy: string;
}

/** About how long steps run before others have their turn, in milliseconds. */
const turn = 100;

/**
 * Takes the steps. How many of them run in one call follows the clock, so that signals are heard and progress is shown;
 * it changes nothing in what they compute.
 *
 * @throws CommandError when a loss is not finite; it names the step.
 */
export async function train(model: Model, { input, target }: Example, { steps, optimiser, known = {}, progress, remedy }: TrainOptions, backend: Backend<'async'>): Promise<Training> {
  const begin = performance.now();
  const made = learningStep(model, optimiser, known);
  const names = Object.keys(made.outputs);
  const step = await compile(made, backend);
  const start = performance.now();
  const recorded = new Map<string, number[]>(names.map((name) => [name, []]));
  const losses = recorded.get('loss') ?? [];
  for (let times = 1; losses.length < steps; ) {
    const before = performance.now();
    const found = await step.run({ X: input, Y: target }, { times: Math.min(times, steps - losses.length), record: names });
    const first = losses.length;
    for (const [name, all] of recorded) for (const each of found[name]?.data ?? []) all.push(each);
    checkLosses(losses, first, optimiser, remedy);
    times = Math.max(1, Math.min(2 * times, Math.floor((times * turn) / Math.max(1, performance.now() - before))));
    progress?.(losses.length, losses.at(-1) ?? Number.NaN);
    await setImmediate();
  }
  const ran = performance.now() - start;
  const { ranOn, artifact } = step;
  const [K, b] = [await step.state.K, await step.state.b];
  const [rows, columns] = model.fit.kernel;
  const kernel = Array.from({ length: rows }, (_, row) => Array.from(K.data.subarray(row * columns, (row + 1) * columns)));
  const last = await (await compile(prediction({ ...model, initial: kernel, initialBias: b.item() }), backend)).run({ X: input, Y: target });
  losses.push(last.loss.item());
  checkLosses(losses, steps, optimiser, remedy);
  const from = (name: KnownName): readonly number[] | undefined => {
    const goal = known[name];
    return goal === undefined ? undefined : [...(recorded.get(name) ?? []), distanceBetween(kernel, goal)];
  };
  const distances = { truth: from('truth'), solution: from('solution') };
  return { kernel, bias: b.item(), losses, distances, prediction: last.prediction, source: artifact === undefined ? '' : printCode(artifact), ranOn, compiled: start - begin, ran };
}

/** The largest difference of two taps. */
export function distanceBetween(a: Kernel, b: Kernel): number {
  return Math.max(...a.flatMap((row, u) => row.map((tap, v) => Math.abs(tap - (b[u]?.[v] ?? 0)))));
}

/** Losses from one of them on. */
function checkLosses(losses: readonly number[], from: number, optimiser: Optimiser, remedy: string): void {
  const done = losses.findIndex((loss, index) => index >= from && !Number.isFinite(loss));
  if (done < 0) return;
  throw new CommandError(
    done === 0
      ? 'the loss of the first kernel is not finite: the numbers are too large for float32\n  divide the input and the target by a number, or start from a smaller kernel with --init'
      : `the loss is not finite after step ${done}: with the learning rate ${Number(firstRate(optimiser).toPrecision(3))} the steps go too far\n  ${remedy}`,
  );
}
