import { add, input, mul, state, sum, type TypedArray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { directLater } from '../../testing/direct.ts';
import type { Backend } from '../backend.ts';
import { compile } from '../compile.ts';

/** A backend with memory of its own, one program for each binding of sizes; it counts what is loaded and given back. */
function device() {
  const later = directLater(() => Promise.resolve());
  const counts = { loaded: 0, disposed: 0, states: 0 };
  const backend: Backend<'async'> = {
    ...later,
    machine: { ...later.machine, literalSizes: true },
    load: async (artifact) => {
      const loaded = await later.load(artifact);
      counts.loaded++;
      return {
        ...loaded,
        ranOn: 'direct:device',
        readStates: () => {
          counts.states++;
          return loaded.readStates();
        },
        dispose: () => {
          counts.disposed++;
          loaded.dispose();
        },
      };
    },
  };
  return { backend, counts };
}

/** Adds up all that it is fed. */
async function totalling(backend: Backend<'async'>) {
  const x = input('x', ['n']);
  const total = state('total', 0);
  return compile({ inputs: { x }, state: { total }, outputs: { before: total, doubled: mul(x, 2) }, updates: [[total, add(total, sum(x))]] }, backend);
}

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

describe('states of a program on a device', () => {
  test('are handed over when sizes change, and only then', async () => {
    const { backend, counts } = device();
    const program = await totalling(backend);
    for (const size of [1, 1, 2, 1]) await program.run({ x: ones(size) });
    expect(counts).toEqual({ loaded: 2, disposed: 0, states: 2 });
    expect((await program.state.total).item()).toBe(5);
  });

  test('outlive the program that is forgotten because of five others', async () => {
    const { backend, counts } = device();
    const program = await totalling(backend);
    for (const size of [1, 2, 3, 4, 5, 6]) await program.run({ x: ones(size) });
    expect((await program.state.total).item()).toBe(21);
    expect(counts).toMatchObject({ loaded: 6, disposed: 2 });
    expect(program.variants().map(({ sizes }) => sizes.get('n'))).toEqual([3, 4, 5, 6]);
  });

  test('are as they were at first before a run, and where a run fails, as they were before it', async () => {
    const program = await totalling(device().backend);
    expect((await program.state.total).item()).toBe(0);
    const aborted = new AbortController();
    const running = program.run({ x: [1] }, { times: 1000, signal: aborted.signal });
    aborted.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect((await program.state.total).item()).toBe(0);
    await program.run({ x: [1] }, { times: 3 });
    expect((await program.state.total).item()).toBe(3);
  });

  test('a run that waits is aborted too', async () => {
    const program = await totalling(device().backend);
    const first = program.run({ x: [1] });
    await expect(program.run({ x: [1] }, { signal: AbortSignal.abort(new Error('not any more')) })).rejects.toThrow('not any more');
    expect((await first).before.item()).toBe(0);
    expect((await program.state.total).item()).toBe(1);
  });
});

describe('feeds', () => {
  test('are read before run returns: who changes them then changes no run, not even one that waits', async () => {
    const x = input('x', [2]);
    const bytes = input('bytes', [2], { storage: 'uint8' });
    const program = await compile({ inputs: { x, bytes }, outputs: { y: add(x, bytes) } }, device().backend);
    const fed = { x: Float32Array.of(1, 2), bytes: Uint8ClampedArray.of(10, 20) };
    const list = [3, 4];
    const runs = [program.run(fed), program.run(fed), program.run({ ...fed, x: list })];
    fed.x.fill(9);
    fed.bytes.fill(9);
    list.fill(9);
    const changed = program.run(fed);
    fed.x.fill(0);
    expect((await Promise.all([...runs, changed])).map(({ y }) => y.toNested())).toEqual([[11, 22], [11, 22], [13, 24], [18, 18]]);
  });

  test('are the caller\'s own arrays for a device that reads them at once, where nothing is ahead and no signal is given', async () => {
    const later = directLater(() => Promise.resolve());
    const given: TypedArray[] = [];
    const x = input('x', [2]);
    const program = await compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, {
      ...later,
      load: async (artifact) => {
        const loaded = await later.load(artifact);
        return {
          ...loaded,
          readsAtOnce: true,
          run: (request) => {
            given.push(...request.inputs);
            return loaded.run({ ...request, inputs: request.inputs.map((each) => each.slice()) });
          },
        };
      },
    });
    const fed = Float32Array.of(1, 2);
    const runs = [program.run({ x: fed }), program.run({ x: fed })];
    expect(given.map((each) => each === fed)).toEqual([true]);
    fed.fill(9);
    expect((await Promise.all(runs)).map(({ y }) => y.toNested())).toEqual([[2, 4], [2, 4]]);
    expect((await program.run({ x: fed }, { signal: new AbortController().signal })).y.toNested()).toEqual([18, 18]);
    expect((await program.run({ x: fed })).y.toNested()).toEqual([18, 18]);
    expect(given.map((each) => each === fed)).toEqual([true, false, false, true]);
  });

  test('that do not fit are rejections, and nothing is loaded for them', async () => {
    const { backend, counts } = device();
    const program = await totalling(backend);
    // @ts-expect-error -- the type knows the inputs
    await expect(program.run({ y: [1] })).rejects.toThrow('run: there is no input "y"');
    await expect(program.run({ x: [1] }, { times: 0 })).rejects.toThrow('run: times 0 is not a whole number of at least 1');
    expect(counts.loaded).toBe(0);
  });

  test('of more sizes than are kept ready, all at once: each run finds its program', async () => {
    const { backend, counts } = device();
    const program = await totalling(backend);
    const sizes = [1, 2, 3, 4, 5, 6, 7, 1, 2];
    const results = await Promise.all(sizes.map((size) => program.run({ x: ones(size) })));
    expect(results.map(({ doubled }) => doubled.shape)).toEqual(sizes.map((size) => [size]));
    expect((await program.state.total).item()).toBe(31);
    await program.dispose();
    expect(counts).toMatchObject({ loaded: 9, disposed: 9 });
  });
});

test('a program that cannot be loaded is loaded anew the next time', async () => {
  const { backend, counts } = device();
  let failures = 2;
  const program = await totalling({ ...backend, load: (artifact) => (failures-- > 0 ? Promise.reject(new Error('no device')) : backend.load(artifact)) });
  await expect(program.run({ x: [1] })).rejects.toThrow('no device');
  await expect(program.run({ x: [1] })).rejects.toThrow('no device');
  expect((await program.run({ x: [1] })).doubled.toNested()).toEqual([2]);
  await program.run({ x: [1] });
  expect(counts.loaded).toBe(1);
});

describe('outputs', () => {
  test('only those that are asked for are read back', async () => {
    const later = directLater(() => Promise.resolve());
    const wanted: (readonly boolean[])[] = [];
    const program = await totalling({
      ...later,
      load: async (artifact) => {
        const loaded = await later.load(artifact);
        return {
          ...loaded,
          run: (request) => {
            wanted.push([...request.outputs, ...request.records].map((array) => array !== undefined));
            return loaded.run(request);
          },
        };
      },
    });
    expect(Object.keys(await program.run({ x: [1] }, { results: ['doubled'] }))).toEqual(['doubled']);
    expect((await program.run({ x: [1] }, { times: 3, record: ['before'], results: ['before'] })).before.toNested()).toEqual([1, 2, 3]);
    expect(await program.run({ x: [1] }, { results: [] })).toEqual({});
    expect(wanted).toEqual([[false, true, false, false], [true, false, true, false], [false, false, false, false]]);
  });

  test('an output that is not there is refused, and so is one that is recorded and not read', async () => {
    const program = await totalling(device().backend);
    // @ts-expect-error -- the type knows the outputs
    await expect(program.run({ x: [1] }, { results: ['double'] })).rejects.toThrow('run: there is no output "double" to read; did you mean "doubled"?');
    await expect(program.run({ x: [1] }, { record: ['before'], results: ['doubled'] })).rejects.toThrow('run: the output "before" is recorded and not among results; name it there, too');
  });
});

test('a program says where it ran last', async () => {
  const program = await totalling(device().backend);
  expect(program.ranOn).toBe('direct');
  await program.run({ x: [1] });
  expect(program.ranOn).toBe('direct:device');
});

test('what is disposed of gives back all that was loaded, after the runs that wait, and does not run again', async () => {
  const { backend, counts } = device();
  const program = await totalling(backend);
  const runs = [1, 2, 3].map((size) => program.run({ x: ones(size) }));
  await Promise.all([...runs, program.dispose(), program.dispose()]);
  expect(counts).toMatchObject({ loaded: 3, disposed: 3 });
  await expect(program.run({ x: [1] })).rejects.toThrow('the program was disposed of and does not run again; compile it anew');
  await expect(program.state.total).rejects.toThrow('the program was disposed of');
});
