import type { ConformanceOptions } from '@xcorr/conformance/vitest';
import type { ModeName } from '../src/modes.ts';

/** What the hardware or its driver decides in a mode, each with the reason. */
export function gapsOf(_mode: ModeName): Pick<ConformanceOptions, 'knownGaps' | 'unspecified'> {
  return {};
}
