import type { AbortSignalLike, Buffer, DeviceRun } from '@xcorr/compiler';
import type { TypedArray } from '@xcorr/graph';
import type { KernelPlan, LaunchPlan } from '../emit/plan.ts';
import { floatsOf, storedAs, type Buffers } from './buffers.ts';
import { DeviceError } from './device-error.ts';
import type { Device, Held, Launch, Watch } from './device.ts';
import { pause } from './pause.ts';

/** A program in the memory of one device. */
export interface ProgramOnDevice {
  /**
   * A run that rejects leaves the states as they were, unless the device is lost.
   *
   * @throws DeviceError when the device refused any of it. What kernels keep may then be no buffer: only states can still be read.
   */
  readonly run: (request: DeviceRun) => Promise<void>;
  readonly readStates: () => Promise<readonly TypedArray[]>;
  readonly writeStates: (values: readonly TypedArray[]) => Promise<void>;
  /** @param isSound what it did was done, and nothing of it was refused: its kernels may be another program's */
  readonly dispose: (isSound: boolean) => void;
}

type Memory = ReadonlyMap<string, Held>;

function freeAll(memory: Iterable<Held>, except: ReadonlySet<Held> = new Set()): void {
  for (const held of memory) if (!except.has(held)) held.free();
}

/** How many results wait on the device until they are read together, at most. */
const readTogether = 16;

/** Results on their way to the host: reading one of them waits for all work, so it is done seldom. */
function createReadings(read: (held: Held) => Promise<Float32Array>): { readonly add: (held: Held, into: readonly TypedArray[]) => Promise<void>; readonly finish: () => Promise<void>; readonly drop: () => void } {
  let waiting: { readonly held: Held; readonly into: readonly TypedArray[] }[] = [];
  const drop = (): void => {
    freeAll(waiting.map(({ held }) => held));
    waiting = [];
  };
  const finish = async (): Promise<void> => {
    await Promise.all(
      waiting.map(async ({ held, into }) => {
        const values = await read(held);
        for (const array of into) array.set(values);
      }),
    );
    drop();
  };
  return {
    add: async (held, into) => {
      waiting.push({ held, into });
      if (waiting.length >= readTogether) await finish();
    },
    finish,
    drop,
  };
}

/** Lets others work between the times of a long call, so that somebody can abort it. */
function createRests(signal: AbortSignalLike | undefined): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (signal !== undefined && Date.now() - last > 16) {
      await pause();
      last = Date.now();
    }
    signal?.throwIfAborted();
  };
}

/** By kernel, whether it leads to one of some buffers: what nobody wants of a time is not computed. */
function leadingTo(targets: Iterable<string>, { kernels }: LaunchPlan): readonly boolean[] {
  const wanted = new Set(targets);
  return kernels
    .toReversed()
    .map(({ writes, reads }) => {
      if (!wanted.has(writes)) return false;
      for (const id of reads) wanted.add(id);
      return true;
    })
    .toReversed();
}

/** How much work may wait for a device, at most twice as many kernels: queues that grow without end take a page down. */
const launchedAhead = 128;

/** Waits, when much was launched, for what was launched before that: the device is never without work meanwhile. */
function createBrake(device: Device): (launches: number) => Promise<void> {
  let count = 0;
  let last: (() => Promise<void>) | undefined;
  return async (launches) => {
    count += launches;
    if (count < launchedAhead) return;
    count = 0;
    await last?.();
    last = device.mark();
  };
}

async function compileAll(device: Device, watch: Watch, plan: LaunchPlan, { layoutOf }: Buffers): Promise<readonly Launch[]> {
  // All are begun before the first is waited for.
  const begun = plan.kernels.map((kernel) => watch.during(() => device.compile(kernel, plan.functions, kernel.reads.map(layoutOf))));
  const settled = await Promise.allSettled(begun);
  const launches = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed === undefined) return launches;
  for (const launch of launches) launch.destroy();
  throw failed.reason;
}

/** What happens on the way through gpu.js is not said in words of its own. */
async function launched(launch: () => Held | Promise<Held>, { name }: KernelPlan, { mode }: Device): Promise<Held> {
  try {
    return await launch();
  } catch (error) {
    if (error instanceof DeviceError) throw error;
    throw new DeviceError(`gpu:${mode}: the kernel of the nest ${name} does not run: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/**
 * Compiles a program's kernels for a device, and uploads its constants and the states that it starts from.
 *
 * @throws CompileError with the name of a kernel that the device refuses; DeviceError when it refuses memory.
 */
export async function putOnDevice(device: Device, plan: LaunchPlan, buffers: Buffers, startStates: readonly TypedArray[]): Promise<ProgramOnDevice> {
  const { layoutOf, updates, lastReads } = buffers;
  const watch = device.watch();
  const launches = await compileAll(device, watch, plan, buffers);
  const upload = (id: string, values: ArrayLike<number>): Held => watch.during(() => device.upload(floatsOf(values), layoutOf(id)));
  const read = async (held: Held): Promise<Float32Array> => {
    await device.warmed();
    return watch.during(() => held.read());
  };
  const uploadStates = (values: readonly TypedArray[]): Memory => new Map(buffers.states.map(({ id }, at) => [id, upload(id, values[at] ?? [])]));
  const constants: Memory = new Map(buffers.constants.map(({ id, data }) => [id, upload(id, data ?? [])]));
  let states = uploadStates(startStates);
  const brake = createBrake(device);

  /** Runs kernels once, those that are needed: what they made of buffers that live on. */
  const runOnce = async (inputs: Memory, isNeeded: readonly boolean[]): Promise<Map<string, Held>> => {
    const made = new Map<string, Held>();
    const find = (id: string): Held => {
      // A state that is written in its own place is read as it was: no load comes after its store.
      const held = states.get(id) ?? made.get(id) ?? inputs.get(id) ?? constants.get(id);
      if (held === undefined) throw new TypeError(`the plan reads ${JSON.stringify(id)} before a kernel wrote it`);
      return held;
    };
    try {
      for (const [position, launch] of launches.entries()) {
        const kernel = plan.kernels[position];
        if (kernel === undefined) break;
        if (isNeeded[position] === true) made.set(kernel.writes, await launched(() => watch.during(() => launch.run(kernel.reads.map(find), kernel.specials)), kernel, device));
        for (const id of lastReads[position] ?? []) {
          made.get(id)?.free();
          made.delete(id);
        }
      }
      return made;
    } catch (error) {
      freeAll(made.values());
      throw error;
    }
  };

  /** The states that a time made, taken out of what it made. */
  const updated = (made: Map<string, Held>): Memory => {
    const next = new Map(states);
    for (const { state, from } of updates) {
      const held = made.get(from);
      if (held !== undefined) next.set(state, held);
      made.delete(from);
    }
    return next;
  };

  const run = async ({ inputs, times, outputs, records, signal }: DeviceRun): Promise<void> => {
    const before = states;
    const kept = new Set(before.values());
    const fed: Memory = new Map(buffers.inputs.map(({ id }, at) => [id, upload(id, inputs[at] ?? [])]));
    const needed = (...wanted: readonly (readonly (TypedArray | undefined)[])[]): readonly boolean[] => {
      const read = buffers.outputs.flatMap(({ id }, at) => (wanted.some((arrays) => arrays[at] !== undefined) ? [id] : []));
      return leadingTo([...updates.map(({ from }) => from), ...read], plan);
    };
    const [otherTimes, lastTime] = [needed(records), needed(records, outputs)];
    const readings = createReadings(read);
    const rest = createRests(signal);
    try {
      for (let time = 0; time < times; time++) {
        await rest();
        const isNeeded = time === times - 1 ? lastTime : otherTimes;
        const made = await runOnce(fed, isNeeded);
        const next = updated(made);
        freeAll(states.values(), new Set([...kept, ...next.values()]));
        states = next;
        try {
          for (const [at, { id }] of buffers.outputs.entries()) {
            const held = made.get(id);
            const [record, output] = [records[at], time === times - 1 ? outputs[at] : undefined];
            if (held === undefined || (record === undefined && output === undefined)) continue;
            made.delete(id);
            const length = (record?.length ?? 0) / times;
            await readings.add(held, [record?.subarray(time * length, (time + 1) * length), output].filter((into) => into !== undefined));
          }
        } finally {
          freeAll(made.values());
        }
        await brake(isNeeded.filter(Boolean).length);
      }
      await readings.finish();
      // Before the states are what the run made them: of one that reads nothing, nothing else tells.
      await watch.check();
      if (device.isLost()) throw new DeviceError(`gpu:${device.mode}: the device was lost during a run`);
      freeAll(before.values(), new Set(states.values()));
    } catch (error) {
      freeAll(states.values(), kept);
      states = before;
      readings.drop();
      // What was refused is said of this run, whatever else ended it, and not of the next one.
      await watch.check();
      throw error;
    } finally {
      freeAll(fed.values());
    }
  };

  const readState = async ({ id, storage }: Buffer): Promise<TypedArray> => {
    const held = states.get(id);
    return storedAs(storage, held === undefined ? [] : await read(held));
  };
  const dispose = (isSound: boolean): void => {
    freeAll([...states.values(), ...constants.values()]);
    for (const launch of launches) {
      if (isSound) launch.giveBack();
      else launch.destroy();
    }
  };
  try {
    await watch.check();
  } catch (error) {
    dispose(false);
    throw error;
  }
  return {
    run,
    readStates: async () => {
      const values = await Promise.all(buffers.states.map(readState));
      await watch.check();
      return values;
    },
    writeStates: async (values) => {
      const next = uploadStates(values);
      freeAll(states.values());
      states = next;
      await watch.check();
    },
    dispose,
  };
}
