import { uniform } from './workloads/random.ts';
import { nothing, type FilterWorkload, type LayerWorkload, type LearnKernelWorkload, type LearnNetWorkload } from './workloads/workload.ts';

// Workloads of the kinds that are measured, small enough for tests.

export function smallFilter(height: number, width: number, kernelHeight: number, kernelWidth: number): FilterWorkload {
  return {
    kind: 'filter',
    name: `filter-${kernelHeight}x${kernelWidth}-${height}x${width}`,
    height,
    width,
    kernelHeight,
    kernelWidth,
    taps: uniform(kernelHeight * kernelWidth, 1),
    anySize: false,
    multiplyAdds: kernelHeight * kernelWidth * (height - kernelHeight + 1) * (width - kernelWidth + 1),
    inputs: (set) => ({ image: uniform(height * width, 10 + set, 0, 1), target: nothing }),
  };
}

export function smallSeparable(height: number, width: number): FilterWorkload {
  const [row, column] = [uniform(15, 2), uniform(15, 3)];
  const taps = Float32Array.from({ length: 225 }, (_, at) => column[Math.floor(at / 15)] * row[at % 15]);
  return { ...smallFilter(height, width, 15, 15), taps, separable: { row, column } };
}

type LayerShape = Pick<LayerWorkload, 'batch' | 'channels' | 'height' | 'width' | 'features' | 'kernel' | 'stride' | 'padding'>;

export function smallLayer(shape: LayerShape): LayerWorkload {
  const { batch, channels, height, width, features, kernel } = shape;
  return {
    kind: 'layer',
    name: `conv-${kernel}`,
    ...shape,
    weights: uniform(features * channels * kernel * kernel, 4),
    multiplyAdds: 0,
    inputs: (set) => ({ image: uniform(batch * channels * height * width, 20 + set), target: nothing }),
  };
}

export function smallLearnKernel(height: number, width: number): LearnKernelWorkload {
  return {
    kind: 'learn-kernel',
    name: 'learn-5x5',
    height,
    width,
    kernelHeight: 5,
    kernelWidth: 5,
    initial: uniform(25, 5),
    loss: 'mean',
    rate: 0.5,
    steps: 1,
    calls: 'one',
    multiplyAdds: 0,
    inputs: (set) => ({ image: uniform(height * width, 30 + set), target: uniform((height - 4) * (width - 4), 40 + set) }),
  };
}

export function smallLearnNet(): LearnNetWorkload {
  return {
    kind: 'learn-net',
    name: 'learn-two-layers',
    batch: 2,
    height: 12,
    width: 16,
    features: 8,
    first: uniform(72, 6),
    second: uniform(72, 7),
    rate: 0.05,
    multiplyAdds: 0,
    inputs: (set) => ({ image: uniform(2 * 192, 50 + set), target: uniform(2 * 192, 60 + set) }),
  };
}
