import { describe, expect, test } from 'vitest';
import { pseudoRandomPoint } from '../../testing/points.ts';
import { thrown } from '../../testing/thrown.ts';
import { abs, add, constant, conv2d, corr2d, div, floor, huber, input, log, maxPool, meanSquaredError, mul, NdArray, reduceMax, relu, sin, softmaxCrossEntropy, sqrt, square, state, stopGradient, sub, sum, type Tensor } from '../index.ts';
import { checkGrads, GradientError, gradientReport } from './check-grads.ts';
import { printGradientReport } from './report.ts';

const x = input('x', [3]);
const feeds = { x: [0.5, -1, 2] };

/** x^2 with the gradient of something else: what stopGradient is for, and what a mistake in a rule looks like. */
function wrongGradient(value: Tensor, derivativeOf: Tensor): Tensor {
  return add(derivativeOf, stopGradient(sub(value, derivativeOf)));
}

describe('what is right agrees, to the second order', () => {
  const image = input('image', [1, 2, 5, 5]);
  const K = state('K', pseudoRandomPoint([3, 2, 3, 3], 1));

  test('a layer, its kernel and its picture, in float32', () => {
    const picture = { image: Float32Array.from(pseudoRandomPoint([1, 2, 5, 5], 2).data) };
    const report = checkGrads(sum(square(relu(conv2d(image, K, { padding: 1, bias: [1, 2, 3] })))), [K, image], picture, { order: 2 });
    expect([report.differed, report.probes.length]).toEqual([0, 140]);
    expect(report.agreed).toBeGreaterThan(100);
    expect(report.largestError).toBeLessThan(1e-6);
  });

  test('an input of bytes, a tensor between, a constant, and named sizes', () => {
    const pixels = input('pixels', ['H', 5], { storage: 'uint8' });
    const k = constant([[1, -2], [3, 0.5]]);
    const between = corr2d(pixels, k);
    const loss = meanSquaredError(sin(mul(0.01, between)), 0.25);
    const fed = { pixels: new NdArray([5, 5], Uint8Array.from({ length: 25 }, (_, index) => index * 10)) };
    const report = checkGrads(loss, [pixels, k, between], fed);
    expect([report.agreed, report.differed, report.notJudged]).toEqual([25 + 3 + 4 + 3 + 16 + 3, 0, 0]);
  });

  test('pooling, losses', () => {
    const logits = input('logits', [2, 3], { dtype: 'float64' });
    const at = { logits: pseudoRandomPoint([2, 3], 4) };
    expect(checkGrads(softmaxCrossEntropy(logits, [[1, 0, 0], [0, 0, 1]]), [logits], at, { order: 2 }).agreed).toBe(18);
    expect(checkGrads(huber(logits, 0.1), [logits], at).differed).toBe(0);
    expect(checkGrads(sum(square(maxPool(logits, [1, 2]))), [logits], at).differed).toBe(0);
  });

  test('a slope of 0 beside a loss of which rounding is all that changes', () => {
    const nothing = sub(mul(x, 0.3), div(mul(x, 3), 10));
    expect(checkGrads(add(sum(nothing), 1234.5), [x], { x: [0.7, 0.11, 1.3] }).agreed).toBe(6);
  });

  test('a gradient that is zero everywhere, and one far from the unit', () => {
    expect(checkGrads(sum(floor(x)), [x], { x: [0.5, 1.5, 2.25] }, { order: 2 }).agreed).toBe(12);
    expect(checkGrads(sum(mul(square(x), 1e9)), [x], feeds, { order: 2 }).agreed).toBe(12);
    expect(checkGrads(sum(mul(square(x), 1e-9)), [x], feeds, { order: 2 }).agreed).toBe(12);
    expect(checkGrads(sum(mul(x, [3, 4, 5])), [x], feeds, { order: 2 }).agreed).toBe(12);
  });
});

describe('what is wrong is found', () => {
  test('each wrong element, by name and position', () => {
    const wrong = wrongGradient(square(x), mul(square(x), [1, 1.00001, 1]));
    expect(thrown(() => checkGrads(sum(wrong), [x], feeds, { directions: 1 }))).toMatchInlineSnapshot(`
      "GradientError: checkGrads: 2 of 4 slopes are not what differences say
        x, along [1]: the gradient says -2.00002, differences -2
        x, along a direction: the gradient says -1.463056, differences -1.463046"
    `);
  });

  test('a gradient that was lost, and one that is not there', () => {
    expect(gradientReport(sum(mul(stopGradient(x), x)), [x], feeds).differed).toBe(6);
    expect(gradientReport(sum(wrongGradient(floor(x), x)), [x], { x: [0.5, 1.5, 2.5] }).differed).toBe(6);
  });

  test('of the second order alone', () => {
    const cube = mul(square(x), x);
    // The value and the gradient of x^3, and of its gradient half.
    const wrong = add(mul(stopGradient(mul(3, square(x))), x), stopGradient(sub(cube, mul(3, cube))));
    const report = gradientReport(sum(wrong), [x], feeds, { order: 2 });
    expect(report.probes.filter(({ verdict }) => verdict === 'differs').map(({ order }) => order)).toEqual([2, 2, 2, 2, 2, 2]);
  });

  test('in a large tensor, by directions, where no element is moved alone', () => {
    const many = input('many', [40, 40]);
    const weights = constant(pseudoRandomPoint([40, 40], 3));
    const wrong = wrongGradient(mul(weights, square(many)), mul(weights, mul(1.001, square(many))));
    const report = gradientReport(sum(wrong), [many], { many: Float32Array.from(pseudoRandomPoint([40, 40], 4).data) }, { elements: 0 });
    expect([report.probes.length, report.differed]).toEqual([3, 3]);
  });
});

describe('where there is no derivative, nothing is judged', () => {
  const point = (value: number): { readonly x: readonly number[] } => ({ x: [value, 3, 3.5] });
  const [elements, steps] = [{ directions: 0 }, { directions: 0, step: 0.1 }];
  const verdictOf = (loss: Tensor, value: number, options: object = elements): string => gradientReport(loss, [x], point(value), options).probes[0]?.verdict ?? '';

  test('at a kink, at a jump, near either, at the end of the domain', () => {
    expect(verdictOf(sum(abs(x)), 0)).toBe('notJudged');
    expect(verdictOf(sum(relu(x)), 0)).toBe('notJudged');
    expect(verdictOf(sum(floor(x)), 1)).toBe('notJudged');
    expect(verdictOf(reduceMax(x), 3.5)).toBe('notJudged');
    expect(verdictOf(sum(sqrt(x)), 0)).toBe('notJudged');
    expect(verdictOf(sum(log(x)), 0.0001)).toBe('notJudged');
    for (const distance of [0.001, 0.01, 0.02, 0.03, 0.05, 0.09]) expect(verdictOf(sum(abs(x)), distance, steps), `a kink at ${distance}`).not.toBe('differs');
  });

  test('a smaller step sees what a larger one cannot', () => {
    expect(verdictOf(sum(relu(x)), 0.01, steps)).toBe('notJudged');
    expect(verdictOf(sum(relu(x)), 0.01)).toBe('agrees');
  });

  test('and a check that judged nothing has not passed', () => {
    const report = gradientReport(sum(relu(x)), [x], { x: [0, 0, 0] }, elements);
    expect(printGradientReport(report)).toMatchInlineSnapshot(`
      "nothing could be judged
        a kink, a jump or the end of the domain is nearer than the step: 3 not judged; give another point, or a smaller step
        x, along [0]: the gradient says 0, differences 0.5
        x, along [1]: the gradient says 0, differences 0.5
        x, along [2]: the gradient says 0, differences 0.5"
    `);
    expect(() => checkGrads(sum(relu(x)), [x], { x: [0, 0, 0] }, elements)).toThrow(GradientError);
  });
});

test('the report of what is right', () => {
  expect(printGradientReport(gradientReport(sum(relu(x)), [x], { x: [0, 1, 2] }, { directions: 0 }))).toMatchInlineSnapshot(`
    "2 slopes are what differences say, within 0
      a kink, a jump or the end of the domain is nearer than the step: 1 not judged
      x, along [0]: the gradient says 0, differences 0.5"
  `);
});

test('the same seed, the same report', () => {
  const loss = sum(sin(x));
  expect(gradientReport(loss, [x], feeds, { elements: 1, seed: 4 })).toEqual(gradientReport(loss, [x], feeds, { elements: 1, seed: 4 }));
});

describe('errors, word for word', () => {
  test('a loss that is no scalar, that is not finite, that does not depend', () => {
    expect(thrown(() => checkGrads(square(x), [x], feeds))).toMatchInlineSnapshot(`
      "ShapeError: checkGrads: the loss is not a scalar
        loss  [3]  at check-grads.test.ts:<line>
        a gradient needs one number to differentiate; sum or average the loss first"
    `);
    expect(thrown(() => checkGrads(sum(log(x)), [x], feeds))).toMatchInlineSnapshot(`"ValueError: checkGrads: the loss is NaN at this point; give feeds where it is a finite number"`);
    expect(thrown(() => checkGrads(sum(x), [input('z', [])], feeds))).toMatchInlineSnapshot(`
      "ShapeError: checkGrads: the output does not depend on z
        output  []     at check-grads.test.ts:<line>
        wrt     []  z  at check-grads.test.ts:<line>
        differentiate with respect to tensors that the output was computed from"
    `);
  });
  test('options', () => {
    expect(thrown(() => checkGrads(sum(x), [x], feeds, { step: 0 }))).toMatchInlineSnapshot(`"ValueError: checkGrads: step 0 is not a positive number"`);
    expect(thrown(() => checkGrads(sum(x), [x], feeds, { elements: 1.5 }))).toMatchInlineSnapshot(`"ValueError: checkGrads: elements 1.5 is not a whole number of at least 0"`);
    expect(thrown(() => checkGrads(sum(x), [x], feeds, { elements: 0, directions: 0 }))).toMatchInlineSnapshot(`"ValueError: checkGrads: 0 elements and 0 directions leave nothing to compare; ask for at least one"`);
  });
});
