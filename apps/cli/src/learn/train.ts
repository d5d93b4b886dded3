import { compile, type Backend } from '@xcorr/compiler';
import type { NdArray } from '@xcorr/graph';
import type { Kernel } from '@xcorr/image';
import { printCode } from '../backends/print-code.ts';
import { learningStep, prediction, type Known, type KnownName, type Model } from './learning-step.ts';
import { checkLosses, takeSteps, type StepsOptions } from './steps.ts';

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

export interface TrainOptions extends StepsOptions {
  /** Kernels to hold the learned one against. Default: none. */
  readonly known?: Known;
}

/**
 * Takes the steps, and looks at what came of them.
 *
 * @throws CommandError when a loss is not finite; it names the step.
 */
export async function train(model: Model, { input, target }: Example, options: TrainOptions, backend: Backend<'async'>): Promise<Training> {
  const { steps, optimiser, known = {}, remedy } = options;
  const begin = performance.now();
  const made = learningStep(model, optimiser, known);
  const names = Object.keys(made.outputs);
  const step = await compile(made, backend);
  const start = performance.now();
  const recorded = await takeSteps((times) => step.run({ X: input, Y: target }, { times, record: names }), names, options);
  const losses = [...(recorded.get('loss') ?? [])];
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
