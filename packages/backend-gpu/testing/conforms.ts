import { conformance, type ConformanceOptions } from '@xcorr/conformance/vitest';
import { afterAll, beforeAll, inject } from 'vitest';
import { devices, type Lent } from '../src/device/devices.ts';
import { gpu } from '../src/index.ts';
import type { ModeName } from '../src/modes.ts';
import { gapsOf } from './gaps.ts';
import type { Provided } from './provided.ts';

/** Random graphs of each set: a kernel takes long to compile, in a rasteriser above all. */
const graphsOf: Readonly<Record<ModeName, { readonly usual: number; readonly full: number }>> = {
  cpu: { usual: 150, full: 500 },
  webasm: { usual: 150, full: 500 },
  webgl2: { usual: 10, full: 60 },
  webgpu: { usual: 10, full: 60 },
  webgl: { usual: 20, full: 20 },
  headlessgl: { usual: 20, full: 20 },
};

/** What the suite is told of every mode: there is no double precision, and sums of 256 terms and more are taken in bands. */
export function optionsOf(mode: ModeName, isFull: boolean): ConformanceOptions {
  const { usual, full } = graphsOf[mode];
  return { dtypes: ['float32'], extent: { graphs: isFull ? full : usual, certified: 1 / 8 }, ...gapsOf(mode) };
}

/** Registers the suite where the test file runs in a browser: what only Node can read is handed over. */
export function conformsInBrowser(mode: ModeName): void {
  const vectors: Provided['vectors'] = inject('vectors');
  let lent: Lent | undefined;
  // A device closes when its last program is disposed of; a context of WebGL takes as long to open as a check to run.
  beforeAll(async () => {
    lent = await devices.lend(mode);
  });
  afterAll(() => lent?.giveBack());
  conformance(gpu({ mode }), {
    ...optionsOf(mode, inject('full')),
    ...(vectors === undefined ? {} : { vectors }),
  });
}
