import { compile, type AsyncExecutable } from '@xcorr/compiler';
import { add, input, mul, state, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { losingDevices, type LosingDevices } from '../testing/losing.ts';
import { emitProgram } from './emit/emit-program.ts';
import { gpuOn } from './index.ts';
import { load } from './load.ts';

/** Adds what it is fed to a state. */
async function counterOn(devices: LosingDevices): Promise<AsyncExecutable<{ x: Tensor }, { count: Tensor }, { next: Tensor }>> {
  const [x, count] = [input('x', [2]), state('count', [1, 2])];
  const next = add(count, x);
  return compile({ inputs: { x }, state: { count }, outputs: { next }, updates: [[count, next]] }, gpuOn(devices, { mode: 'cpu' }));
}

const ones = { x: [1, 1] };

describe('kernels of a program that is disposed of', () => {
  test('serve the next one that has equal ones, and are gone with the last program', async () => {
    const devices = losingDevices('draws on');
    const [x, count] = [input('x', [2]), state('count', [1, 2])];
    const held = await compile({ inputs: { x }, outputs: { y: mul(x, 3) } }, gpuOn(devices, { mode: 'cpu' }));
    const before = devices.compiled();
    const first = await counterOn(devices);
    const compiled = devices.compiled();
    expect(compiled).toBeGreaterThan(before);
    await first.run(ones, { times: 3 });
    await first.dispose();
    for (let round = 0; round < 3; round++) {
      const again = await counterOn(devices);
      expect((await again.run(ones, { times: 2 })).next.toNested()).toEqual([3, 4]);
      expect((await again.state.count).toNested()).toEqual([3, 4]);
      await again.dispose();
    }
    expect(devices.compiled()).toBe(compiled);
    // Two that are there at once have kernels of their own.
    const [one, other] = [await counterOn(devices), await compile({ inputs: { x }, state: { count }, outputs: { next: add(count, x) }, updates: [[count, add(count, x)]] }, gpuOn(devices, { mode: 'cpu' }))];
    expect(devices.compiled()).toBeGreaterThan(compiled);
    await one.dispose();
    expect((await other.run(ones, { times: 5 })).next.toNested()).toEqual([6, 7]);
    await other.dispose();
    await held.dispose();
    expect([devices.kernels(), devices.live(), devices.counts.open]).toEqual([0, 0, 0]);
  });

  test('serve none where the device refused something of them, or a call is under way', async () => {
    const devices = losingDevices('draws on');
    const { mode, limits, name } = await devices.look('cpu');
    const held = await counterOn(devices);
    const refused = await counterOn(devices);
    devices.refuseAfter(1);
    await expect(refused.run(ones, { results: [] })).rejects.toThrow('no memory');
    const compiled = devices.compiled();
    const artifact = emitProgram(refused.program, { mode, limits, device: name });
    const next = await load(artifact, devices);
    expect(devices.compiled()).toBeGreaterThan(compiled);
    const all = devices.compiled();
    const running = next.run({ inputs: [Float32Array.of(1, 1)], sizes: [], times: 1000, outputs: [], records: [], signal: undefined });
    next.dispose();
    await running.catch(() => undefined);
    await load(artifact, devices);
    expect(devices.compiled()).toBeGreaterThan(all);
    await held.dispose();
  });
});
