import type { ConformanceOptions } from '@xcorr/conformance/vitest';
import { isGraphics, type ModeName } from '../src/modes.ts';

/**
 * What drivers decide. GLSL ES and WGSL leave it to them whether NaN and infinities come to be and are kept, flush numbers
 * below the smallest normal one, and promise nothing of the sign of zero.
 */
const ofDrivers: NonNullable<ConformanceOptions['unspecified']> = ['values: NaN', 'values: infinities', 'values: denormal numbers', 'values: sign of zero'];

/** What is not judged in a mode. On the processor gpu.js is held to all of it. */
export function gapsOf(mode: ModeName): Pick<ConformanceOptions, 'knownGaps' | 'unspecified'> {
  return isGraphics[mode] ? { unspecified: ofDrivers } : {};
}
