import type { ConformanceOptions } from '@xcorr/conformance/vitest';
import { isGraphics, type ModeName } from '../src/modes.ts';

/** What drivers decide. */
const ofDrivers: NonNullable<ConformanceOptions['unspecified']> = {
  'values: NaN': 'GLSL ES and WGSL let drivers take NaN for a number that cannot be',
  'values: infinities': 'GLSL ES and WGSL let drivers take infinities for numbers that cannot be',
  'values: denormal numbers': 'GLSL ES and WGSL let drivers take what is smaller than any normal number for 0',
  'values: sign of zero': 'GLSL ES and WGSL promise nothing of the sign of zero',
};

/** What no mode has. */
const ofHardware: NonNullable<ConformanceOptions['knownGaps']> = {
  'numbers: the folder of vectors': { 'filters of float64': 'GPUs and gpu.js compute in single precision' },
};

/** What is not judged in a mode. On the processor gpu.js is held to all values. */
export function gapsOf(mode: ModeName): Pick<ConformanceOptions, 'knownGaps' | 'unspecified'> {
  return { knownGaps: ofHardware, ...(isGraphics[mode] ? { unspecified: ofDrivers } : {}) };
}
