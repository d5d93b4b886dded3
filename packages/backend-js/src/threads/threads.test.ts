import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import { compile, type Artifact, type Backend, type ProgramSpec } from '@xcorr/compiler';
import { add, CompileError, corr2d, extend, input, mul, NdArray, sqrt, state, sum, ValueError, XcorrError } from '@xcorr/graph';
import { afterEach, describe, expect, test } from 'vitest';
import { layer, learningStep, network, sobel } from '../../testing/programs.ts';
import { js } from '../index.ts';
import { threaded } from './threaded.ts';

/** On so many threads, however little there is to do. */
function on(threads: number): Backend<'async'> {
  return threaded(js().machine, threads, { job: 0, byte: 0, banded: 1 });
}

/** Values from -1 to 1. */
function random(shape: readonly number[], seed = 1): NdArray {
  let bits = seed;
  return new NdArray(shape, Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => {
    bits = (Math.imul(bits, 1_664_525) + 1_013_904_223) >>> 0;
    return bits / 2 ** 31 - 1;
  }));
}

function kernel(height: number, width: number): number[][] {
  return Array.from({ length: height }, (_, row) => Array.from({ length: width }, (__, column) => Math.fround(Math.sin(row * width + column + 1))));
}

/** A picture of any size under a filter with borders. */
function bordered(): ProgramSpec {
  const x = input('x', ['H', 'W']);
  return { inputs: { x }, outputs: { y: corr2d(extend(x, { mode: 'reflect', low: [2, 3], high: [2, 3] }), kernel(5, 7)) } };
}

/** A state that is updated in its own place, element by element, and one that is a sum. */
function states(): ProgramSpec {
  const x = input('x', [17, 5]);
  const [own, sums] = [state('own', Array.from({ length: 17 }, () => [1, 2, 3, 4, 5])), state('sums', [1, 2, 3, 4, 5])];
  return { inputs: { x }, state: { own, sums }, outputs: { y: mul(own, sums) }, updates: [[own, add(mul(own, 0.5), x)], [sums, add(sums, sum(x, { axes: [0] }))]] };
}

function bytes(): ProgramSpec {
  const x = input('x', [40, 9]);
  return { inputs: { x }, outputs: { y: { tensor: mul(sqrt(add(mul(x, x), 1)), 100), storage: 'uint8' }, z: sum(x, { axes: [1] }) } };
}

type Feeds = Readonly<Record<string, NdArray>>;

const programs: Readonly<Record<string, readonly [spec: () => ProgramSpec, feeds: readonly Feeds[]]>> = {
  "the chapter's step": [learningStep, [{ X: random([6, 8]), Y: random([6, 7]) }]],
  edges: [() => sobel(33, 47), [{ photo: random([33, 47]) }]],
  'edges of any size': [() => sobel('H', 'W'), [[3, 3], [70, 9], [4, 100]].map((shape) => ({ photo: random(shape) }))],
  'borders of any size': [bordered, [[5, 9], [130, 11], [4, 4], [5, 9]].map((shape) => ({ x: random(shape) }))],
  'a layer': [layer, [{ x: random([1, 2, 12, 12]), w: random([3, 2, 2, 2]), b: random([3]) }]],
  'a network that learns': [network, [{ x: random([1, 1, 12, 12]), y: random([1, 1, 10, 10]) }]],
  states: [states, [{ x: random([17, 5]) }]],
  bytes: [bytes, [{ x: random([40, 9]) }]],
};

function bitsOf(arrays: Readonly<Record<string, NdArray>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(arrays).map(([name, { data }]) => [name, createHash('sha256').update(data).digest('hex')]));
}

/** Where programs run: with threads that cost nothing, and with those that cost so much that nothing is divided. */
const places: Readonly<Record<string, Backend<'async'>>> = { 'one thread': on(1), '2 threads': on(2), '3 threads': on(3), '5 threads': on(5), 'the caller, with 2 threads': js({ threads: 2 }) };

describe.each(Object.entries(places))('on %s the bits are those of js()', (_, backend) => {
  test.each(Object.entries(programs))('%s', async (__, [spec, feeds]) => {
    const [alone, together] = [compile(spec(), js()), await compile(spec(), backend)];
    for (const options of [{}, { times: 3 }])
      for (const fed of feeds) expect(bitsOf(await together.run(fed, options))).toEqual(bitsOf(alone.run(fed, options)));
    for (const [name, value] of Object.entries(together.state)) expect(bitsOf({ [name]: await value })).toEqual(bitsOf({ [name]: alone.state[name] ?? random([]) }));
    await together.dispose();
  });
});

/** A filter that is large enough for threads, and how often it counts. */
function large() {
  const x = input('x', [512, 512]);
  const count = state('count', 0);
  return { inputs: { x }, state: { count }, outputs: { y: add(corr2d(x, kernel(3, 3)), count), count }, updates: [[count, add(count, 1)]] } as const;
}

describe('js({ threads })', () => {
  test('runs large programs on threads, small ones on the caller alone, and says so', async () => {
    const x = input('x', ['H', 'W']);
    const program = await compile({ inputs: { x }, outputs: { y: corr2d(x, kernel(5, 5)) } }, js({ threads: 2 }));
    const alone = compile({ inputs: { x }, outputs: { y: corr2d(x, kernel(5, 5)) } }, js());
    for (const [shape, ranOn] of [[[8, 8], 'js'], [[512, 512], 'js:2 threads'], [[9, 8], 'js']] as const) {
      expect(bitsOf(await program.run({ x: random(shape) }))).toEqual(bitsOf(alone.run({ x: random(shape) })));
      expect(program.ranOn).toBe(ranOn);
    }
    await program.dispose();
  });

  test.each([0, -1, 1.5, Number.NaN, 1000])('%d threads are none', (threads) => {
    expect(() => js({ threads })).toThrow(new ValueError(`js: threads ${threads} is not a whole number from 1 to 256`));
  });

  test('overlapping runs are queued, of one program and of two', async () => {
    const [one, two] = [await compile(large(), on(2)), await compile(large(), on(2))];
    const feeds = Array.from({ length: 4 }, (_, seed) => ({ x: random([512, 512], seed) }));
    const alone = compile(large(), js());
    const want = feeds.map((each) => bitsOf(alone.run(each)));
    const got = await Promise.all([one, two].flatMap((program) => feeds.map(async (each) => bitsOf(await program.run(each)))));
    expect(got).toEqual([...want, ...want]);
    await Promise.all([one.dispose(), two.dispose()]);
  });

  test('a run is aborted by what happens while it runs, and leaves the states as they were', async () => {
    const program = await compile(large(), on(2));
    const x = random([512, 512]);
    await program.run({ x });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 30);
    await expect(program.run({ x }, { times: 1_000_000, signal: controller.signal, results: [] })).rejects.toThrow('enough');
    expect((await program.state.count).item()).toBe(1);
    expect((await program.run({ x })).count.item()).toBe(1);
    await program.dispose();
  });

  test('a program that was disposed of does not run, and others of its pool do', async () => {
    const [one, two] = [await compile(large(), on(2)), await compile(large(), on(2))];
    const x = random([512, 512]);
    await one.run({ x });
    await one.dispose();
    await one.dispose();
    await expect(one.run({ x })).rejects.toThrow('the program was disposed of');
    expect((await two.run({ x })).count.item()).toBe(0);
    await two.dispose();
    // The pool is gone: another one starts.
    const three = await compile(large(), on(2));
    expect((await three.run({ x })).count.item()).toBe(0);
    expect(three.ranOn).toBe('js:2 threads');
    await three.dispose();
  });

  test('refuses the artifacts of js(), and js() its own', async () => {
    const { artifact } = compile(large(), js());
    await expect(js({ threads: 2 }).load(artifact)).rejects.toThrow(new CompileError('js: the artifact does not return kernels; it was emitted by another backend'));
    const { program } = artifact;
    expect(() => js().load(js({ threads: 2 }).emit(program, undefined))).toThrow('js: the artifact does not return a function');
  });
});

/** A backend whose nests tell which arrays they work on in this thread. */
function watched(backend: Backend<'async'>): { readonly backend: Backend<'async'>; readonly seen: unknown[] } {
  const seen: unknown[] = [];
  Reflect.set(globalThis, 'seenArrays', seen);
  const told = (code: string): string => code.replace(/^(function \w+\((.*?)(?:, begin, end)?\) \{)$/gm, '$1 globalThis.seenArrays?.push($2);');
  return { seen, backend: { ...backend, emit: (program, target) => ({ program, code: told(String(backend.emit(program, target).code)) }) } };
}

describe('memory', () => {
  afterEach(() => void Reflect.deleteProperty(globalThis, 'seenArrays'));

  const halved = () => {
    const x = input('x', [512, 512]);
    return { inputs: { x }, outputs: { y: mul(x, 0.5) } } as const;
  };
  const data = (): Float32Array => Float32Array.from(random([512, 512]).data);

  test('what is not divided runs in the caller\'s arrays, feeds on a SharedArrayBuffer too', async () => {
    const { backend, seen } = watched(js({ threads: 2 }));
    const program = await compile(halved(), backend);
    for (const x of [data(), new Float32Array(new SharedArrayBuffer(4 * 512 * 512)).fill(2)]) {
      const { y } = await program.run({ x });
      const arrays = seen.splice(0);
      expect(arrays.length).toBe(2);
      expect([x, y.data].every((each) => arrays.includes(each))).toBe(true);
      expect(y.data[7]).toBe(Math.fround(0.5 * (x[7] ?? 0)));
    }
    expect(program.ranOn).toBe('js');
    await program.dispose();
  });

  test('what is divided runs in memory that threads share', async () => {
    const { backend, seen } = watched(on(2));
    const program = await compile(halved(), backend);
    const x = data();
    const { y } = await program.run({ x });
    const arrays = seen.filter((each) => each instanceof Float32Array);
    expect(arrays.length).toBeGreaterThan(0);
    for (const { buffer } of arrays) expect(buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(arrays.includes(x)).toBe(false);
    expect(y.data.buffer).toBeInstanceOf(ArrayBuffer);
    await program.dispose();
  });

  test.each([['divided', on(2)], ['not divided', js({ threads: 2 })]])('feeds are read when run returns, also by a run that waits: %s', async (_, backend) => {
    const program = await compile(halved(), backend);
    const [x, z] = [data(), data()];
    const want = bitsOf({ y: (await program.run({ x })).y });
    const runs = [program.run({ x }), program.run({ x: z }), program.run({ x: z }, { signal: new AbortController().signal })];
    x.fill(9);
    z.fill(9);
    for (const { y } of await Promise.all(runs)) expect(bitsOf({ y })).toEqual(want);
    await program.dispose();
  });

  test('a call of many times is divided where one of them alone is not: its feeds are copied once', async () => {
    const program = await compile(halved(), js({ threads: 2 }));
    const x = data();
    for (const [times, ranOn] of [[1, 'js'], [100, 'js:2 threads'], [1, 'js']] as const) {
      const { y } = await program.run({ x }, { times });
      expect(bitsOf({ y })).toEqual(bitsOf({ y: new NdArray([512, 512], x.map((each) => each * 0.5)) }));
      expect(program.ranOn).toBe(ranOn);
    }
    await program.dispose();
  });

  test.each([['divided', on(2)], ['not divided', js({ threads: 2 })]])('outputs that nobody asks for are left: %s', async (_, backend) => {
    const x = input('x', [64, 64]);
    const program = await compile({ inputs: { x }, outputs: { doubled: mul(x, 2), rows: sum(x, { axes: [1] }) } }, backend);
    const fed = { x: random([64, 64]) };
    const { doubled, rows } = await program.run(fed);
    expect(bitsOf(await program.run(fed, { results: ['rows'] }))).toEqual(bitsOf({ rows }));
    expect(bitsOf(await program.run(fed, { results: ['doubled'] }))).toEqual(bitsOf({ doubled }));
    await program.dispose();
  });
});

/** A backend whose nests do something else in other threads than this. */
function disturbed(other: string): Backend<'async'> {
  const backend = on(2);
  const isOther = `process.getBuiltinModule('node:worker_threads').threadId !== ${threadId}`;
  return { ...backend, emit: (program, target): Artifact => ({ program, code: String(backend.emit(program, target).code).replace(/^(function \w+\(.*\) \{)$/gm, `$1 if (${isOther}) { ${other} }`) }) };
}

// So often that a thread has bands to run sooner or later, however busy the machine is.
const often = { times: 10_000, results: [] } as const;

describe('when a thread', () => {
  test('throws, the run rejects, and the states are as before the first of its times', async () => {
    const late = "globalThis.bands = (globalThis.bands ?? 0) + 1; if (globalThis.bands > 100) throw new RangeError('not here');";
    const program = await compile(large(), disturbed(late));
    await expect(program.run({ x: random([512, 512]) }, often)).rejects.toThrow('RangeError: not here');
    expect((await program.state.count).item()).toBe(0);
    await program.dispose();
  });

  test('ends, the run rejects and says what is left, and the next one starts threads anew', async () => {
    const [program, other] = [await compile(large(), disturbed('process.exit(3);')), await compile(large(), on(2))];
    const x = random([512, 512]);
    expect((await other.run({ x })).count.item()).toBe(0);
    await expect(program.run({ x }, often)).rejects.toThrow(new XcorrError('js: a thread was lost while it worked: it exited with code 3\n  the states are as before the run, and the next one starts threads anew'));
    expect((await program.state.count).item()).toBe(0);
    expect((await other.run({ x })).count.item()).toBe(1);
    expect(other.ranOn).toBe('js:2 threads');
    await Promise.all([program.dispose(), other.dispose()]);
  });
});

// This runs what the build made, as `npm test` does first.
const built = existsSync(fileURLToPath(new URL('../../dist/threads/threaded.js', import.meta.url)));

test.skipIf(!built)('a process ends while threads wait for work', () => {
  const script = `
    import { corr2d, input } from '@xcorr/graph';
    import { compile } from '@xcorr/compiler';
    import { js } from '@xcorr/backend-js';
    const x = input('x', [512, 512]);
    const program = await compile({ inputs: { x }, outputs: { y: corr2d(x, [[1, 2, 3, 4, 5], [5, 3, 1, 2, 4], [2, 2, 7, 1, 1], [3, 1, 4, 1, 5], [9, 2, 6, 5, 3]]) } }, js({ threads: 3 }));
    const { y } = await program.run({ x: new Float32Array(512 * 512).fill(1) });
    console.log(program.ranOn, y.data[0]);`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8', timeout: 30_000 });
  expect({ stdout, stderr, status }).toEqual({ stdout: 'js:3 threads 82\n', stderr: '', status: 0 });
});
