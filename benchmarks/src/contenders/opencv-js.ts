import type { Mat, OpenCv } from '@techstark/opencv-js';
import type { FilterWorkload } from '../workloads/workload.ts';
import type { Contender, Job } from './contender.ts';
import { interior } from './interior.ts';
import { versionOf } from './version.ts';

/** OpenCV as WebAssembly: filters in float32, with mirrored borders besides what the others give. */
export const opencvJs: Contender = {
  name: 'opencv.js',
  threads: 1,
  open: async () => {
    const cv = await load();
    return {
      version: versionOf('@techstark/opencv-js'),
      prepare: (workload) => (workload.kind === 'filter' ? filter(cv, workload) : { cannot: 'OpenCV.js has filters, and neither layers nor gradients' }),
    };
  },
};

/** The module is a promise in some versions, and in others an object that is not ready at once. */
async function load(): Promise<OpenCv> {
  const { default: exported } = await import('@techstark/opencv-js');
  const module = await exported;
  if (module.Mat !== undefined) return module;
  await new Promise<void>((resolve) => {
    module.onRuntimeInitialized = resolve;
  });
  return load();
}

function filter(cv: OpenCv, workload: FilterWorkload): Job {
  const { height, width, kernelHeight, kernelWidth, taps, separable } = workload;
  const matrix = (rows: number, columns: number, values: Float32Array): Mat => cv.matFromArray(rows, columns, cv.CV_32F, [...values]);
  const [source, target] = [new cv.Mat(height, width, cv.CV_32F), new cv.Mat(height, width, cv.CV_32F)];
  const middle = new cv.Point(kernelWidth >> 1, kernelHeight >> 1);
  const kernels = separable === undefined ? [matrix(kernelHeight, kernelWidth, taps)] : [matrix(kernelWidth, 1, separable.row), matrix(kernelHeight, 1, separable.column)];
  const [kernel, column] = kernels;
  return {
    feed: ({ image }) => source.data32F.set(image),
    run: () => {
      if (separable === undefined) cv.filter2D(source, target, cv.CV_32F, kernel, middle, 0, cv.BORDER_REFLECT_101);
      else cv.sepFilter2D(source, target, cv.CV_32F, kernel, column, middle, 0, cv.BORDER_REFLECT_101);
    },
    result: () => interior(target.data32F, workload),
    dispose: () => {
      for (const each of [source, target, ...kernels]) each.delete();
    },
  };
}
