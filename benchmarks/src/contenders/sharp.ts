import type { SharpModule } from 'sharp';
import type { FilterWorkload } from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';
import { interior } from './interior.ts';
import { versionOf } from './version.ts';

/** sharp, which is libvips: pictures of 8 bits in and out, cut off at 0 and 255, and nothing for floats. */
export const sharp: Contender = {
  name: 'sharp',
  threads: 1,
  open: async () => {
    const { default: library } = await import('sharp');
    library.cache(false);
    library.concurrency(1);
    return {
      version: versionOf('sharp'),
      prepare: (workload) => {
        if (workload.kind !== 'filter') return { cannot: 'sharp has filters, and neither layers nor gradients' };
        if (workload.kernelHeight < 3 || workload.kernelWidth < 3) return { cannot: 'sharp convolves with kernels from 3 x 3 on' };
        return filter(library, workload);
      },
    };
  },
};

function filter(library: SharpModule, workload: FilterWorkload): Job {
  const { height, width, kernelHeight, kernelWidth, taps } = workload;
  const kernel = { width: kernelWidth, height: kernelHeight, kernel: [...taps], scale: 1 };
  let pixels = new Uint8Array(0);
  let filtered: Uint8Array = pixels;
  return {
    storage: 'uint8',
    feed: ({ image }) => {
      pixels = Uint8Array.from(image, (value) => Math.round(value * 255));
    },
    run: async () => {
      const raw = { width, height, channels: 1 } as const;
      filtered = await library(pixels, { raw, limitInputPixels: false }).convolve(kernel).toColourspace('b-w').raw().toBuffer();
    },
    result: () => interior(filtered, workload, (value) => value / 255),
  };
}
