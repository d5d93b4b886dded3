import { closures } from '@xcorr/backend-closures';
import { gpu, type ModeName } from '@xcorr/backend-gpu';
import { js } from '@xcorr/backend-js';
import type { Backend } from '@xcorr/compiler';
import { asynchronous } from '@xcorr/compiler/device';

/** The backends, as they are named on the command line: of a GPU with gpu.js's mode, or without it for the best real GPU. */
export type BackendName = 'js' | 'closures' | 'gpu' | `gpu:${ModeName}`;

/** What a command runs on where nothing else is said. */
export const usualBackend: BackendName = 'js';

/** Makes each of them; nothing is opened or loaded before it is used. */
export const backends: Readonly<Record<BackendName, () => Backend<'async'>>> = {
  js: () => asynchronous(js()),
  closures: () => asynchronous(closures()),
  gpu: () => gpu(),
  'gpu:webgl2': () => gpu({ mode: 'webgl2' }),
  'gpu:webgl': () => gpu({ mode: 'webgl' }),
  'gpu:headlessgl': () => gpu({ mode: 'headlessgl' }),
  'gpu:webgpu': () => gpu({ mode: 'webgpu' }),
  'gpu:webasm': () => gpu({ mode: 'webasm' }),
  'gpu:cpu': () => gpu({ mode: 'cpu' }),
};

export const backendNames: readonly string[] = Object.keys(backends);

export function isBackendName(name: string): name is BackendName {
  return Object.hasOwn(backends, name);
}
