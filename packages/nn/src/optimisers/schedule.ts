import { add, constant, cos, evaluate, floor, full, max, min, mul, pow, sub, ValueError, type Tensor } from '@xcorr/graph';

/** How the learning rate goes with the step, as plain data. */
export type Schedule =
  | { readonly kind: 'constant'; readonly rate: number }
  | { readonly kind: 'step'; readonly rate: number; readonly every: number; readonly factor: number }
  | { readonly kind: 'exponential'; readonly rate: number; readonly factor: number }
  | { readonly kind: 'cosine'; readonly rate: number; readonly steps: number; readonly lowest: number }
  | { readonly kind: 'warmUp'; readonly steps: number; readonly from: number; readonly after: Schedule };

function checkRate(rate: number, operation: string, name = 'rate'): number {
  if (!Number.isFinite(rate) || rate < 0) throw new ValueError(`${operation}: the ${name} ${rate} is not a finite number of at least 0`);
  return rate;
}

function checkSteps(steps: number, operation: string, name: string): number {
  if (!Number.isSafeInteger(steps) || steps < 1) throw new ValueError(`${operation}: ${name} ${steps} is not a whole number of at least 1`);
  return steps;
}

/**
 * The same rate at every step.
 *
 * @throws ValueError when the rate is negative or not finite.
 * @example
 * rateAt(constantRate(0.03), 1000); // => 0.03
 */
export function constantRate(rate: number): Schedule {
  return { kind: 'constant', rate: checkRate(rate, 'constantRate') };
}

/**
 * The rate multiplied by a factor every so many steps: rate * factor^floor(t / every).
 *
 * @throws ValueError when a number is out of its range.
 * @see PyTorch `StepLR`; Keras `PiecewiseConstantDecay`
 * @example
 * [0, 9, 10, 20].map((step) => rateAt(stepRate(8, { every: 10, factor: 0.5 }), step)); // => [8, 8, 4, 2]
 */
export function stepRate(rate: number, { every, factor = 0.1 }: { readonly every: number; readonly factor?: number }): Schedule {
  return { kind: 'step', rate: checkRate(rate, 'stepRate'), every: checkSteps(every, 'stepRate', 'every'), factor: checkRate(factor, 'stepRate', 'factor') };
}

/**
 * The rate multiplied by a factor at every step: rate * factor^t.
 *
 * @throws ValueError when a number is out of its range.
 * @see PyTorch `ExponentialLR`
 * @example
 * [0, 1, 3].map((step) => rateAt(exponentialRate(8, 0.5), step)); // => [8, 4, 1]
 */
export function exponentialRate(rate: number, factor: number): Schedule {
  return { kind: 'exponential', rate: checkRate(rate, 'exponentialRate'), factor: checkRate(factor, 'exponentialRate', 'factor') };
}

/**
 * Half a cosine from the rate down to the lowest:  lowest + (rate - lowest) (1 + cos(pi t / steps)) / 2. Behind its steps
 * it stays at the lowest, as Keras's `CosineDecay` does; PyTorch's `CosineAnnealingLR` rises again there.
 *
 * @throws ValueError when a number is out of its range.
 * @see Loshchilov, Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017
 * @example
 * [0, 50, 100, 200].map((step) => rateAt(cosineRate(1, { steps: 100 }), step).toFixed(3)); // => ['1.000', '0.500', '0.000', '0.000']
 */
export function cosineRate(rate: number, { steps, lowest = 0 }: { readonly steps: number; readonly lowest?: number }): Schedule {
  return { kind: 'cosine', rate: checkRate(rate, 'cosineRate'), steps: checkSteps(steps, 'cosineRate', 'steps'), lowest: checkRate(lowest, 'cosineRate', 'lowest rate') };
}

/**
 * Rises in a straight line from a fraction of a schedule's first rate to the whole of it, then follows the schedule from
 * its first step on: PyTorch's `SequentialLR` of `LinearLR` and the other. `LinearLR` begins at 1/3 by default, this at 0.
 *
 * @throws ValueError when a number is out of its range.
 * @example
 * [0, 1, 4, 5].map((step) => rateAt(warmUpRate(4, exponentialRate(8, 0.5)), step)); // => [0, 2, 8, 4]
 */
export function warmUpRate(steps: number, after: number | Schedule, { from = 0 }: { readonly from?: number } = {}): Schedule {
  return { kind: 'warmUp', steps: checkSteps(steps, 'warmUpRate', 'steps'), from: checkRate(from, 'warmUpRate', 'fraction'), after: scheduleOf(after) };
}

/** A number is a constant rate. */
export function scheduleOf(rate: number | Schedule): Schedule {
  return typeof rate === 'number' ? constantRate(rate) : rate;
}

/**
 * The learning rate at a step, as part of a graph.
 *
 * @param step  a scalar: 0 at the first step
 * @example
 * const step = state('step', 0);
 * compile({ outputs: { rate: rateOf(exponentialRate(1, 0.5), step) }, updates: [[step, add(step, 1)]] }, js()).run({}, { times: 3 }).rate.item(); // => 0.25
 */
export function rateOf(schedule: Schedule, step: Tensor): Tensor {
  switch (schedule.kind) {
    case 'constant':
      return full([], schedule.rate, { dtype: step.dtype });
    case 'step':
      // Half a step more keeps quotients of whole multiples off the jump, however a machine divides.
      return mul(schedule.rate, pow(schedule.factor, floor(mul(add(step, 0.5), 1 / schedule.every))));
    case 'exponential':
      return mul(schedule.rate, pow(schedule.factor, step));
    case 'cosine': {
      const { rate, steps, lowest } = schedule;
      return add(lowest, mul((rate - lowest) / 2, add(1, cos(mul(Math.PI / steps, min(step, steps))))));
    }
    case 'warmUp': {
      const { steps, from, after } = schedule;
      return mul(rateOf(after, max(sub(step, steps), 0)), add(from, mul((1 - from) / steps, min(step, steps))));
    }
    default:
      return schedule satisfies never;
  }
}

/**
 * The learning rate at a step, as a number.
 *
 * @example
 * rateAt(constantRate(0.03), 0); // => 0.03
 */
export function rateAt(schedule: Schedule, step: number): number {
  return evaluate(rateOf(schedule, constant(step, { dtype: 'float64' }))).item();
}
