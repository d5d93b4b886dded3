import { js } from '@xcorr/backend-js';
import type { Backend } from '@xcorr/compiler';
import { asynchronous } from '@xcorr/compiler/device';

/** What the device of a backend was asked. */
export interface Later {
  readonly backend: Backend<'async'>;
  /** Programs that hold something. */
  readonly open: () => number;
}

/** The backend of JavaScript, with results that come later. */
export function jsLater(): Later {
  const later = asynchronous(js());
  const open = new Set<object>();
  const backend: Backend<'async'> = {
    ...later,
    load: async (artifact) => {
      const device = await later.load(artifact);
      open.add(device);
      return {
        ...device,
        ranOn: 'later',
        dispose: () => {
          open.delete(device);
          device.dispose();
        },
      };
    },
  };
  return { backend, open: () => open.size };
}
