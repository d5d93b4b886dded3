import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { book } from '@xcorr/golden';
import { corr2d, evaluate, grad, input, mul, squaredError, sub } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { conv2dLayer } from './conv2d-layer.ts';
import { sizeOf } from './matrix.ts';

const { x, k, y } = book.edge;

test('before training it is the correlation alone: the bias starts at 0', () => {
  expect(evaluate(conv2dLayer(k).forward(x)).toNested()).toEqual(evaluate(corr2d(x, k)).toNested());
});

test('weight and bias are both learned: from edges raised by 0.5, the kernel and the bias 0.5', () => {
  const X = input('X', sizeOf(x));
  const Y = input('Y', sizeOf(y));
  const { weight, bias, forward } = conv2dLayer([[0.1, 0.2]]);
  const loss = squaredError(forward(X), Y);
  const [dWeight, dBias] = grad(loss, [weight, bias]);
  const step = compile(
    {
      inputs: { X, Y },
      state: { weight, bias },
      outputs: { loss },
      updates: [
        [weight, sub(weight, mul(0.01, dWeight))],
        [bias, sub(bias, mul(0.01, dBias))],
      ],
    },
    js(),
  );
  const target = y.map((row) => row.map((value) => value + 0.5));
  for (let iteration = 0; iteration < 400; iteration++) step.run({ X: x, Y: target });
  expect(step.run({ X: x, Y: target }).loss.item()).toBeLessThan(1e-6);
  expect(step.state.bias.item()).toBeCloseTo(0.5, 3);
  const [left, right] = k.flat();
  expect(step.state.weight.data[0]).toBeCloseTo(left ?? Number.NaN, 3);
  expect(step.state.weight.data[1]).toBeCloseTo(right ?? Number.NaN, 3);
});
