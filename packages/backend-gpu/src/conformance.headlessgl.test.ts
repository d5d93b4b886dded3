import { conformance } from '@xcorr/conformance/vitest';
import { expect, test } from 'vitest';
import { chapter } from '../testing/chapter.ts';
import { optionsOf } from '../testing/conforms.ts';
import { hazards } from '../testing/hazards.ts';
import { numbersOf, rawGpu } from '../testing/raw-gpujs.ts';
import { gpu } from './index.ts';

const isFull = process.env['XCORR_FULL'] === '1';

test('gpu.js itself: a thread ends its loops after 65,535 iterations, without a word', async () => {
  const raw = await rawGpu('headlessgl');
  const count = raw.createKernel('function(a) { let s = 0; for (let i = 0; i < 70000; i++) { s = s + a[0]; } return s; }', { output: [1], precision: 'single', tactic: 'precision', loopMaxIterations: 0x7fffffff });
  expect(await numbersOf(count(Float32Array.of(1)))).toEqual([65_535]);
  await raw.destroy();
});

chapter('gpu:headlessgl', gpu({ mode: 'headlessgl' }));
hazards('headlessgl', gpu({ mode: 'headlessgl' }));
conformance(gpu({ mode: 'headlessgl' }), optionsOf('headlessgl', isFull));
