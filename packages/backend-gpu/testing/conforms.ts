import { conformance, fullExtent, type ConformanceOptions } from '@xcorr/conformance/vitest';
import { inject } from 'vitest';
import { gpu } from '../src/index.ts';
import type { ModeName } from '../src/modes.ts';
import { gapsOf } from './gaps.ts';
import type { Provided } from './provided.ts';

/** What the suite is told of every mode: there is no double precision, and sums of 256 terms and more are taken in bands. */
export function optionsOf(mode: ModeName): ConformanceOptions {
  return { dtypes: ['float32'], ...gapsOf(mode) };
}

/** Registers the suite where the test file runs in a browser: what only Node can read is handed over. */
export function conformsInBrowser(mode: ModeName): void {
  const vectors: Provided['vectors'] = inject('vectors');
  conformance(gpu({ mode }), {
    ...optionsOf(mode),
    extent: inject('full') ? fullExtent : {},
    ...(vectors === undefined ? {} : { vectors }),
  });
}
