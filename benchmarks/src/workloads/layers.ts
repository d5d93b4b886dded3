import { uniform } from './random.ts';
import { layerSize, nothing, type LayerWorkload } from './workload.ts';

type Measures = Pick<LayerWorkload, 'batch' | 'channels' | 'height' | 'width' | 'features' | 'kernel' | 'stride' | 'padding'>;

function layer(name: string, measures: Measures): LayerWorkload {
  const { batch, channels, height, width, features, kernel } = measures;
  const taps = features * channels * kernel * kernel;
  const bare: LayerWorkload = {
    kind: 'layer',
    name,
    ...measures,
    weights: uniform(taps, 31, -0.1, 0.1),
    multiplyAdds: 0,
    inputs: (set) => ({ image: uniform(batch * channels * height * width, 300 + set), target: nothing }),
  };
  const [rows, columns] = layerSize(bare);
  return { ...bare, multiplyAdds: batch * taps * rows * columns };
}

/** Layers of nets that are in use: the first of a ResNet, one of its blocks, a small batched one, and a 1 x 1. */
export const layers: readonly LayerWorkload[] = [
  layer('conv-7x7-3-64-224', { batch: 1, channels: 3, height: 224, width: 224, features: 64, kernel: 7, stride: 2, padding: 3 }),
  layer('conv-3x3-64-64-56', { batch: 1, channels: 64, height: 56, width: 56, features: 64, kernel: 3, stride: 1, padding: 1 }),
  layer('conv-3x3-16-32-32', { batch: 8, channels: 16, height: 32, width: 32, features: 32, kernel: 3, stride: 1, padding: 1 }),
  layer('conv-1x1-256-64-28', { batch: 1, channels: 256, height: 28, width: 28, features: 64, kernel: 1, stride: 1, padding: 0 }),
];
