import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { ModeName } from '../modes.ts';
import type { Device } from './device.ts';
import { createDevices, type ModeRequest } from './devices.ts';

/** Devices that do nothing but count how many of them are open. `auto` takes `webgl2`. */
function counted() {
  const open = new Set<Device>();
  const lost = new Set<Device>();
  let opened = 0;
  const nothing = (): never => {
    throw new TypeError('this device does nothing');
  };
  const devices = createDevices(async (request: ModeRequest) => {
    await Promise.resolve();
    opened++;
    const mode: ModeName = request === 'auto' ? 'webgl2' : request;
    const device: Device = {
      mode,
      limits: { textureSide: 1, elements: 1, reads: 1, iterations: 1 },
      name: '',
      isSoftware: false,
      watch: nothing,
      upload: nothing,
      compile: nothing,
      mark: nothing,
      warmed: nothing,
      isLost: () => lost.has(device),
      live: () => 0,
      close: async () => {
        open.delete(device);
        await Promise.resolve();
      },
    };
    open.add(device);
    return device;
  });
  return { devices, open, lose: (device: Device) => lost.add(device), opened: () => opened };
}

describe('devices', () => {
  test('one of a mode serves all, asked for one after the other or at once', async () => {
    const { devices, open, opened } = counted();
    const lent = await Promise.all([devices.lend('webgl2'), devices.lend('webgl2'), devices.look('webgl2').then((device) => ({ device }))]);
    lent.push(await devices.lend('webgl2'));
    expect(new Set(lent.map(({ device }) => device)).size).toBe(1);
    expect(opened()).toBe(1);
    expect((await devices.lend('webgpu')).device).not.toBe(lent[0].device);
    expect(open.size).toBe(2);
  });

  test('is closed when the last who has it gives it back, and opened anew for the next', async () => {
    const { devices, open, opened } = counted();
    const [first, second] = [await devices.lend('cpu'), await devices.lend('cpu')];
    first.giveBack();
    first.giveBack();
    expect(open.size).toBe(1);
    second.giveBack();
    expect(open.size).toBe(0);
    const third = await devices.lend('cpu');
    expect(third.device).not.toBe(first.device);
    expect([open.size, opened()]).toEqual([1, 2]);
  });

  test.each<readonly [ModeRequest, ModeRequest]>([['auto', 'webgl2'], ['webgl2', 'auto']])('what auto takes is the device of its mode: %s, then %s', async (first, second) => {
    const { devices, open } = counted();
    const lent = [await devices.lend(first), await devices.lend(second)];
    expect(lent[0]?.device).toBe(lent[1]?.device);
    expect(open.size).toBe(1);
    for (const { giveBack } of lent) giveBack();
    expect(open.size).toBe(0);
  });

  test('one that is lost is opened anew once, whoever notices', async () => {
    const { devices, lose, opened } = counted();
    const old = await devices.lend('webgl2');
    lose(old.device);
    const [first, second] = await Promise.all([devices.lend('webgl2'), devices.lend('webgl2')]);
    expect(first.device).toBe(second.device);
    expect(first.device).not.toBe(old.device);
    expect(opened()).toBe(2);
  });

  test.each([0, 1, 2, 3, 4, 5])('whoever is lent one while it is given back has an open one: %i turns later', async (turns) => {
    const { devices, open } = counted();
    const first = await devices.lend('cpu');
    const second = devices.lend('cpu');
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    first.giveBack();
    expect(open).toContain((await second).device);
  });

  test('one that does not open is tried again', async () => {
    let attempts = 0;
    const { devices } = counted();
    const failing = createDevices(async (request) => {
      if (attempts++ < 2) throw new Error('not yet');
      return devices.look(request);
    });
    await expect(Promise.all([failing.look('cpu'), failing.look('cpu')])).rejects.toThrow('not yet');
    await expect(failing.look('cpu')).rejects.toThrow('not yet');
    expect((await failing.look('cpu')).mode).toBe('cpu');
  });

  test('what was closed is held by nobody', async () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    const closed: WeakRef<Device>[] = [];
    const { devices, open } = counted();
    const use = async (): Promise<void> => {
      for (const request of ['auto', 'webgl', 'cpu'] as const) {
        const { device, giveBack } = await devices.lend(request);
        closed.push(new WeakRef(device));
        giveBack();
      }
    };
    await use();
    expect(open.size).toBe(0);
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
    }
    expect(closed.map((each) => each.deref())).toEqual([undefined, undefined, undefined]);
  });
});
