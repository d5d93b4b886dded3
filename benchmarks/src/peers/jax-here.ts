import type * as JaxModule from '@jax-js/jax';
import type { JaxArray } from '@jax-js/jax';
import type { Contender, Job } from '../contenders/contender.ts';
import { versionOf } from '../contenders/version.ts';
import { filteredSize, type FilterWorkload, type LayerWorkload, type LearnKernelWorkload, type LearnNetWorkload } from '../workloads/workload.ts';

type Jax = typeof JaxModule;

/** jax-js in this process. */
export const jaxHere: Contender = {
  name: 'jax-js',
  threads: 1,
  open: async () => {
    const library = await import('@jax-js/jax');
    await library.init('wasm');
    library.defaultDevice('wasm');
    return {
      version: versionOf('@jax-js/jax'),
      prepare: (workload) => {
        switch (workload.kind) {
          case 'filter':
            return filter(library, workload);
          case 'layer':
            return layer(library, workload);
          case 'learn-kernel':
            return learnKernel(library, workload);
          case 'learn-net':
            return learnNet(library, workload);
        }
      },
    };
  },
};

const arrayOf = ({ numpy }: Jax, values: Float32Array, shape: readonly number[]): JaxArray => numpy.array(values.slice()).reshape(shape);

function mapping(library: Jax, shape: readonly number[], kernels: readonly JaxArray[], body: (x: JaxArray, ...kernels: readonly JaxArray[]) => JaxArray): Job {
  const compiled = library.jit((...operands: readonly JaxArray[]) => body(operands[0], ...operands.slice(1)));
  let x: JaxArray | undefined;
  let y: JaxArray | undefined;
  return {
    feed: ({ image }) => {
      x?.dispose();
      x = arrayOf(library, image, shape);
    },
    run: async () => {
      y?.dispose();
      if (x === undefined) return;
      y = compiled(x.ref, ...kernels.map((kernel) => kernel.ref));
      await y.blockUntilReady();
    },
    result: async () => (y === undefined ? new Float32Array(0) : y.ref.data()),
    dispose: () => {
      for (const array of [x, y, ...kernels]) array?.dispose();
    },
  };
}

function filter(library: Jax, { height, width, kernelHeight, kernelWidth, taps, separable }: FilterWorkload): Job {
  const kernels =
    separable === undefined
      ? [arrayOf(library, taps, [1, 1, kernelHeight, kernelWidth])]
      : [arrayOf(library, separable.row, [1, 1, 1, kernelWidth]), arrayOf(library, separable.column, [1, 1, kernelHeight, 1])];
  return mapping(library, [1, 1, height, width], kernels, (x, ...each) => each.reduce((filtered, kernel) => library.lax.conv(filtered, kernel, [1, 1], 'VALID'), x));
}

function layer(library: Jax, { batch, channels, height, width, features, kernel, stride, padding, weights }: LayerWorkload): Job {
  const w = arrayOf(library, weights, [features, channels, kernel, kernel]);
  const border = [padding, padding] as const;
  return mapping(library, [batch, channels, height, width], [w], (x, k) => library.lax.conv(x, k, [stride, stride], [border, border]));
}

interface Training {
  readonly library: Jax;
  readonly image: readonly number[];
  readonly target: readonly number[];
  readonly initial: readonly JaxArray[];
  readonly rate: number;
  readonly steps: number;
  readonly lossOf: (parameters: readonly JaxArray[], x: JaxArray, y: JaxArray) => JaxArray;
}

function training({ library, image, target, initial, rate, steps, lossOf }: Training): Job {
  const slopes = library.valueAndGrad(lossOf);
  const step = library.jit((...operands: readonly JaxArray[]): readonly JaxArray[] => {
    const [x, y, ...parameters] = operands;
    const [loss, gradients] = slopes(parameters.map((parameter) => parameter.ref), x, y);
    return [loss, ...parameters.map((parameter, index) => parameter.sub(gradients[index].mul(rate)))];
  });
  const losses = new Float32Array(steps);
  let parameters = initial;
  let pair: readonly JaxArray[] = [];
  return {
    feed: (inputs) => {
      for (const array of pair) array.dispose();
      pair = [arrayOf(library, inputs.image, image), arrayOf(library, inputs.target, target)];
    },
    run: async () => {
      for (let at = 0; at < steps; at++) {
        const [loss, ...next] = step(...pair.map((array) => array.ref), ...parameters);
        parameters = next;
        losses[at] = (await loss.data())[0];
      }
      for (const parameter of parameters) await parameter.blockUntilReady();
    },
    result: async () => {
      const values: number[] = [...losses];
      for (const parameter of parameters) values.push(...(await parameter.ref.data()));
      return Float32Array.from(values);
    },
    dispose: () => {
      for (const array of [...pair, ...parameters]) array.dispose();
    },
  };
}

function learnKernel(library: Jax, workload: LearnKernelWorkload): Job {
  const { height, width, kernelHeight, kernelWidth, initial, loss, rate, steps } = workload;
  const squared = (residual: JaxArray): JaxArray => residual.ref.mul(residual);
  return training({
    library,
    image: [1, 1, height, width],
    target: [1, 1, ...filteredSize(workload)],
    initial: [arrayOf(library, initial, [1, 1, kernelHeight, kernelWidth])],
    rate,
    steps,
    lossOf: ([K], x, y) => {
      const squares = squared(library.lax.conv(x, K, [1, 1], 'VALID').sub(y));
      return loss === 'sum' ? squares.sum() : library.numpy.mean(squares);
    },
  });
}

function learnNet(library: Jax, { batch, height, width, features, first, second, rate }: LearnNetWorkload): Job {
  const border = [1, 1] as const;
  const convolve = (x: JaxArray, kernel: JaxArray): JaxArray => library.lax.conv(x, kernel, [1, 1], [border, border]);
  return training({
    library,
    image: [batch, 1, height, width],
    target: [batch, 1, height, width],
    initial: [arrayOf(library, first, [features, 1, 3, 3]), arrayOf(library, second, [1, features, 3, 3])],
    rate,
    steps: 1,
    lossOf: ([A, B], x, y) => {
      const residual = convolve(library.nn.relu(convolve(x, A)), B).sub(y);
      return library.numpy.mean(residual.ref.mul(residual));
    },
  });
}
