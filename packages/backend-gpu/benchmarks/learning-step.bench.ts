import { expect, test } from 'vitest';
import { gpu } from '../src/index.ts';
import { handWrittenStep } from '../testing/hand-written-step.ts';
import { learningStep, noisyPair, type Pair } from '../testing/learning-step.ts';

// One step of learning a 5 x 5 kernel from a pair of 256 x 256, generated and written by hand, in one page. Rounds of the two
// alternate, so that whatever else the machine does falls on both; a round ends with the loss, which waits for all its work.

const rounds = 15;
const steps = 20;

/** Which losses are read back: that before the last step of a round, or that before each. */
const readings = ['last', 'each'] as const;

/** A way to learn: some steps, and the loss before the last of them. */
interface Learner {
  readonly learn: (steps: number, reading: (typeof readings)[number]) => Promise<number>;
  readonly kernel: () => Promise<ArrayLike<number>>;
  readonly end: () => Promise<void>;
}

async function generated(mode: 'webgl2' | 'webgpu', { picture, filtered }: Pair): Promise<Learner> {
  const step = await learningStep(gpu({ mode }));
  return {
    learn: async (times, reading) => (await step.run({ X: picture, Y: filtered }, { times, record: reading === 'each' ? ['loss'] : [] })).loss.data.at(-1) ?? Number.NaN,
    kernel: async () => (await step.state.K).data,
    end: () => step.dispose(),
  };
}

async function byHand(mode: 'webgl2' | 'webgpu', pair: Pair): Promise<Learner> {
  const step = await handWrittenStep(mode, pair);
  return {
    learn: async (times, reading) => {
      let loss = Number.NaN;
      for (let time = 1; time <= times; time++) {
        await step.step();
        if (reading === 'each' || time === times) loss = await step.readLoss();
      }
      return loss;
    },
    kernel: step.readKernel,
    end: step.destroy,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const shown = (milliseconds: readonly number[]): string => `${median(milliseconds).toFixed(2)} (${Math.min(...milliseconds).toFixed(2)})`;

const cases = (['webgl2', 'webgpu'] as const).flatMap((mode) => readings.map((reading) => ({ mode, reading })));

test.each(cases)('$mode, $reading loss', { timeout: 600_000 }, async ({ mode, reading }) => {
  const pair = noisyPair(7);
  const learners = { generated: await generated(mode, pair), byHand: await byHand(mode, pair) };
  const times: Record<keyof typeof learners, number[]> = { generated: [], byHand: [] };
  const losses: Record<keyof typeof learners, number> = { generated: Number.NaN, byHand: Number.NaN };
  const names = ['generated', 'byHand'] as const;
  for (const name of names) await learners[name].learn(steps, reading);
  for (let round = 0; round < rounds; round++)
    // Who comes first changes from round to round.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const start = performance.now();
      losses[name] = await learners[name].learn(steps, reading);
      times[name].push((performance.now() - start) / steps);
    }
  // Figures of steps that do not learn are of no use.
  for (const name of names) {
    const learned = await learners[name].kernel();
    pair.kernel.forEach((tap, index) => expect(learned[index]).toBeCloseTo(tap, 4));
    expect(losses[name]).toBeLessThan(1e-9);
    await learners[name].end();
  }
  const ratios = times.generated.map((time, round) => time / (times.byHand[round] ?? Number.NaN));
  console.log(`| ${mode} | ${reading} | ${shown(times.generated)} | ${shown(times.byHand)} | ${median(ratios).toFixed(2)} |`);
});
