import { filteredSize, type FilterWorkload } from '../workloads/workload.ts';

/** The part of a picture filtered with borders that the filter without padding gives; the kernel's anchor is its middle. */
export function interior(filtered: ArrayLike<number>, workload: FilterWorkload, valueOf: (element: number) => number = (element) => element): Float32Array {
  const { width, kernelHeight, kernelWidth } = workload;
  const [rows, columns] = filteredSize(workload);
  const first = (kernelHeight >> 1) * width + (kernelWidth >> 1);
  return Float32Array.from({ length: rows * columns }, (_, at) => valueOf(filtered[first + Math.floor(at / columns) * width + (at % columns)]));
}
