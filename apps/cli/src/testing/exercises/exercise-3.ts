import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { add, corr2d, grad, input, mul, squaredError, state, sub, type Nested, type Tensor } from '@xcorr/graph';
import { checkGrads } from '@xcorr/graph/gradients';

function Conv2D(kernel: Nested) {
  const weight = state('weight', kernel);
  const bias = state('bias', 0);
  return { weight, bias, forward: (x: Tensor) => add(corr2d(x, weight), bias) };
}

const [X, Y] = [input('X', [6, 8]), input('Y', [6, 7])];
const { weight, bias, forward } = Conv2D([[0.5, 0.25]]);
const loss = squaredError(forward(X), Y);
const [dWeight, dBias] = grad(loss, [weight, bias]);

// The image and the edges of the chapter, these raised by 0.5.
const image = Array.from({ length: 6 }, () => [1, 1, 0, 0, 0, 0, 1, 1]);
const edges = Array.from({ length: 6 }, () => [0.5, 1.5, 0.5, 0.5, 0.5, -0.5, 0.5]);
const feeds = { X: image, Y: edges };
const report = checkGrads(loss, [weight, bias], feeds);

const updates = [[weight, sub(weight, mul(0.01, dWeight))], [bias, sub(bias, mul(0.01, dBias))]] as const;
const step = compile({ inputs: { X, Y }, state: { weight, bias }, outputs: { loss, dWeight, dBias }, updates }, js());
const first = step.run(feeds);
step.run(feeds, { times: 400 });
const last = step.run(feeds);

// What is left of the error messages: the gradient with respect to what the loss is not made of.
let message = '';
try {
  grad(loss, [state('other', 0)]);
} catch (error) {
  [message = ''] = String(error).split('\n');
}

export const results: readonly unknown[] = [
  first.loss,
  first.dWeight,
  first.dBias,
  report.agreed,
  last.loss,
  step.state.weight,
  step.state.bias,
  message,
];
