import type * as Ort from 'onnxruntime-web/wasm';
import { onnxModel, type OnnxConvolution } from '../peers/onnx-model.ts';
import { filteredSize, layerSize, type FilterWorkload, type LayerWorkload } from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';
import { versionOf } from './version.ts';

/** ONNX Runtime Web on WebAssembly. Taps of filters are in the model; weights of layers are given to each run. */
export const ortWeb: Contender = {
  name: 'ort-web',
  threads: 1,
  open: async () => {
    const ort = await import('onnxruntime-web/wasm');
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    return {
      version: versionOf('onnxruntime-web'),
      prepare: (workload) => {
        switch (workload.kind) {
          case 'filter':
            return filter(ort, workload);
          case 'layer':
            return layer(ort, workload);
          case 'learn-kernel':
          case 'learn-net':
            return { cannot: 'ONNX Runtime Web does not train' };
        }
      },
    };
  },
};

async function jobOf(
  { InferenceSession, Tensor }: typeof Ort,
  convolutions: readonly OnnxConvolution[],
  input: readonly number[],
  output: readonly number[],
  weightsAre: 'constants' | 'inputs',
): Promise<Job> {
  const fed = weightsAre === 'inputs' ? Object.fromEntries(convolutions.map(({ shape, weights }, index) => [`weights${index}`, new Tensor('float32', weights, shape)])) : {};
  const session = await InferenceSession.create(onnxModel(convolutions, input, output, weightsAre), { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  let mapped: Float32Array = new Float32Array(0);
  let x = new Tensor('float32', new Float32Array(input.reduce((product, extent) => product * extent)), input);
  return {
    feed: ({ image }) => {
      x = new Tensor('float32', image, input);
    },
    run: async () => {
      mapped = (await session.run({ x, ...fed }, ['y'])).y.data;
    },
    result: () => mapped,
    dispose: () => session.release(),
  };
}

function filter(ort: typeof Ort, workload: FilterWorkload): Promise<Job> {
  const { height, width, kernelHeight, kernelWidth, taps, separable } = workload;
  const convolution = (rows: number, columns: number, weights: Float32Array): OnnxConvolution => ({ shape: [1, 1, rows, columns], weights, stride: 1, padding: 0 });
  const convolutions =
    separable === undefined ? [convolution(kernelHeight, kernelWidth, taps)] : [convolution(1, kernelWidth, separable.row), convolution(kernelHeight, 1, separable.column)];
  return jobOf(ort, convolutions, [1, 1, height, width], [1, 1, ...filteredSize(workload)], 'constants');
}

function layer(ort: typeof Ort, workload: LayerWorkload): Promise<Job> {
  const { batch, channels, height, width, features, kernel, stride, padding, weights } = workload;
  const convolution: OnnxConvolution = { shape: [features, channels, kernel, kernel], weights, stride, padding };
  return jobOf(ort, [convolution], [batch, channels, height, width], [batch, features, ...layerSize(workload)], 'inputs');
}
