import { setImmediate } from 'node:timers/promises';
import type { NdArray } from '@xcorr/graph';
import type { Optimiser } from '@xcorr/nn';
import { CommandError } from '../command-error.ts';
import { firstRate } from './optimisers.ts';

/** How many steps are taken, and what is told of them. */
export interface StepsOptions {
  readonly steps: number;
  readonly optimiser: Optimiser;
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
 * @param run takes some steps, and gives each result of each
 * @param names the results, among them `loss`
 * @returns each result before each step
 * @throws CommandError when a loss is not finite; it names the step.
 */
export async function takeSteps(run: (times: number) => Promise<Readonly<Record<string, NdArray>>>, names: readonly string[], { steps, optimiser, progress, remedy }: StepsOptions): Promise<ReadonlyMap<string, number[]>> {
  const recorded = new Map<string, number[]>(names.map((name) => [name, []]));
  const losses = recorded.get('loss') ?? [];
  for (let times = 1; losses.length < steps; ) {
    const before = performance.now();
    const found = await run(Math.min(times, steps - losses.length));
    const first = losses.length;
    for (const [name, all] of recorded) for (const each of found[name]?.data ?? []) all.push(each);
    checkLosses(losses, first, optimiser, remedy);
    times = Math.max(1, Math.min(2 * times, Math.floor((times * turn) / Math.max(1, performance.now() - before))));
    progress?.(losses.length, losses.at(-1) ?? Number.NaN);
    await setImmediate();
  }
  return recorded;
}

/**
 * Looks at losses from one of them on.
 *
 * @throws CommandError when one is not finite.
 */
export function checkLosses(losses: readonly number[], from: number, optimiser: Optimiser, remedy: string): void {
  const done = losses.findIndex((loss, index) => index >= from && !Number.isFinite(loss));
  if (done < 0) return;
  throw new CommandError(
    done === 0
      ? 'the loss of the first kernel is not finite: the numbers are too large for float32\n  divide the input and the target by a number, or start from a smaller kernel with --init'
      : `the loss is not finite after step ${done}: with the learning rate ${Number(firstRate(optimiser).toPrecision(3))} the steps go too far\n  ${remedy}`,
  );
}
