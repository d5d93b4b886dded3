import { js } from '@xcorr/backend-js';
import { absent } from './absent.ts';
import type { Contender } from './contender.ts';
import { gpujs } from './gpujs.ts';
import { handJs } from './hand-js.ts';
import { handWasm } from './hand-wasm.ts';
import { jax } from './jax.ts';
import { naive } from './naive.ts';
import { opencvJs } from './opencv-js.ts';
import { ortWeb } from './ort-web.ts';
import { python } from './python.ts';
import { sharp } from './sharp.ts';
import { tensorflow } from './tensorflow.ts';
import { hoisted, xcorr } from './xcorr.ts';
import { xcorrOnThreads } from './xcorr-threads.ts';

/** Everyone who may have a row: one line each. */
export const contenders: readonly Contender[] = [
  xcorr('xcorr/js', 1, js),
  hoisted('xcorr/js, hoisted', js),
  xcorrOnThreads('xcorr/js', 2),
  absent('xcorr/wasm', 'xcorr has no backend for WebAssembly yet'),
  handJs,
  handWasm,
  naive,
  opencvJs,
  tensorflow('tfjs-wasm', 'wasm'),
  tensorflow('tfjs-cpu', 'cpu'),
  ortWeb,
  jax,
  sharp,
  gpujs,
  python('opencv-native', 'cv2', 'python3-opencv'),
  python('pytorch', 'torch', 'python3-torch'),
];
