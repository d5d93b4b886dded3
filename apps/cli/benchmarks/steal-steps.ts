import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { quadraticForms } from '@xcorr/compiler/hoist';
import { sgd } from '@xcorr/nn';
import { stealingStep } from '../src/steal/descend.ts';
import type { Form } from '../src/steal/moments.ts';
import { pairOf, type Photograph } from '../src/steal/pair.ts';

// What a step of `xcorr steal --optimiser sgd` costs, by the size of colour photographs: of a call of 2 N steps the time
// beyond that of a call of N, by N, so that what is made once in a call counts for nothing. Of each call the least
// time of the processor of all rounds is taken: what else runs on the machine only adds to it.

const [kernel, sizes, steps, rounds] = [[7, 7] as const, [64, 256, 1024], 100_000, 5] as const;
const taps = kernel[0] * kernel[1];
const nothing: Form = { taps, matrix: new Float64Array(taps * taps), product: new Float64Array(taps), squares: 0 };

function photograph(size: number, seed: number): Photograph {
  const level = (at: number): number => 128 + 60 * Math.sin(at / 50 + seed) + 40 * Math.sin(at * at * 0.37 + seed);
  return { name: `${size} x ${size}`, picture: { width: size, height: size, channels: 3, data: Uint8Array.from({ length: size * size * 3 }, (_, at) => level(at)) } };
}

const contenders = sizes.map((size) => {
  const pair = pairOf(photograph(size, 1), photograph(size, 2), kernel);
  const { spec, feeds } = stealingStep({ pair, taken: nothing, count: 3 * size * size, initial: new Float64Array(taps), optimiser: sgd({ rate: 1e-7 }) });
  const program = compile(spec, js(), { passes: [quadraticForms({ times: steps })] });
  const timed = (times: number): number => {
    const begin = process.cpuUsage();
    program.run(feeds, { times });
    return process.cpuUsage(begin).user / 1000;
  };
  return { size, timed, once: [timed(steps)], twice: [timed(2 * steps)] };
});

for (let round = 0; round < rounds; round++)
  for (const { timed, once, twice } of contenders) {
    once.push(timed(steps));
    twice.push(timed(2 * steps));
  }

const costs = contenders.map(({ size, once, twice }) => {
  const least = Math.min(...once);
  const cost = (Math.min(...twice) - least) / steps;
  return { size, cost, setUp: least - steps * cost };
});
const first = costs[0]?.cost ?? Number.NaN;
for (const { size, cost, setUp } of costs) process.stdout.write(`${size} x ${size}: ${(1000 * cost).toFixed(2)} us a step, ratio ${(cost / first).toFixed(2)}; set-up ${setUp.toFixed(0)} ms\n`);
