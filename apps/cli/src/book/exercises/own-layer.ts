import { compile, type Backend } from '@xcorr/compiler';
import type { Matrix } from '@xcorr/golden';
import { add, grad, input, mul, squaredError, state, sub, XcorrError, type Tensor } from '@xcorr/graph';
import { gradientReport } from '@xcorr/graph/gradients';
import { conv2dLayer, type Conv2dLayer } from '../conv2d-layer.ts';
import { rowsOf } from '../matrix.ts';
import { check, checkEqual, matrixOf, shortly, type Answer } from './exercise.ts';

const code = `import { js } from '@xcorr/backend-js';
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
  [message = ''] = String(error).split('\\n');
}`;

const feeds = { X: matrixOf(6, 8, (_, j) => Number(j < 2 || j > 5)), Y: matrixOf(6, 7, (_, j) => 0.5 + Number(j === 1) - Number(j === 5)) };
const [steps, rate] = [400, 0.01];

interface Model extends Conv2dLayer {
  readonly X: Tensor;
  readonly Y: Tensor;
  readonly loss: Tensor;
}

function modelOf(layer: typeof conv2dLayer): Model {
  const [X, Y] = [input('X', [6, 8]), input('Y', [6, 7])];
  const made = layer([[0.5, 0.25]]);
  return { ...made, X, Y, loss: squaredError(made.forward(X), Y) };
}

/**
 * The slopes of the loss by differences that the backend computes: of a quadratic function central ones are exact, and here
 * all numbers are whole 64ths, which float32 holds.
 */
async function differences({ X, Y, weight, bias, loss }: Model, backend: Backend<'async'>): Promise<Matrix> {
  const moves = { weight: input('moveWeight', [1, 2]), bias: input('moveBias', []) };
  const mover = await compile(
    { inputs: { X, Y, ofWeight: moves.weight, ofBias: moves.bias }, state: { weight, bias }, outputs: { loss }, updates: [[weight, add(weight, moves.weight)], [bias, add(bias, moves.bias)]] },
    backend,
  );
  const h = 0.25;
  const slopes: number[] = [];
  for (const parameter of [0, 1, 2]) {
    // Each run gives the loss where the run before it moved to.
    const moved = async (by: number): Promise<number> => {
      const [left, right, all] = [0, 1, 2].map((each) => (each === parameter ? by : 0));
      return (await mover.run({ ...feeds, ofWeight: [[left ?? 0, right ?? 0]], ofBias: all ?? 0 })).loss.item();
    };
    await moved(h);
    const above = await moved(-2 * h);
    const below = await moved(h);
    slopes.push((above - below) / (2 * h));
  }
  return [slopes];
}

/** The first line of what is said where the loss is not made of what it is to be differentiated by. */
function messageOfStranger(loss: Tensor): string {
  try {
    grad(loss, [state('other', 0)]);
  } catch (error) {
    if (error instanceof XcorrError) return String(error).split('\n')[0] ?? '';
    throw error;
  }
  return '';
}

/** @param layer  whose gradient is sought: the reader's own */
export async function ownLayer(backend: Backend<'async'>, layer: typeof conv2dLayer = conv2dLayer): Promise<Answer> {
  const model = modelOf(layer);
  const { X, Y, weight, bias, loss } = model;
  const [dWeight, dBias] = grad(loss, [weight, bias]);
  const report = gradientReport(loss, [weight, bias], feeds);
  const step = await compile(
    { inputs: { X, Y }, state: { weight, bias }, outputs: { loss, dWeight, dBias }, updates: [[weight, sub(weight, mul(rate, dWeight))], [bias, sub(bias, mul(rate, dBias))]] },
    backend,
  );
  const first = await step.run(feeds);
  await step.run(feeds, { times: steps, results: [] });
  const last = await step.run(feeds);
  const [learned, learnedBias] = [rowsOf(await step.state.weight, 2), (await step.state.bias).item()];
  const slopes = await differences(model, backend);
  const message = messageOfStranger(loss);
  return {
    number: '3',
    question: 'When you try to find the gradient of the Conv2D class that we created automatically, what kind of error message do you see?',
    code,
    results: [
      { what: 'first.loss', value: [[first.loss.item()]] },
      { what: 'first.dWeight', value: rowsOf(first.dWeight, 2) },
      { what: 'first.dBias', value: [[first.dBias.item()]] },
      { what: 'report.agreed', value: [[report.agreed]] },
      { what: 'last.loss', value: [[last.loss.item()]] },
      { what: 'step.state.weight', value: learned },
      { what: 'step.state.bias', value: [[learnedBias]] },
      { what: 'message', value: message },
    ],
    answer: 'None: the class is made of differentiable operations, so its gradient is found, is what differences say, and is good to learn with. There is a message where the loss does not depend on what it is differentiated by.',
    checks: [
      checkEqual('the gradient is what central differences of the loss say', [[...first.dWeight.data, first.dBias.item()]], slopes),
      check('checkGrads finds nothing that differs', report.differed === 0 && report.agreed > 0, `${report.differed} slopes that differ, ${report.agreed} that agree`),
      checkEqual('learning finds the kernel [1, -1] \u00B1 1e-3', learned, [[1, -1]], 1e-3),
      check('and the bias 0.5 \u00B1 1e-3', Math.abs(learnedBias - 0.5) <= 1e-3, shortly(learnedBias)),
      check('the loss falls below a millionth of what it was', last.loss.item() < 1e-6 * first.loss.item(), `from ${shortly(first.loss.item())} to ${shortly(last.loss.item())}`),
    ],
  };
}
