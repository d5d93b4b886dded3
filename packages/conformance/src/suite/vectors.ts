import {
  readCorrelationGradientVectors,
  readCorrelationVectors,
  readFilterVectors,
  vectorsFolder,
  type CorrelationGradientVector,
  type CorrelationVector,
  type FilterVector,
} from '@xcorr/golden/vectors';

/** Reference vectors as plain data, which `provide` of vitest hands to a browser. */
export interface Vectors {
  readonly correlations: readonly CorrelationVector[];
  readonly gradients: readonly CorrelationGradientVector[];
  readonly filters: readonly FilterVector[];
}

/**
 * Reads a folder of reference vectors: `corr2d.json`, `corr2d_grad.json` and `filter2d.json`. In Node alone.
 *
 * @param folder  Default: the one that XCORR_VECTORS names.
 * @returns  undefined where no folder is named.
 * @throws Error when a file is not there, or not as it should be.
 */
export function readVectors(folder: string | undefined = vectorsFolder()): Vectors | undefined {
  if (folder === undefined) return undefined;
  return { correlations: readCorrelationVectors(folder), gradients: readCorrelationGradientVectors(folder), filters: readFilterVectors(folder) };
}
