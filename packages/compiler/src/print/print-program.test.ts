import { corr2d, grad, input, mul, relu, squaredError, state, sub, tanh } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { programFor } from '../compile.ts';
import type { ProgramSpec } from '../graph.ts';
import { printProgram } from './print-program.ts';

/** The chapter's step: the loss of a kernel, and the kernel's update. */
function learningStep(): ProgramSpec {
  const X = input('X', [6, 8]);
  const Y = input('Y', [6, 7]);
  const K = state('K', [[0.25, 0.75]]);
  const loss = squaredError(corr2d(X, K), Y);
  const [dK] = grad(loss, [K]);
  return { inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(0.125, dK))]] };
}

describe("the chapter's step, stage by stage", () => {
  const program = programFor(learningStep(), direct());

  test('one nest: residual, loss, gradient and update', () => {
    expect(program.nests).toHaveLength(1);
    expect(printProgram(program, 'loops')).toMatchInlineSnapshot(`
      "b0   input     float32 [6, 8] "X"
      b1   input     float32 [6, 7] "Y"
      b2   state     float32 [1, 2] "K"
      b3   output    float32 [] "loss"
      nest1
        accumulator s0[2] = 0
        accumulator s1 = 0
        reduce i1 < 6
          reduce i2 < 7
            accumulator s2 = 0
            reduce r1 < 2
              s2 += b0[8*i1 + i2 + r1] * b2[r1]
            let t0 = s2 - b1[7*i1 + i2]
            for i4 < 2
              s0[i4] += b0[8*i1 + i2 + i4] * t0
            s1 += t0 * t0
        b3[0] = s1
        for i0 < 2
          b2[i0] = b2[i0] - (0.125 * (2 * s0[i0]))
      "
    `);
  });

  test('its schedule', async () => {
    await expect(printProgram(program, 'schedule')).toMatchFileSnapshot('__golden__/learning-step-schedule.txt');
  });

  test('its memory: no temporary, and the kernel is updated in its own place', () => {
    expect(printProgram(program, 'memory')).toMatchInlineSnapshot(`
      "b0   input     float32 [6, 8] "X"
      b1   input     float32 [6, 7] "Y"
      b2   state     float32 [1, 2] "K"
      b3   output    float32 [] "loss"
      arena of 0 bytes
      "
    `);
  });
});

test('a network has temporaries, with a place for each; of two that never meet, one', () => {
  let y = input('x', [20, 20]);
  const spec = { inputs: { x: y } };
  for (const kernel of [[[1, 2]], [[3], [4]], [[5, 6]]]) y = tanh(corr2d(y, kernel));
  const program = programFor({ ...spec, outputs: { y: corr2d(y, [[7, 8]]) } }, direct());
  expect(printProgram(program, 'memory')).toMatchInlineSnapshot(`
    "b0   input     float32 [20, 20] "x"
    b1   output    float32 [19, 17] "y"
    b5   constant  float32 [1, 1, 1, 2]
    b6   constant  float32 [1, 1, 2, 1]
    b7   constant  float32 [1, 1, 1, 2]
    b8   constant  float32 [1, 1, 1, 2]
    b4   temporary float32 [20, 19]
    b3   temporary float32 [19, 19]
    b2   temporary float32 [19, 18]
    b4 lives from nest 0 to nest 1
    b3 lives from nest 1 to nest 2
    b2 lives from nest 2 to nest 3
    arena of 3008 bytes
    b4 at 0, 1536 bytes
    b3 at 1536, 1472 bytes
    b2 at 0, 1408 bytes
    "
  `);
});

test('places that depend on named sizes are known when a program runs', () => {
  const photo = input('photo', ['H', 'W']);
  const program = programFor({ inputs: { photo }, outputs: { y: corr2d(relu(corr2d(photo, [[1, 2], [3, 4]])), [[5, 6]]) } }, direct());
  expect(printProgram(program, 'memory')).toMatchInlineSnapshot(`
    "b0   input     float32 [H, W] "photo"
    b1   output    float32 [H - 1, W - 2] "y"
    b3   constant  float32 [1, 1, 2, 2]
    b4   constant  float32 [1, 1, 1, 2]
    b2   temporary float32 [H - 1, W - 1]
    b2 lives from nest 0 to nest 1
    places depend on H, W
    "
  `);
});
