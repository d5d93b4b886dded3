import { compile } from '@xcorr/compiler';
import { add, constant, evaluate, input, mul, reshape, slice, square, state, sub, sum, type DType, type Tensor } from '@xcorr/graph';
import { js } from '@xcorr/backend-js';
import { describe, expect, test } from 'vitest';
import { message } from '../../testing/message.ts';
import { trajectories, type Case } from '../../testing/trajectories.ts';
import { minimise, type Learning } from './minimise.ts';
import { adam, adamW, rmsProp, sgd, type Optimiser } from './optimiser.ts';
import { constantRate, cosineRate, exponentialRate, rateAt, rateOf, stepRate, warmUpRate, type Schedule } from './schedule.ts';
import { clipByNorm, clipByValue, globalNorm } from './clip.ts';

function scheduleOf({ schedule, optimiser: { rate } }: Case): Schedule | undefined {
  if (schedule === undefined) return rate === undefined ? undefined : constantRate(rate);
  const first = rate ?? Number.NaN;
  switch (schedule.kind) {
    case 'step':
      return stepRate(first, schedule);
    case 'exponential':
      return exponentialRate(first, schedule.factor);
    case 'cosine':
      return cosineRate(first, schedule);
    case 'warmUp':
      return warmUpRate(schedule.steps, first, { from: schedule.from });
    default:
      return schedule satisfies never;
  }
}

function optimiserOf(each: Case): Optimiser {
  const { kind, rate: _, ...settings } = each.optimiser;
  const rate = scheduleOf(each);
  const rated = rate === undefined ? settings : { ...settings, rate };
  switch (kind) {
    case 'sgd':
      return sgd({ rate: Number.NaN, ...rated });
    case 'adam':
      return adam(rated);
    case 'adamW':
      return adamW(rated);
    case 'rmsProp':
      return rmsProp(rated);
    default:
      return kind satisfies never;
  }
}

interface Problem {
  readonly parameters: { readonly p: Tensor; readonly q: Tensor };
  readonly learning: Learning;
}

/** (p0 q - 1)^2 + 3 (p1 - 2)^2 + p0^2 / 2, the loss of recorded/record-trajectories.py. */
function problem(each: Case, dtype: DType): Problem {
  const [p0 = 0, p1 = 0, q0 = 0] = trajectories.start;
  const parameters = { p: state('p', [p0, p1], { dtype }), q: state('q', [q0], { dtype }) };
  const at = (index: number): Tensor => reshape(slice(parameters.p, { start: [index], stop: [index + 1] }), []);
  const loss = add(add(square(sub(mul(at(0), reshape(parameters.q, [])), 1)), mul(3, square(sub(at(1), 2)))), mul(0.5, square(at(0))));
  return { parameters, learning: minimise(loss, parameters, optimiserOf(each), each.clip === undefined ? {} : { clip: each.clip }) };
}

/** The parameters after every step. */
function path(each: Case, dtype: DType): readonly (readonly number[])[] {
  const { parameters, learning } = problem(each, dtype);
  const program = compile({ state: parameters, outputs: { rate: learning.rate }, updates: learning.updates }, js());
  return each.pytorch.map(() => {
    program.run({});
    return [...program.state.p.data, ...program.state.q.data];
  });
}

function furthest(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  return Math.max(...a.map((row, step) => Math.max(...row.map((value, index) => Math.abs(value - (b[step]?.[index] ?? Number.NaN))))));
}

describe('trajectories', () => {
  test('there are some of each optimiser', () => {
    expect(new Set(trajectories.cases.map(({ optimiser }) => optimiser.kind))).toEqual(new Set(['sgd', 'adam', 'adamW', 'rmsProp']));
    for (const { formulas, pytorch } of trajectories.cases) expect([formulas.length, pytorch.length]).toEqual([40, 40]);
  });

  test.each(trajectories.cases)('$name goes as PyTorch and the published formulas do', (each) => {
    const ours = path(each, 'float64');
    expect(furthest(ours, each.pytorch)).toBeLessThan(1e-12);
    expect(furthest(ours, each.formulas)).toBeLessThan(1e-12);
  });

  // Forty steps of numbers near 1, each rounded to 24 bits.
  test.each(trajectories.cases)('$name in single precision', (each) => {
    expect(furthest(path(each, 'float32'), each.pytorch)).toBeLessThan(4e-6);
  });
});

test('the step is a state, and all that training adds is named after what it belongs to', () => {
  const parameters = { '0.weight': state('0.weight', [1, 2]), '0.bias': state('0.bias', 1) };
  const loss = add(sum(square(parameters['0.weight'])), square(parameters['0.bias']));
  const { states, step, updates } = minimise(loss, parameters, adam());
  expect(Object.entries(states).map(([name, { shape }]) => [name, shape])).toEqual([
    ['training.step', []],
    ['training.adam.mean.0.weight', [2]],
    ['training.adam.meanOfOnes', []],
    ['training.adam.square.0.weight', [2]],
    ['training.adam.squareOfOnes', []],
    ['training.adam.mean.0.bias', []],
    ['training.adam.square.0.bias', []],
  ]);
  expect(updates).toHaveLength(9);
  const program = compile({ state: { step, ...states }, outputs: { loss }, updates }, js());
  program.run({}, { times: 3 });
  expect(program.state.step.item()).toBe(3);
});

test('a schedule is followed by the compiled step', () => {
  const p = state('p', 1);
  const { rate, updates } = minimise(square(p), { p }, sgd({ rate: warmUpRate(3, stepRate(0.5, { every: 2, factor: 0.5 })) }));
  const program = compile({ outputs: { rate }, updates }, js());
  const rates = program.run({}, { times: 9, record: ['rate'] }).rate.toNested();
  const expected = [0, 1 / 6, 1 / 3, 1 / 2, 1 / 2, 1 / 4, 1 / 4, 1 / 8, 1 / 8];
  expect(rates).toEqual(expected.map(Math.fround));
  const schedule = warmUpRate(3, stepRate(0.5, { every: 2, factor: 0.5 }));
  expected.forEach((value, step) => expect(rateAt(schedule, step)).toBeCloseTo(value, 14));
});

// The reciprocals of some are rounded up, of others down.
test.each([1, 3, 10, 1000, 25, 41])('a step schedule of %i steps drops at whole multiples and nowhere else, in single precision', (every) => {
  const step = input('step', []);
  const program = compile({ inputs: { step }, outputs: { rate: rateOf(stepRate(1, { every, factor: 0.5 }), step) } }, js());
  const steps = Array.from({ length: 40 }, (_, multiple) => [multiple * every - 1, multiple * every]).flat().filter((value) => value >= 0);
  for (const at of steps) expect(program.run({ step: at }).rate.item()).toBe(0.5 ** Math.floor(at / every));
});

describe('clipping', () => {
  test('by value, each element by itself', () => {
    expect(clipByValue([constant([-3, 0.5, 3]), constant([[2]])], 1).map((each) => evaluate(each).toNested())).toEqual([[-1, 0.5, 1], [[1]]]);
  });

  test('by norm, all of them by one factor, and none below the limit', () => {
    const gradients = [constant([3, 0], { dtype: 'float64' }), constant([[4]], { dtype: 'float64' })];
    const [first, second] = clipByNorm(gradients, 1).map((each) => [...evaluate(each).data]);
    expect(first?.[0]).toBeCloseTo(3 / 5.000001, 15);
    expect(second?.[0]).toBeCloseTo(4 / 5.000001, 15);
    expect(clipByNorm(gradients, 6).map((each) => evaluate(each).toNested())).toEqual([[3, 0], [[4]]]);
    expect(evaluate(globalNorm(gradients)).item()).toBe(5);
  });

  test('a step sees what is clipped', () => {
    const p = state('p', 10);
    const { updates, gradients } = minimise(square(p), { p }, sgd({ rate: 1 }), { clip: { value: 2 } });
    const program = compile({ state: { p }, outputs: { dp: gradients['p'] ?? p }, updates }, js());
    expect(program.run({}).dp.item()).toBe(20);
    expect(program.state.p.item()).toBe(8);
  });
});

test('a rate that is fed changes from run to run, with one program', () => {
  const [p, rate] = [state('p', 1), input('rate', [])];
  const { updates } = minimise(square(p), { p }, sgd({ rate: 0 }), { rate });
  const program = compile({ inputs: { rate }, state: { p }, outputs: { p }, updates }, js());
  program.run({ rate: 0.25 });
  expect(program.state.p.item()).toBe(0.5);
  program.run({ rate: 0.5 });
  expect(program.state.p.item()).toBe(0);
});

test('errors', () => {
  const p = state('p', 1);
  expect(message(() => sgd({ rate: Number.NaN }))).toBe('constantRate: the rate NaN is not a finite number of at least 0');
  expect(message(() => sgd({ rate: 1, nesterov: true }))).toBe("sgd: Nesterov's momentum needs a momentum above 0 and no dampening");
  expect(message(() => sgd({ rate: 1, momentum: -1 }))).toBe('sgd: momentum -1 does not lie from 0 to below Infinity');
  expect(message(() => adam({ betas: [0.9, 1] }))).toBe('adam: the second of betas 1 does not lie from 0 to below 1');
  expect(message(() => adamW({ weightDecay: -1 }))).toBe('adamW: weightDecay -1 does not lie from 0 to below Infinity');
  expect(message(() => rmsProp({ alpha: 2 }))).toBe('rmsProp: alpha 2 does not lie from 0 to below 1');
  expect(message(() => stepRate(1, { every: 0 }))).toBe('stepRate: every 0 is not a whole number of at least 1');
  expect(message(() => cosineRate(1, { steps: 1.5 }))).toBe('cosineRate: steps 1.5 is not a whole number of at least 1');
  expect(message(() => clipByNorm([p], 0))).toBe('clipByNorm: the limit 0 is not a finite number above 0');
  expect(message(() => globalNorm([]))).toBe('globalNorm: no tensors; give at least one');
  // @ts-expect-error -- not among the settings
  expect(message(() => sgd({ rate: 1, lr: 0.1 }))).toBe('sgd: there is no setting "lr"; the settings are "rate", "momentum", "dampening", "nesterov", "weightDecay"');
  // @ts-expect-error -- not among the settings
  expect(message(() => adam({ beta: [0.9, 0.9] }))).toBe('adam: there is no setting "beta"; did you mean "betas"?');
  // @ts-expect-error -- not among the settings
  expect(message(() => adamW({ eps: 1 }))).toContain('adamW: there is no setting "eps"');
  // @ts-expect-error -- not among the settings
  expect(message(() => rmsProp({ centered: true }))).toBe('rmsProp: there is no setting "centered"; did you mean "centred"?');
  // @ts-expect-error -- no settings
  expect(message(() => adam(0.1))).toBe('adam: settings are given by name, such as { rate: ... }, and this is 0.1');
  // @ts-expect-error -- not among the settings
  expect(message(() => minimise(square(p), { p }, sgd({ rate: 1 }), { norm: 1 }))).toBe('minimise: there is no setting "norm"; the settings are "clip", "rate"');
  expect(message(() => minimise(square(p), { p }, sgd({ rate: 1 }), { rate: input('rate', [2]) }))).toBe('minimise: a learning rate of shape [2]; give a scalar');
  expect(message(() => minimise(square(p), {}, sgd({ rate: 1 })))).toBe('minimise: no parameters; give the states that are to learn');
  expect(message(() => minimise(square(p), { x: input('x', []) }, sgd({ rate: 1 })))).toBe('minimise: "x" was made by input; parameters are states');
});
