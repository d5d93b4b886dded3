import { compile, type Backend } from '@xcorr/compiler';
import { book, type TrainingRun } from '@xcorr/golden';
import { conv2d, corr2d, grad, input, mul, reshape, squaredError, state, sub, transpose, type Layout, type Nested } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';

/** The chapter's training on a device: its losses, and the kernel that it ends with. */
async function learn(backend: Backend<'async'>, layout: Layout, initial: Nested): Promise<{ readonly losses: readonly number[]; readonly kernel: readonly number[] }> {
  const channelsLast = layout === 'NHWC';
  const X = input('X', channelsLast ? [1, 6, 8, 1] : [1, 1, 6, 8]);
  const Y = input('Y', channelsLast ? [1, 6, 7, 1] : [1, 1, 6, 7]);
  const K = state('K', initial);
  const loss = squaredError(conv2d(X, reshape(K, channelsLast ? [1, 2, 1, 1] : [1, 1, 1, 2]), { layout }), Y);
  const [dK] = grad(loss, [K]);
  const step = await compile({ inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(book.learnKernel.lr, dK))]] }, backend);
  const feeds = { X: Float32Array.from(book.edge.x.flat()), Y: Float32Array.from(book.edge.y.flat()) };
  const { loss: losses } = await step.run(feeds, { times: book.learnKernel.iterations, record: ['loss'] });
  const kernel = await step.state.K;
  await step.dispose();
  return { losses: [...losses.data], kernel: [...kernel.data] };
}

/** Registers "Convolutions for Images" as tests, section by section, to the last digit that the book prints. */
export function chapter(name: string, backend: Backend<'async'>): void {
  describe(`the chapter on ${name}`, () => {
    test('corr2d of the 3 x 3 image with the 2 x 2 kernel', async () => {
      const X = input('X', [3, 3]);
      const K = input('K', [2, 2]);
      const { x, k, y } = book.corr2d;
      const program = await compile({ inputs: { X, K }, outputs: { Y: corr2d(X, K) } }, backend);
      expect((await program.run({ X: x, K: k })).Y.toNested()).toEqual(y);
      expect(program.ranOn).toBe(name);
      await program.dispose();
    });

    test('the kernel [1, -1] finds vertical edges and no horizontal ones, in a picture of any size', async () => {
      const X = input('X', ['H', 'W']);
      const { x, k, y, yOfTransposedX } = book.edge;
      const edges = await compile({ inputs: { X }, outputs: { vertical: corr2d(X, k), horizontal: corr2d(transpose(X), k) } }, backend);
      const { vertical, horizontal } = await edges.run({ X: x });
      expect(vertical.toNested()).toEqual(y);
      expect(horizontal.toNested()).toEqual(yOfTransposedX);
      expect((await edges.run({ X: [[5, 7], [4, 4]] })).vertical.toNested()).toEqual([[-2], [0]]);
      await edges.dispose();
    });

    test.each(book.learnKernel.runs)('learning the kernel as $system prints it', async ({ layout, initialKernel, printedLosses, learnedKernel, learnedKernelTolerance = 0 }: TrainingRun) => {
      const { losses, kernel } = await learn(backend, layout, initialKernel);
      expect(losses.filter((_, step) => step % 2 === 1).map((loss) => loss.toFixed(3))).toEqual(printedLosses);
      learnedKernel?.flat().forEach((value, tap) => expect(Math.abs((kernel[tap] ?? Number.NaN) - value)).toBeLessThanOrEqual(learnedKernelTolerance));
    });
  });
}
