import type { Tensor, TensorFlow, Variable } from '@tensorflow/tfjs';
import type { FilterWorkload, LayerWorkload, LearnKernelWorkload, LearnNetWorkload, Workload } from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';
import { folderOf, versionOf } from './version.ts';

// TensorFlow.js. Its CPU backends know the layout NHWC alone: pictures are kept in it.

async function open(backend: 'cpu' | 'wasm'): Promise<TensorFlow> {
  const { default: tf } = await import('@tensorflow/tfjs');
  if (backend === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${folderOf('@tensorflow/tfjs-backend-wasm', 'wasm-out/tfjs-backend-wasm-simd.wasm')}/`);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js did not start its backend ${backend}`);
  await tf.ready();
  return tf;
}

export function tensorflow(name: string, backend: 'cpu' | 'wasm'): Contender {
  return {
    name,
    threads: 1,
    open: async () => {
      const tf = await open(backend);
      return {
        version: versionOf('@tensorflow/tfjs'),
        prepare: async (workload) => {
          await tf.setBackend(backend);
          return withBackend(tf, backend, prepare(tf, workload));
        },
      };
    },
  };
}

/** Backends share a process: each job names its own before it does anything. A backend that has started is there at once. */
function withBackend(tf: TensorFlow, backend: string, job: Job): Job {
  const use = (): void => {
    if (tf.getBackend() !== backend) void tf.setBackend(backend);
  };
  const used =
    <Operands extends readonly unknown[], Result>(body: (...operands: Operands) => Result) =>
    (...operands: Operands): Result => {
      use();
      return body(...operands);
    };
  return { feed: used(job.feed), run: used(job.run), result: used(job.result), ...(job.dispose === undefined ? {} : { dispose: used(job.dispose) }) };
}

function prepare(tf: TensorFlow, workload: Workload): Job {
  switch (workload.kind) {
    case 'filter':
      return filter(tf, workload);
    case 'layer':
      return layer(tf, workload);
    case 'learn-kernel':
      return learnKernel(tf, workload);
    case 'learn-net':
      return learnNet(tf, workload);
  }
}

/** A job whose run makes one tensor of one. */
function mapping(toTensor: (image: Float32Array) => Tensor, compute: (x: Tensor) => Tensor, read: (y: Tensor) => Float32Array, held: readonly Tensor[]): Job {
  let x: Tensor | undefined;
  let y: Tensor | undefined;
  return {
    feed: ({ image }) => {
      x?.dispose();
      x = toTensor(image);
    },
    run: () => {
      y?.dispose();
      if (x !== undefined) y = compute(x);
    },
    result: () => (y === undefined ? new Float32Array(0) : read(y)),
    dispose: () => {
      for (const tensor of [x, y, ...held]) tensor?.dispose();
    },
  };
}

function filter(tf: TensorFlow, { height, width, kernelHeight, kernelWidth, taps, separable }: FilterWorkload): Job {
  const kernel = (rows: number, columns: number, values: Float32Array): Tensor => tf.tensor4d(values, [rows, columns, 1, 1]);
  const kernels = separable === undefined ? [kernel(kernelHeight, kernelWidth, taps)] : [kernel(1, kernelWidth, separable.row), kernel(kernelHeight, 1, separable.column)];
  return mapping(
    (image) => tf.tensor4d(image, [1, height, width, 1]),
    (x) => tf.tidy(() => kernels.reduce((filtered, each) => tf.conv2d(filtered, each, 1, 'valid'), x)),
    (y) => y.dataSync().slice(),
    kernels,
  );
}

const toChannelsLast = [0, 2, 3, 1] as const;
const toChannelsFirst = [0, 3, 1, 2] as const;
const toHwio = [2, 3, 1, 0] as const;
const toOihw = [3, 2, 0, 1] as const;

function layer(tf: TensorFlow, { batch, channels, height, width, features, kernel, stride, padding, weights }: LayerWorkload): Job {
  const w = tf.tidy(() => tf.tensor4d(weights, [features, channels, kernel, kernel]).transpose(toHwio));
  return mapping(
    (image) => tf.tidy(() => tf.tensor4d(image, [batch, channels, height, width]).transpose(toChannelsLast)),
    (x) => tf.conv2d(x, w, stride, padding),
    (y) => tf.tidy(() => y.transpose(toChannelsFirst).dataSync().slice()),
    [w],
  );
}

interface Training {
  readonly tf: TensorFlow;
  readonly image: readonly number[];
  readonly target: readonly number[];
  readonly variables: readonly Variable[];
  readonly rate: number;
  readonly steps: number;
  readonly lossOf: (x: Tensor, y: Tensor) => Tensor;
  readonly read: () => readonly Float32Array[];
}

function training({ tf, image, target, variables, rate, steps, lossOf, read }: Training): Job {
  const losses = new Float32Array(steps);
  let pair: readonly [Tensor, Tensor] | undefined;
  const step = ([x, y]: readonly [Tensor, Tensor]): number =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => lossOf(x, y), variables);
      for (const variable of variables) variable.assign(tf.sub(variable, tf.mul(rate, grads[variable.name])));
      return value.dataSync()[0];
    });
  return {
    feed: (inputs) => {
      pair?.forEach((tensor) => tensor.dispose());
      pair = [tf.tensor4d(inputs.image, image), tf.tensor4d(inputs.target, target)];
    },
    run: () => {
      if (pair !== undefined) for (let at = 0; at < steps; at++) losses[at] = step(pair);
    },
    result: () => Float32Array.of(...losses, ...tf.tidy(read).flatMap((values) => [...values])),
    dispose: () => {
      for (const tensor of [...(pair ?? []), ...variables]) tensor.dispose();
    },
  };
}

function learnKernel(tf: TensorFlow, { height, width, kernelHeight, kernelWidth, initial, loss, rate, steps }: LearnKernelWorkload): Job {
  const K = tf.variable(tf.tensor4d(initial, [kernelHeight, kernelWidth, 1, 1]));
  const gathered = loss === 'sum' ? tf.sum : tf.mean;
  return training({
    tf,
    image: [1, height, width, 1],
    target: [1, height - kernelHeight + 1, width - kernelWidth + 1, 1],
    variables: [K],
    rate,
    steps,
    lossOf: (x, y) => gathered(tf.square(tf.sub(tf.conv2d(x, K, 1, 'valid'), y))),
    read: () => [K.dataSync()],
  });
}

function learnNet(tf: TensorFlow, { batch, height, width, features, first, second, rate }: LearnNetWorkload): Job {
  const A = tf.variable(tf.tensor4d(first, [features, 1, 3, 3]).transpose(toHwio));
  const B = tf.variable(tf.tensor4d(second, [1, features, 3, 3]).transpose(toHwio));
  return training({
    tf,
    image: [batch, height, width, 1],
    target: [batch, height, width, 1],
    variables: [A, B],
    rate,
    steps: 1,
    lossOf: (x, y) => tf.mean(tf.square(tf.sub(tf.conv2d(tf.relu(tf.conv2d(x, A, 1, 'same')), B, 1, 'same'), y))),
    read: () => [A.transpose(toOihw).dataSync(), B.transpose(toOihw).dataSync()],
  });
}
