import type { ModeName } from '../modes.ts';
import { DeviceError } from './device-error.ts';
import type { Watch } from './device.ts';
import { gl as names, glErrors, type GlContext } from './gl-context.ts';

/** What makes watches of a context of WebGL. */
export type GlWatching = () => Watch;

/**
 * A context holds each error until it is asked, which waits for the driver. So it is asked at the end of a run, and before
 * somebody else begins to work between two times of it: what it says then is of who worked until then.
 */
export function createGlWatching(gl: GlContext, mode: ModeName): GlWatching {
  /** The errors of who worked last. */
  let current: string[] = [];
  const settle = (): void => {
    for (let error = gl.getError(); error !== names.noError && !gl.isContextLost(); error = gl.getError()) current.push(glErrors[error] ?? `error ${error}`);
  };
  return () => {
    const own: string[] = [];
    return {
      during: (work) => {
        if (current !== own) {
          settle();
          current = own;
        }
        return work();
      },
      check: () => {
        if (current === own) settle();
        const [first] = own.splice(0);
        if (gl.isContextLost()) return Promise.reject(new DeviceError(`gpu:${mode}: the context was lost`));
        if (first === undefined) return Promise.resolve();
        return Promise.reject(new DeviceError(`gpu:${mode}: the driver reports ${first}: it refused what it was to do, or has no memory for it`));
      },
    };
  };
}
