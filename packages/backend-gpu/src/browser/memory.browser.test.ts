import { compile } from '@xcorr/compiler';
import { input, mul } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { learningStep, noisyPair } from '../../testing/learning-step.ts';
import { watchBuffers, watchTextures, type Watch } from '../../testing/watch.ts';
import { gpu } from '../index.ts';

const watches = { webgl2: watchTextures, webgpu: watchBuffers } as const;
const modes = ['webgl2', 'webgpu'] as const;

/** Watches a mode while something is done. */
async function watching(mode: (typeof modes)[number], work: (watch: Watch) => Promise<void>): Promise<void> {
  const watch = watches[mode]();
  try {
    await work(watch);
  } finally {
    watch.stop();
  }
}

describe.each(modes)('memory of the device, %s', (mode) => {
  test('300 steps of learning hold as many textures as three do, and learn', { timeout: 300_000 }, async () => {
    await watching(mode, async (watch) => {
      const { picture, kernel, filtered } = noisyPair(7);
      const step = await learningStep(gpu({ mode }));
      const feeds = { X: picture, Y: filtered };
      const live: number[] = [];
      const losses: number[] = [];
      for (let call = 0; call < 100; call++) {
        const { loss } = await step.run(feeds, { times: 3 });
        losses.push(loss.item());
        live.push(watch.live());
      }
      expect(watch.made()).toBeGreaterThan(300);
      expect(new Set(live)).toEqual(new Set(live.slice(0, 1)));
      expect(losses.at(-1)).toBeLessThan(1e-9);
      const learned = await step.state.K;
      kernel.forEach((tap, index) => expect(learned.data[index]).toBeCloseTo(tap, 4));
      await step.dispose();
    });
  });

  test('300 steps in one call hold no more than three do', { timeout: 300_000 }, async () => {
    await watching(mode, async (watch) => {
      const { picture, filtered } = noisyPair(7);
      const step = await learningStep(gpu({ mode }));
      const feeds = { X: picture, Y: filtered };
      await step.run(feeds, { times: 3, results: [] });
      const before = watch.live();
      await step.run(feeds, { times: 300, results: [] });
      expect(watch.live()).toBe(before);
      await step.dispose();
    });
  });

  test('a program that is disposed of leaves nothing behind', async () => {
    await watching(mode, async (watch) => {
      const backend = gpu({ mode });
      const x = input('x', [64, 64]);
      const live: number[] = [];
      for (let round = 0; round < 5; round++) {
        const program = await compile({ inputs: { x }, outputs: { y: mul(x, round + 2) } }, backend);
        await program.run({ x: new Float32Array(64 * 64) });
        await program.dispose();
        live.push(watch.live());
      }
      // gpu.js itself keeps one or two of a context for good.
      expect(new Set(live.slice(1)).size).toBe(1);
    });
  });

  test('programs share a context, however many there are', async () => {
    await watching(mode, async (watch) => {
      const x = input('x', [2]);
      // Of the first that a page opens, gpu.js opens another to see what it can do.
      const program = await compile({ inputs: { x }, outputs: { y: x } }, gpu({ mode }));
      const contexts = watch.contexts();
      const programs = await Promise.all(Array.from({ length: 20 }, (_, index) => compile({ inputs: { x }, outputs: { y: mul(x, index) } }, gpu({ mode }))));
      for (const [index, program] of programs.entries()) expect((await program.run({ x: [1, 2] })).y.toNested()).toEqual([index, 2 * index]);
      expect(watch.contexts()).toBe(contexts);
      for (const each of [program, ...programs]) await each.dispose();
    });
  });
});
