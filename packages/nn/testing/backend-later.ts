import { js } from '@xcorr/backend-js';
import type { Backend } from '@xcorr/compiler';
import { deviceOfHost } from '@xcorr/compiler/device';

/** What the device of a backend was asked. */
export interface Later {
  readonly backend: Backend<'async'>;
  /** Programs that hold something. */
  readonly open: () => number;
}

/** The backend of JavaScript, with results that come later. */
export function jsLater(): Later {
  const now = js();
  const open = new Set<object>();
  const backend: Backend<'async'> = {
    ...now,
    mode: 'async',
    detect: () => Promise.resolve(undefined),
    emit: (program) => now.emit(program, undefined),
    load: async (artifact) => {
      const loaded = now.load(artifact);
      const device = deviceOfHost(artifact.program, 'later', async (arrays, sizes) => {
        await Promise.resolve();
        loaded.run(arrays, sizes);
      });
      open.add(device);
      return {
        ...device,
        dispose: () => {
          open.delete(device);
          device.dispose();
        },
      };
    },
  };
  return { backend, open: () => open.size };
}
