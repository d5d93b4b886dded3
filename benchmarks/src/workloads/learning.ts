import { uniform } from './random.ts';
import type { LearnKernelWorkload, LearnNetWorkload } from './workload.ts';

/** The chapter's picture, 6 x 8: white with a black stripe, one column further to the right in the odd sets, and its edges. */
function stripe(set: number): { readonly image: Float32Array; readonly target: Float32Array } {
  const left = 2 + (set % 2);
  const image = Float32Array.from({ length: 48 }, (_, at) => (at % 8 >= left && at % 8 < left + 4 ? 0 : 1));
  const target = Float32Array.from({ length: 42 }, (_, at) => {
    const from = Math.floor(at / 7) * 8 + (at % 7);
    return image[from] - image[from + 1];
  });
  return { image, target };
}

const book: LearnKernelWorkload = {
  kind: 'learn-kernel',
  name: 'learn-book',
  height: 6,
  width: 8,
  kernelHeight: 1,
  kernelWidth: 2,
  initial: Float32Array.of(0.35, -0.12),
  loss: 'sum',
  rate: 3e-2,
  steps: 10,
  calls: 'one',
  multiplyAdds: 10 * 42 * 5,
  inputs: stripe,
};

/** A picture and what a 5 x 5 kernel makes of it, with noise. */
function pair(side: number, set: number): { readonly image: Float32Array; readonly target: Float32Array } {
  const rows = side - 4;
  const image = uniform(side * side, 400 + set);
  const noise = uniform(rows * rows, 500 + set, -0.1, 0.1);
  const taps = uniform(25, 41);
  const target = Float32Array.from(noise, (added, at) => {
    const from = Math.floor(at / rows) * side + (at % rows);
    let sum = added;
    for (let u = 0; u < 5; u++) for (let v = 0; v < 5; v++) sum += image[from + u * side + v] * taps[u * 5 + v];
    return sum;
  });
  return { image, target };
}

function learnFiveByFive(side: number): LearnKernelWorkload {
  return {
    kind: 'learn-kernel',
    name: `learn-5x5-${side}`,
    height: side,
    width: side,
    kernelHeight: 5,
    kernelWidth: 5,
    initial: uniform(25, 42),
    loss: 'mean',
    rate: 0.5,
    steps: 1,
    calls: 'one',
    multiplyAdds: (side - 4) ** 2 * 51,
    inputs: (set) => pair(side, set),
  };
}

const twoLayers: LearnNetWorkload = {
  kind: 'learn-net',
  name: 'learn-two-layers',
  batch: 4,
  height: 64,
  width: 64,
  features: 8,
  first: uniform(72, 51, -0.5, 0.5),
  second: uniform(72, 52, -0.5, 0.5),
  rate: 0.05,
  multiplyAdds: 5 * 4 * 4096 * 72,
  inputs: (set) => ({ image: uniform(4 * 4096, 600 + set), target: uniform(4 * 4096, 650 + set) }),
};

/** Training: a run of each gives its losses, and leaves the parameters for the next. */
export const learning: readonly (LearnKernelWorkload | LearnNetWorkload)[] = [
  book,
  { ...book, name: 'learn-book-ten-calls', calls: 'each', contenders: ['xcorr/js', 'xcorr/wasm', 'hand/js'] },
  learnFiveByFive(256),
  learnFiveByFive(1024),
  { ...learnFiveByFive(256), name: 'learn-5x5-256-100-steps', steps: 100, multiplyAdds: 100 * learnFiveByFive(256).multiplyAdds, contenders: ['xcorr/js', 'xcorr/js, hoisted'] },
  twoLayers,
];
