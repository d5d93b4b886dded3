import { closures } from '@xcorr/backend-closures';
import { gpu, type ModeName } from '@xcorr/backend-gpu';
import { assumedTarget, translate } from '@xcorr/backend-gpu/translate';
import { js } from '@xcorr/backend-js';
import type { Program } from '@xcorr/compiler';
import type { BackendName } from './names.ts';
import { printCode } from './print-code.ts';

/** The text that gpu.js makes for a mode, wherever that mode is not to be had too. */
const translated =
  (mode: ModeName) =>
  (program: Program): Promise<string> =>
    translate(gpu({ mode }).emit(program, assumedTarget(mode)));

/** The code that a backend makes of a program. */
export const sources: Readonly<Record<BackendName, (program: Program) => Promise<string>>> = {
  js: async (program) => printCode(js().emit(program, js().detect())),
  closures: async (program) => printCode(closures().emit(program, undefined)),
  gpu: async (program) => translate(gpu().emit(program, await gpu().detect())),
  'gpu:webgl2': translated('webgl2'),
  'gpu:webgl': translated('webgl'),
  'gpu:headlessgl': translated('headlessgl'),
  'gpu:webgpu': translated('webgpu'),
  'gpu:webasm': translated('webasm'),
  'gpu:cpu': translated('cpu'),
};
