import { compile, programFor, type AsyncExecutable } from '@xcorr/compiler';
import { add, CompileError, grad, input, mul, square, state, sub, sum, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { losingDevices, type LosingDevices, type Manner } from '../testing/losing.ts';
import { emitProgram } from './emit/emit-program.ts';
import { assumedTarget, DeviceError, gpu, gpuOn, type GpuArtifact } from './index.ts';
import { load } from './load.ts';

type Counter = AsyncExecutable<{ x: Tensor }, { count: Tensor }, { next: Tensor }>;

/** Adds what it is fed to a state; two kernels a time, or three. */
async function counterOn(devices: LosingDevices): Promise<Counter> {
  const [x, count] = [input('x', [2]), state('count', [1, 2])];
  const next = add(count, x);
  return compile({ inputs: { x }, state: { count }, outputs: { next }, updates: [[count, next]] }, gpuOn(devices, { mode: 'cpu' }));
}

const ones = { x: [1, 1] };

describe.each<Manner>(['draws on', 'refuses'])('a device that is lost and %s', (manner) => {
  test('between two runs of a program without states: nobody notices', async () => {
    const devices = losingDevices(manner);
    const x = input('x', [2]);
    const program = await compile({ inputs: { x }, outputs: { y: mul(x, 3) } }, gpuOn(devices, { mode: 'cpu' }));
    for (let run = 0; run < 3; run++) {
      expect((await program.run({ x: [1, 2] })).y.toNested()).toEqual([3, 6]);
      devices.lose();
    }
    expect((await program.run({ x: [1, 2] })).y.toNested()).toEqual([3, 6]);
    expect(devices.counts).toEqual({ opened: 4, open: 1 });
    await program.dispose();
    expect(devices.counts).toEqual({ opened: 4, open: 0 });
  });

  test('during a run of which the host knows where it began: it is done again', async () => {
    const devices = losingDevices(manner);
    const program = await counterOn(devices);
    devices.loseAfter(5);
    expect((await program.run(ones, { times: 10, record: ['next'] })).next.toNested()).toEqual(Array.from({ length: 10 }, (_, time) => [time + 2, time + 3]));
    expect((await program.state.count).toNested()).toEqual([11, 12]);
    devices.loseAfter(7);
    expect((await program.run(ones, { times: 10 })).next.toNested()).toEqual([21, 22]);
    expect(devices.counts).toEqual({ opened: 3, open: 1 });
  });

  test('during a run of which the feeds were changed since: it is done again with what was fed', async () => {
    const devices = losingDevices(manner);
    const program = await counterOn(devices);
    const x = Float32Array.of(1, 1);
    devices.loseAfter(5);
    const running = program.run({ x }, { times: 10 });
    x.fill(7);
    expect((await running).next.toNested()).toEqual([11, 12]);
  });

  test('during a run behind others whose states nobody read: it says what is lost, and the next one goes on from there', async () => {
    const devices = losingDevices(manner);
    const program = await counterOn(devices);
    await program.run(ones);
    expect((await program.state.count).toNested()).toEqual([2, 3]);
    await program.run(ones, { times: 7 });
    await program.run(ones, { results: [] });
    devices.loseAfter(0);
    const lost = program.run(ones);
    await expect(lost).rejects.toThrow(DeviceError);
    await expect(lost).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DeviceError: gpu:cpu: the device was lost, and with it what 8 steps made of the states "count" since they were last read
        they are again what they were then, and the next run goes on from there on another device; states that are read more often lose less]
    `);
    expect((await program.run(ones)).next.toNested()).toEqual([3, 4]);
    await program.state.count;
    devices.lose();
    expect((await program.run(ones)).next.toNested()).toEqual([4, 5]);
  });

  test('again: what was said to be lost is not lost once more', async () => {
    const devices = losingDevices(manner);
    const program = await counterOn(devices);
    for (let loss = 0; loss < 2; loss++) {
      await program.run(ones);
      devices.lose();
      await expect(program.run(ones)).rejects.toThrow('what one step made of the states "count"');
    }
  });

  test('during a run that reads nothing: it is done again', async () => {
    const devices = losingDevices(manner);
    const program = await counterOn(devices);
    devices.loseAfter(5);
    await program.run(ones, { times: 10, results: [] });
    expect((await program.state.count).toNested()).toEqual([11, 12]);
  });

  test('while the host knows the states: they are given without a device, and belong to who asked', async () => {
    const devices = losingDevices(manner);
    const program = await counterOn(devices);
    await program.run(ones);
    (await program.state.count).data.fill(99);
    devices.lose();
    const copy = await program.state.count;
    expect(copy.toNested()).toEqual([2, 3]);
    copy.data.fill(99);
    expect(devices.counts.opened).toBe(1);
    expect((await program.run(ones)).next.toNested()).toEqual([3, 4]);
  });

  test('before the states are read: it says so once, and then gives what it has', async () => {
    const devices = losingDevices(manner);
    const program = await counterOn(devices);
    await program.run(ones);
    devices.lose();
    await expect(program.state.count).rejects.toThrow('what one step made of the states "count"');
    expect((await program.state.count).toNested()).toEqual([1, 2]);
    expect((await program.run(ones)).next.toNested()).toEqual([2, 3]);
  });

  test('of several programs: each finds the new one', async () => {
    const devices = losingDevices(manner);
    const [first, second] = [await counterOn(devices), await counterOn(devices)];
    devices.lose();
    const results = await Promise.all([first.run(ones), second.run(ones)]);
    expect(results.map(({ next }) => next.toNested())).toEqual([[2, 3], [2, 3]]);
    expect(devices.counts).toEqual({ opened: 2, open: 1 });
    await first.dispose();
    expect((await second.run(ones)).next.toNested()).toEqual([3, 4]);
    await second.dispose();
    expect(devices.counts).toEqual({ opened: 2, open: 0 });
  });

  test('again and again: after three times the run is given up, and the states are known', async () => {
    const devices = losingDevices(manner);
    const program = await counterOn(devices);
    const lend = devices.lend.bind(devices);
    const cursed = gpuOn({ ...devices, lend: async (request) => (devices.loseAfter(0), lend(request)) }, { mode: 'cpu' });
    const [x, count] = [input('x', [2]), state('count', [1, 2])];
    const other = await compile({ inputs: { x }, state: { count }, outputs: { y: count }, updates: [[count, add(count, x)]] }, cursed);
    await expect(other.run(ones)).rejects.toThrow(DeviceError);
    expect((await other.state.count).toNested()).toEqual([1, 2]);
    expect((await program.run(ones)).next.toNested()).toEqual([2, 3]);
  });
});

describe('a device that refuses something', () => {
  test('in a run that reads nothing: the run rejects, the states are as they were, and the next one is right', async () => {
    const devices = losingDevices('draws on');
    const program = await counterOn(devices);
    await program.run(ones, { results: [] });
    for (const launches of [0, 1, 3]) {
      devices.refuseAfter(launches);
      const refused = program.run(ones, { times: 4, results: [] });
      await expect(refused).rejects.toThrow(DeviceError);
      await expect(refused).rejects.toThrow('no memory');
    }
    expect((await program.run(ones)).next.toNested()).toEqual([3, 4]);
    expect((await program.state.count).toNested()).toEqual([3, 4]);
    await program.dispose();
    expect([devices.live(), devices.kernels(), devices.counts.open]).toEqual([0, 0, 0]);
  });

  test('of one program, in the midst of runs of another: the other one knows nothing of it', async () => {
    const devices = losingDevices('draws on');
    const [first, second] = [await counterOn(devices), await counterOn(devices)];
    await Promise.all([first.run(ones), second.run(ones)]);
    devices.refuseAfter(3);
    const runs = await Promise.allSettled([first.run(ones, { times: 20, results: [] }), second.run(ones, { times: 20, results: [] })]);
    expect(runs.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const counts = [(await first.state.count).toNested(), (await second.state.count).toNested()];
    expect(counts).toEqual(runs.map(({ status }) => (status === 'fulfilled' ? [22, 23] : [2, 3])));
  });

  test('in a run that is aborted: that is said, and not of the next run', async () => {
    const devices = losingDevices('draws on');
    const program = await counterOn(devices);
    const aborting = new AbortController();
    devices.refuseAfter(2);
    const aborted = program.run(ones, { times: 1e9, signal: aborting.signal });
    setTimeout(() => aborting.abort(new Error('enough')), 30);
    await expect(aborted).rejects.toThrow(DeviceError);
    expect((await program.run(ones)).next.toNested()).toEqual([2, 3]);
  });

  test('and cannot be read then: it says what is lost, and the next run goes on from what was read last', async () => {
    const devices = losingDevices('draws on');
    const program = await counterOn(devices);
    await program.run(ones);
    await program.state.count;
    await program.run(ones, { times: 2, results: [] });
    devices.refuseAfter(0);
    devices.refuseReading(1);
    await expect(program.run(ones, { results: [] })).rejects.toThrow('gpu:cpu: the device refused a call and cannot be read since: lost is what 2 steps made of the states "count" since they were last read');
    expect((await program.run(ones)).next.toNested()).toEqual([3, 4]);
  });
});

describe('memory', () => {
  test('of a run is given back, also of one that fails or is aborted', async () => {
    const devices = losingDevices('draws on');
    const [x, w] = [input('x', [300]), state('w', Array.from({ length: 300 }, (_, at) => at / 300))];
    const loss = sum(square(sub(mul(w, x), 1)));
    const [dw] = grad(loss, [w]);
    const program = await compile({ inputs: { x }, state: { w }, outputs: { loss, dw }, updates: [[w, sub(w, mul(0.1, dw))]] }, gpuOn(devices, { mode: 'cpu' }));
    const feeds = { x: new Float32Array(300).fill(0.5) };
    const before = devices.live();
    for (let run = 0; run < 3; run++) await program.run(feeds, { times: 20, record: ['loss'], results: ['loss'] });
    expect(devices.live()).toBe(before);
    devices.peak();
    await program.run(feeds, { times: 20, record: ['loss'], results: ['loss'] });
    const few = devices.peak();
    await program.run(feeds, { times: 200, record: ['loss'], results: ['loss'] });
    expect(devices.peak()).toBe(few);
    const aborting = new AbortController();
    const aborted = program.run(feeds, { times: 1e5, record: ['loss'], signal: aborting.signal });
    setTimeout(() => aborting.abort(new Error('enough')), 30);
    await expect(aborted).rejects.toThrow('enough');
    expect(devices.live()).toBe(before);
    await program.dispose();
    expect([devices.live(), devices.kernels()]).toEqual([0, 0]);
  });
});

describe('work', () => {
  test('what nobody wants of a time is not computed', async () => {
    const devices = losingDevices('draws on');
    const [x, k] = [input('x', [3]), state('k', [1, 2, 3])];
    const loss = sum(square(sub(k, x)));
    const step = await compile({ inputs: { x }, state: { k }, outputs: { loss, x2: mul(x, 2) }, updates: [[k, sub(k, mul(0.5, sub(k, x)))]] }, gpuOn(devices, { mode: 'cpu' }));
    const launched = async (run: () => Promise<unknown>): Promise<number> => {
      const before = devices.launches();
      await run();
      return devices.launches() - before;
    };
    const feeds = { x: [1, 1, 1] };
    const update = await launched(() => step.run(feeds, { results: [] }));
    const all = await launched(() => step.run(feeds));
    expect(all).toBeGreaterThan(update);
    // Outputs are those of the last time; what is recorded is wanted of each.
    expect(await launched(() => step.run(feeds, { times: 10 }))).toBe(9 * update + all);
    expect(await launched(() => step.run(feeds, { times: 10, record: ['loss', 'x2'] }))).toBe(10 * all);
    await step.dispose();
  });
});

describe('what cannot run is refused', () => {
  const x = input('x', [2]);
  const spec = { inputs: { x }, outputs: { y: add(x, 1), z: mul(x, 2) } };
  const devices = losingDevices('draws on');

  /** A program of two kernels, of which the second is none. */
  async function planned(): Promise<GpuArtifact> {
    const { mode, limits, name } = await devices.look('cpu');
    const artifact = emitProgram(programFor(spec, gpuOn(devices, { mode: 'cpu' })), { mode, limits, device: name });
    const kernels = artifact.plan.kernels.map((kernel, at) => (at === 1 ? { ...kernel, source: 'function(b0) { return (x) => b0[0]; }' } : kernel));
    return { ...artifact, plan: { ...artifact.plan, kernels } };
  }

  test('a kernel that does not compile, by the name of its nest; nothing is left of the others', async () => {
    const artifact = await planned();
    await expect(load(artifact, devices)).rejects.toThrow(CompileError);
    await expect(load(artifact, devices)).rejects.toThrow('gpu:cpu: the kernel of the nest nest1 does not compile');
    expect([devices.kernels(), devices.live(), devices.counts.open]).toEqual([0, 0, 0]);
  });

  test('an artifact of another backend, and a target of another', async () => {
    const program = programFor(spec, gpu({ mode: 'cpu' }));
    await expect(load({ program, code: '' }, devices)).rejects.toThrow('this artifact was emitted by another backend');
    const { emit } = gpu({ mode: 'cpu' });
    for (const target of [undefined, null, {}, { mode: 'simd' }, { mode: 'cpu' }]) expect(() => emit(program, target)).toThrow(new CompileError('gpu: emit: the target is none of this backend; give what its detect() gives'));
    const { limits } = assumedTarget('cpu');
    for (const given of [undefined, 'many', { ...limits, reads: undefined }, { ...limits, reads: '7' }, { ...limits, reads: Number.NaN }])
      expect(() => emit(program, { mode: 'cpu', limits: given, device: '' })).toThrow(/^gpu: emit: the target's limit "(textureSide|reads)" is not a number of at least 1; give what detect\(\) gives, or assumedTarget\("cpu"\)$/);
    expect(emit(program, assumedTarget('cpu')).code).toContain('this.thread.x');
  });

  test('a mode that there is not', () => {
    // @ts-expect-error -- the type knows the modes
    expect(() => gpu({ mode: 'webgl3' })).toThrow('gpu: there is no mode "webgl3"; did you mean "webgl"?');
    const all = 'the modes are "auto", "cpu", "headlessgl", "webasm", "webgl", "webgl2", "webgpu"';
    // @ts-expect-error -- a mode is a name
    for (const mode of [null, 3, true]) expect(() => gpu({ mode })).toThrow(new CompileError(`gpu: the mode is ${String(mode)}, and no name; ${all}`));
    // @ts-expect-error -- a mode is named among options
    for (const options of ['webgl2', null]) expect(() => gpu(options)).toThrow(new CompileError(`gpu: the options are ${String(options)}, and no object; a mode is named so: gpu({ mode: 'webgl2' })`));
  });
});
