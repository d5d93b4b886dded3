// The smallest program that filters one picture with each library: what a process runs that is timed from its start, what
// its memory is measured of, and what is bundled for a page. Each exports filter(pixels, height, width), of 3 x 3 taps.

export interface SmallestUse {
  readonly contender: string;
  readonly source: string;
  /** Bundled into one file before it is run, as one deploys it. */
  readonly inOneFile?: boolean;
  /** What a page loads besides the bundle, as files of packages. */
  readonly loads: readonly string[];
  /** Why it is not bundled for a page, where it is not. */
  readonly notForPages?: string;
}

const row = '[0.1, 0.2, -0.3], [0.4, -0.5, 0.6], [-0.7, 0.8, 0.9]';
const flat = 'Float32Array.of(0.1, 0.2, -0.3, 0.4, -0.5, 0.6, -0.7, 0.8, 0.9)';

/** Of the sum of the taps: what each element becomes where all pixels are 1. */
export const sumOfTaps = 1.5;

const throughXcorr = `
import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { corr2d, input } from '@xcorr/graph';
export function filter(pixels, height, width) {
  const x = input('x', [height, width]);
  return compile({ inputs: { x }, outputs: { y: corr2d(x, [${row}]) } }, js()).run({ x: pixels }).y.data;
}`;

const pixelsAsBytes = 'Uint8Array.from(pixels, (value) => Math.round(100 * value))';

export const smallestUses: readonly SmallestUse[] = [
  { contender: 'xcorr/js', source: throughXcorr, loads: [] },
  { contender: 'xcorr/js in one file', source: throughXcorr, loads: [], inOneFile: true },
  {
    contender: 'hand/js',
    source: `
import { correlation } from '../hand/javascript.js';
export function filter(pixels, height, width) {
  const y = new Float32Array((height - 2) * (width - 2));
  const shape = { kernelHeight: 3, kernelWidth: 3, outputWidth: width - 2, inputRow: width, outputRow: width - 2 };
  correlation(shape, { rows: 2, columns: 3, taps: 'locals' })(pixels, ${flat}, y, 0, height - 2, undefined, 0, 0, 0);
  return y;
}`,
    loads: [],
  },
  {
    contender: 'hand/wasm',
    source: `
import { wasmCorrelation } from '../hand/wasm-correlation.js';
import { instantiate, places } from '../hand/wasm-instance.js';
export function filter(pixels, height, width) {
  const shape = { kernelHeight: 3, kernelWidth: 3, outputWidth: width - 2, inputRow: width, outputRow: width - 2 };
  const room = places();
  const [x, w, y] = [room.floats(height * width), room.floats(9), room.floats((height - 2) * (width - 2))];
  const { memory, call } = instantiate([wasmCorrelation('filter', shape, { rows: 2, vectors: 1, taps: 'locals' }, false)], room.bytes());
  memory.set(pixels, x / 4);
  memory.set(${flat}, w / 4);
  call('filter')(x, w, y, 0, height - 2, 0);
  return memory.subarray(y / 4, y / 4 + (height - 2) * (width - 2));
}`,
    loads: [],
  },
  {
    contender: 'opencv.js',
    source: `
import exported from '@techstark/opencv-js';
export async function filter(pixels, height, width) {
  const cv = await exported;
  if (cv.Mat === undefined) await new Promise((resolve) => { cv.onRuntimeInitialized = resolve; });
  const x = cv.matFromArray(height, width, cv.CV_32F, []);
  x.data32F.set(pixels);
  const y = new cv.Mat(height, width, cv.CV_32F);
  cv.filter2D(x, y, cv.CV_32F, cv.matFromArray(3, 3, cv.CV_32F, [...${flat}]), new cv.Point(1, 1), 0, cv.BORDER_REFLECT_101);
  return y.data32F;
}`,
    loads: [],
  },
  {
    contender: 'tfjs-wasm',
    source: `
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
export async function filter(pixels, height, width) {
  if (globalThis.process !== undefined) setWasmPaths(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url).pathname);
  await tf.setBackend('wasm');
  return tf.conv2d(tf.tensor4d(pixels, [1, height, width, 1]), tf.tensor4d(${flat}, [3, 3, 1, 1]), 1, 'valid').dataSync();
}`,
    loads: ['@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'],
  },
  {
    contender: 'tfjs-cpu',
    source: `
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
export async function filter(pixels, height, width) {
  await tf.setBackend('cpu');
  return tf.conv2d(tf.tensor4d(pixels, [1, height, width, 1]), tf.tensor4d(${flat}, [3, 3, 1, 1]), 1, 'valid').dataSync();
}`,
    loads: [],
  },
  {
    contender: 'ort-web',
    source: `
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { onnxModel } from '../peers/onnx-model.js';
export async function filter(pixels, height, width) {
  env.wasm.numThreads = 1;
  const input = [1, 1, height, width];
  const model = onnxModel([{ shape: [1, 1, 3, 3], weights: ${flat}, stride: 1, padding: 0 }], input, [1, 1, height - 2, width - 2]);
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
  return (await session.run({ x: new Tensor('float32', pixels, input) }, ['y'])).y.data;
}`,
    loads: ['onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'],
  },
  {
    contender: 'jax-js',
    source: `
import { defaultDevice, init, lax, numpy } from '@jax-js/jax';
export async function filter(pixels, height, width) {
  await init('wasm');
  defaultDevice('wasm');
  const x = numpy.array(pixels).reshape([1, 1, height, width]);
  return lax.conv(x, numpy.array(${flat}).reshape([1, 1, 3, 3]), [1, 1], 'VALID').data();
}`,
    loads: [],
  },
  {
    contender: 'sharp',
    source: `
import sharp from 'sharp';
export async function filter(pixels, height, width) {
  const raw = { width, height, channels: 1 };
  const y = await sharp(${pixelsAsBytes}, { raw }).convolve({ width: 3, height: 3, kernel: [...${flat}], scale: 1 }).toColourspace('b-w').raw().toBuffer();
  return Float32Array.of(y[0] / 100);
}`,
    loads: [],
    notForPages: 'native code',
  },
  {
    contender: 'gpu.js',
    source: `
import library from 'gpu.js';
const { GPU, input } = library;
export function filter(pixels, height, width) {
  const correlate = new GPU({ mode: globalThis.process === undefined ? 'gpu' : 'cpu' }).createKernel(
    'function (x, k) { let sum = 0; for (let u = 0; u < 3; u++) { for (let v = 0; v < 3; v++) { sum += x[this.thread.y + u][this.thread.x + v] * k[u][v]; } } return sum; }',
    { output: [width - 2, height - 2] },
  );
  return correlate(input(pixels, [width, height]), input(${flat}, [3, 3]))[0];
}`,
    loads: [],
  },
];
