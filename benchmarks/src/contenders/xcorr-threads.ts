import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { constant, conv2d, corr2d, input, NdArray, state } from '@xcorr/graph';
import { nothing, type FilterWorkload, type LayerWorkload } from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';
import { versionOf } from './version.ts';

/** xcorr's JavaScript on several threads. A thread writes memory that it shares with the others, so results are fresh arrays. */
export function xcorrOnThreads(name: string, threads: number): Contender {
  return {
    name,
    threads,
    // Sums over all data stay on one thread.
    isFor: ({ kind }) => kind === 'filter' || kind === 'layer',
    open: () => ({
      version: versionOf('@xcorr/compiler'),
      prepare: (workload) => {
        if (workload.kind === 'filter') return filter(workload, threads);
        return workload.kind === 'layer' ? layer(workload, threads) : { cannot: 'sums over all data stay on one thread' };
      },
    }),
  };
}

async function filter({ height, width, kernelHeight, kernelWidth, taps, separable, anySize }: FilterWorkload, threads: number): Promise<Job> {
  const image = input('image', anySize ? ['H', 'W'] : [height, width]);
  const kernel = (shape: readonly number[], values: Float32Array): ReturnType<typeof constant> => constant(new NdArray(shape, values));
  const filtered =
    separable === undefined
      ? corr2d(image, kernel([kernelHeight, kernelWidth], taps))
      : corr2d(corr2d(image, kernel([1, kernelWidth], separable.row)), kernel([kernelHeight, 1], separable.column));
  const program = await compile({ inputs: { image }, outputs: { filtered } }, js({ threads }));
  let feeds = { image: new NdArray([height, width], new Float32Array(height * width)) };
  let result = new NdArray([1], new Float32Array(1));
  return {
    feed: (inputs) => {
      feeds = { image: new NdArray([height, width], inputs.image) };
    },
    run: async () => {
      result = (await program.run(feeds)).filtered;
    },
    result: () => Float32Array.from(result.data),
    dispose: () => program.dispose(),
  };
}

async function layer({ batch, channels, height, width, features, kernel, stride, padding, weights }: LayerWorkload, threads: number): Promise<Job> {
  const image = input('image', [batch, channels, height, width]);
  const weight = state('weight', new NdArray([features, channels, kernel, kernel], weights));
  const program = await compile({ inputs: { image }, state: { weight }, outputs: { mapped: conv2d(image, weight, { strides: stride, padding }) } }, js({ threads }));
  let feeds = { image: nothing };
  let result = new NdArray([1], new Float32Array(1));
  return {
    feed: (inputs) => {
      feeds = { image: inputs.image };
    },
    run: async () => {
      result = (await program.run(feeds)).mapped;
    },
    result: () => Float32Array.from(result.data),
    dispose: () => program.dispose(),
  };
}
