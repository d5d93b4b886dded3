import { compile, type Backend, type Pass } from '@xcorr/compiler';
import { quadraticForms } from '@xcorr/compiler/hoist';
import { add, constant, conv2d, corr2d, grad, input, meanSquaredError, mul, NdArray, squaredError, state, sub, relu, type Tensor } from '@xcorr/graph';
import {
  filteredSize,
  layerSize,
  nothing,
  type FilterWorkload,
  type Inputs,
  type LayerWorkload,
  type LearnKernelWorkload,
  type LearnNetWorkload,
  type Workload,
} from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';
import { versionOf } from './version.ts';

/** xcorr through its public API, on one of its backends. */
export function xcorr(name: string, threads: number, makeBackend: () => Backend<'sync'>): Contender {
  return {
    name,
    threads,
    open: () => ({ version: versionOf('@xcorr/compiler'), prepare: (workload) => compiled(workload, makeBackend())() }),
  };
}

/** xcorr with the Gram matrix of a picture's windows made once a call: what a user asks for who makes many steps with one pair. */
export function hoisted(name: string, makeBackend: () => Backend<'sync'>): Contender {
  const cannot = 'there is one step, or no squared error of one kernel: nothing is there to hoist';
  return {
    name,
    threads: 1,
    isFor: (workload) => workload.kind === 'learn-kernel' && workload.steps > 1 && workload.kernelHeight > 1,
    open: () => ({
      version: versionOf('@xcorr/compiler'),
      prepare: (workload) => (workload.kind === 'learn-kernel' && workload.steps > 1 ? learnKernel(workload, makeBackend(), [quadraticForms({ times: workload.steps })])() : { cannot }),
    }),
  };
}

/** Compiles a workload, from its graph on; what that gives makes arrays for it, and is ready to run. */
export function compiled(workload: Workload, backend: Backend<'sync'>): () => Job {
  switch (workload.kind) {
    case 'filter':
      return filter(workload, backend);
    case 'layer':
      return layer(workload, backend);
    case 'learn-kernel':
      return learnKernel(workload, backend);
    case 'learn-net':
      return learnNet(workload, backend);
  }
}

function filter(workload: FilterWorkload, backend: Backend<'sync'>): () => Job {
  const { height, width, kernelHeight, kernelWidth, taps, separable, anySize } = workload;
  const image = input('image', anySize ? ['H', 'W'] : [height, width]);
  const kernel = (shape: readonly number[], values: Float32Array): Tensor => constant(new NdArray(shape, values));
  const filtered =
    separable === undefined
      ? corr2d(image, kernel([kernelHeight, kernelWidth], taps))
      : corr2d(corr2d(image, kernel([1, kernelWidth], separable.row)), kernel([kernelHeight, 1], separable.column));
  const program = compile({ inputs: { image }, outputs: { filtered } }, backend);
  return () => {
    const [rows, columns] = filteredSize(workload);
    const outputs = { filtered: new Float32Array(rows * columns) };
    // Of an input of any size the array alone does not say which size it has.
    let feeds = { image: new NdArray([height, width], new Float32Array(height * width)) };
    return {
      feed: (inputs) => {
        feeds = { image: new NdArray([height, width], inputs.image) };
      },
      run: () => program.runInto(feeds, outputs),
      result: () => outputs.filtered,
    };
  };
}

function layer(workload: LayerWorkload, backend: Backend<'sync'>): () => Job {
  const { batch, channels, height, width, features, kernel, stride, padding, weights } = workload;
  const image = input('image', [batch, channels, height, width]);
  const weight = state('weight', new NdArray([features, channels, kernel, kernel], weights));
  const program = compile({ inputs: { image }, state: { weight }, outputs: { mapped: conv2d(image, weight, { strides: stride, padding }) } }, backend);
  return () => {
    const [rows, columns] = layerSize(workload);
    const outputs = { mapped: new Float32Array(batch * features * rows * columns) };
    let feeds = { image: nothing };
    return {
      feed: (inputs) => {
        feeds = inputs;
      },
      run: () => program.runInto({ image: feeds.image }, outputs),
      result: () => outputs.mapped,
    };
  };
}

function learnKernel(workload: LearnKernelWorkload, backend: Backend<'sync'>, passes: readonly Pass[] = []): () => Job {
  const { height, width, kernelHeight, kernelWidth, initial, rate, steps, calls } = workload;
  const image = input('image', [height, width]);
  const target = input('target', filteredSize(workload));
  const K = state('K', new NdArray([kernelHeight, kernelWidth], initial));
  const lossOf = workload.loss === 'sum' ? squaredError : meanSquaredError;
  const loss = lossOf(corr2d(image, K), target);
  const [dK] = grad(loss, [K]);
  const program = compile({ inputs: { image, target }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(rate, dK))]] }, backend, { passes });
  return () => {
    let losses: ArrayLike<number> = new Float32Array(steps);
    let feeds: Inputs = { image: nothing, target: nothing };
    const [one, each] = [{ loss: new Float32Array(1) }, new Float32Array(steps)];
    const run = (): void => {
      if (steps === 1) {
        program.runInto(feeds, one);
        losses = one.loss;
      } else if (calls === 'one') {
        losses = program.run(feeds, { times: steps, record: ['loss'] }).loss.data;
      } else {
        for (let step = 0; step < steps; step++) each[step] = program.run(feeds).loss.data[0];
        losses = each;
      }
    };
    return {
      feed: (inputs) => {
        feeds = inputs;
      },
      run,
      result: () => Float32Array.of(...Array.from(losses), ...program.state.K.data),
    };
  };
}

function learnNet({ batch, height, width, features, first, second, rate }: LearnNetWorkload, backend: Backend<'sync'>): () => Job {
  const image = input('image', [batch, 1, height, width]);
  const target = input('target', [batch, 1, height, width]);
  const A = state('A', new NdArray([features, 1, 3, 3], first));
  const B = state('B', new NdArray([1, features, 3, 3], second));
  const hidden = relu(conv2d(image, A, { padding: 1 }));
  const loss = meanSquaredError(conv2d(hidden, B, { padding: 1 }), target);
  const [dA, dB] = grad(loss, [A, B]);
  const stepped = (parameter: Tensor, slope: Tensor): Tensor => add(parameter, mul(-rate, slope));
  const spec = {
    inputs: { image, target },
    state: { A, B },
    outputs: { loss },
    updates: [[A, stepped(A, dA)] as const, [B, stepped(B, dB)] as const],
  };
  const program = compile(spec, backend);
  return () => {
    const outputs = { loss: new Float32Array(1) };
    let feeds: Inputs = { image: nothing, target: nothing };
    return {
      feed: (inputs) => {
        feeds = inputs;
      },
      run: () => program.runInto(feeds, outputs),
      result: () => Float32Array.of(outputs.loss[0], ...program.state.A.data, ...program.state.B.data),
    };
  };
}
