import type { KernelName } from '@xcorr/image';

export type KernelFamily = 'first' | 'second' | 'bars' | 'smoothing' | 'sharpening';

/** What each named kernel is for, in the order in which they are offered. */
const families: Readonly<Record<KernelName, KernelFamily>> = {
  book: 'first',
  'sobel-x': 'first',
  'sobel-y': 'first',
  'prewitt-x': 'first',
  'prewitt-y': 'first',
  'scharr-x': 'first',
  'scharr-y': 'first',
  'roberts-main': 'first',
  'roberts-anti': 'first',
  'kirsch-n': 'first',
  'kirsch-ne': 'first',
  'kirsch-e': 'first',
  'kirsch-se': 'first',
  'kirsch-s': 'first',
  'kirsch-sw': 'first',
  'kirsch-w': 'first',
  'kirsch-nw': 'first',
  'forward-x': 'first',
  'forward-y': 'first',
  'central-x': 'first',
  'central-y': 'first',
  'second-x': 'second',
  'second-y': 'second',
  'second-xy': 'second',
  'laplacian-4': 'second',
  'laplacian-8': 'second',
  log: 'second',
  dog: 'second',
  'gabor-even-x': 'bars',
  'gabor-odd-x': 'bars',
  'gabor-even-y': 'bars',
  'gabor-odd-y': 'bars',
  'gabor-7': 'bars',
  'box-3': 'smoothing',
  'box-5': 'smoothing',
  'gaussian-3': 'smoothing',
  'gaussian-5': 'smoothing',
  'motion-x': 'smoothing',
  'motion-y': 'smoothing',
  'motion-main': 'smoothing',
  'motion-anti': 'smoothing',
  sharpen: 'sharpening',
  unsharp: 'sharpening',
  identity: 'sharpening',
};

/** The families with the names of their kernels. */
export const kernelFamilies: readonly { readonly family: KernelFamily; readonly names: readonly string[] }[] = (['first', 'second', 'bars', 'smoothing', 'sharpening'] as const).map((family) => ({
  family,
  names: Object.entries(families).flatMap(([name, of]) => (of === family ? [name] : [])),
}));
