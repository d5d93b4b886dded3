import type { ModeName } from '../modes.ts';
import type { Device } from './device.ts';
import { installedGpujs, loadGpujs, type Importer } from './gpujs.ts';
import { openAutomatic, openMode } from './open.ts';
import { withSpares } from './spare-kernels.ts';

/** What a user of gpu.js may ask for: a mode by its name, or the best GPU. */
export type ModeRequest = ModeName | 'auto';

/** A device that a program uses, until it gives it back. */
export interface Lent {
  readonly device: Device;
  readonly giveBack: () => void;
}

/**
 * The devices that are open. Browsers take the oldest of more than 16 contexts away: there is one of a mode, whoever asks
 * for it, until the last of those to whom it was lent gives it back.
 */
export interface Devices {
  /** Opens a mode, or finds it open. */
  readonly look: (request: ModeRequest) => Promise<Device>;
  readonly lend: (request: ModeRequest) => Promise<Lent>;
}

/** How a mode is opened. */
export type Opener = (request: ModeRequest) => Promise<Device>;

export function openerOf(importer: Importer): Opener {
  return async (request) => {
    const gpujs = await loadGpujs(importer);
    return withSpares(await (request === 'auto' ? openAutomatic(gpujs) : openMode(gpujs, request)));
  };
}

interface Open {
  readonly device: Device;
  users: number;
  isClosed: boolean;
}

const isUsable = ({ device, isClosed }: Open): boolean => !isClosed && !device.isLost();

export function createDevices(open: Opener): Devices {
  const opened = new Map<ModeRequest, Promise<Open>>();
  /** What `auto` took is the device of that mode, too. */
  const openOnce = async (request: ModeRequest): Promise<Open> => {
    const device = await open(request);
    const same = request === device.mode ? undefined : await opened.get(device.mode)?.catch(() => undefined);
    if (same !== undefined && isUsable(same)) {
      await device.close();
      return same;
    }
    return { device, users: 0, isClosed: false };
  };
  const find = async (request: ModeRequest): Promise<Open> => {
    const known = opened.get(request);
    const found = await known;
    if (found !== undefined && isUsable(found)) return found;
    // Who notices first opens it anew; all others wait for that.
    if (opened.get(request) !== known) return find(request);
    const opening = openOnce(request);
    opened.set(request, opening);
    try {
      const fresh = await opening;
      if (!opened.has(fresh.device.mode)) opened.set(fresh.device.mode, opening);
      return fresh;
    } catch (error) {
      opened.delete(request);
      throw error;
    }
  };
  /** What is closed is not kept: an instance of gpu.js holds all that it ever made. */
  const forget = async (closed: Open): Promise<void> => {
    const forgetWhere = async ([request, opening]: readonly [ModeRequest, Promise<Open>]): Promise<void> => {
      const each = await opening.catch(() => undefined);
      if (each === closed && opened.get(request) === opening) opened.delete(request);
    };
    await Promise.all([...opened].map(forgetWhere));
  };
  return {
    look: async (request) => (await find(request)).device,
    lend: async (request) => {
      let found = await find(request);
      while (found.isClosed) found = await find(request);
      found.users++;
      let isLent = true;
      return {
        device: found.device,
        giveBack: () => {
          if (!isLent) return;
          isLent = false;
          if (--found.users > 0) return;
          found.isClosed = true;
          // A context that is lost has nothing to give back.
          Promise.all([forget(found), found.device.close()]).catch(() => undefined);
        },
      };
    },
  };
}

/** The devices of this page or process. */
export const devices: Devices = createDevices(openerOf(installedGpujs));
