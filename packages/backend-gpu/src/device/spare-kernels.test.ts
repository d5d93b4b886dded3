import { describe, expect, test } from 'vitest';
import type { FunctionPlan, KernelPlan } from '../emit/plan.ts';
import type { Device, Launch } from './device.ts';
import { withSpares } from './spare-kernels.ts';

const plan: KernelPlan = { name: 'first', source: 'function(b0) { return b0[0]; }', reads: ['b0'], specials: [], writes: 'b1', threads: [4], calls: ['tanh'] };
const tanh: FunctionPlan = { name: 'tanh', source: 'function tanh(x) { return x; }', parameters: { x: 'Float' }, returns: 'Float' };
const sin: FunctionPlan = { ...tanh, name: 'sin' };

/** A device that compiles without a driver, and says which kernels are there. */
function counted(limits?: Parameters<typeof withSpares>[1]) {
  const there: string[] = [];
  let [compiled, isLost] = [0, false];
  const nothing = (): never => {
    throw new TypeError('this device does nothing');
  };
  const device: Device = {
    mode: 'cpu',
    limits: { textureSide: 1, elements: 1, reads: 1, iterations: 1 },
    name: '',
    isSoftware: true,
    watch: nothing,
    upload: nothing,
    compile: ({ name }) => {
      compiled++;
      there.push(name);
      return Promise.resolve({ run: nothing, giveBack: () => undefined, destroy: () => void there.splice(there.indexOf(name), 1) });
    },
    mark: nothing,
    warmed: nothing,
    isLost: () => isLost,
    live: () => 0,
    close: () => Promise.resolve(),
  };
  const spared = withSpares(device, limits);
  return {
    there,
    compiled: () => compiled,
    lose: () => (isLost = true),
    close: spared.close,
    compile: (changed: Partial<KernelPlan> = {}, functions = [tanh], layouts: Parameters<Device['compile']>[2] = [[4]]): Promise<Launch> => spared.compile({ ...plan, ...changed }, functions, layouts),
  };
}

describe('kernels that programs give back', () => {
  test('serve the next program that has an equal one, whatever it is called and whatever its numbers are', async () => {
    const { there, compiled, compile } = counted();
    (await compile({ specials: [1] })).giveBack();
    const again = await compile({ specials: [Infinity], name: 'other', writes: 'b7' });
    expect([compiled(), there]).toEqual([1, ['first']]);
    again.destroy();
    expect(there).toEqual([]);
    await compile({ specials: [1] });
    expect(compiled()).toBe(2);
  });

  test('serve no other kernel', async () => {
    const { compiled, compile } = counted();
    (await compile()).giveBack();
    await compile({ source: 'function(b0) { return b0[1]; }' });
    await compile({ threads: [2, 2] });
    await compile({ specials: [1] });
    await compile({}, [{ ...tanh, source: 'function tanh(x) { return 1; }' }]);
    await compile({ calls: [] });
    await compile({}, [tanh], [[2, 2]]);
    expect(compiled()).toBe(7);
    // What it does not call is none of it.
    await compile({}, [tanh, sin]);
    expect(compiled()).toBe(7);
  });

  test('are of one program at a time: disposing of it leaves the other running', async () => {
    const { there, compiled, compile } = counted();
    const [one, other] = [await compile({ name: 'one' }), await compile({ name: 'other' })];
    expect(compiled()).toBe(2);
    one.giveBack();
    const third = await compile();
    expect(there).toEqual(['one', 'other']);
    third.destroy();
    expect(there).toEqual(['other']);
    other.giveBack();
    await compile();
    expect(compiled()).toBe(2);
  });

  test('are few: of more the oldest go', async () => {
    const { there, compile } = counted({ kernels: 2, elements: 100 });
    const launches = [];
    for (const name of ['a', 'b', 'c']) launches.push(await compile({ name, source: name }));
    for (const launch of launches) launch.giveBack();
    expect(there).toEqual(['b', 'c']);
  });

  test('hold little memory: the oldest go, and one that holds too much is not kept', async () => {
    const { there, compile } = counted({ kernels: 10, elements: 100 });
    const launches = [];
    for (const [name, elements] of [['a', 40], ['b', 40], ['c', 101], ['d', 30]] as const) launches.push(await compile({ name, source: name, threads: [elements] }));
    for (const launch of launches) launch.giveBack();
    expect(there).toEqual(['b', 'd']);
  });

  test('go with their device: when it is closed, and when it is lost', async () => {
    const closing = counted();
    const [kept, late] = [await closing.compile({ name: 'kept' }), await closing.compile({ name: 'late' })];
    kept.giveBack();
    expect(closing.there).toEqual(['kept', 'late']);
    await closing.close();
    expect(closing.there).toEqual(['late']);
    late.giveBack();
    expect(closing.there).toEqual([]);
    const losing = counted();
    const launch = await losing.compile();
    losing.lose();
    launch.giveBack();
    expect(losing.there).toEqual([]);
  });
});
