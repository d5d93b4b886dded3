import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { createPool, ThreadError, type Code, type Kernel, type Pool } from './index.ts';

const pools: Pool[] = [];

function poolOf(threads: number): Pool {
  const pool = createPool(threads);
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()));
});

function areKernels(value: unknown): value is { readonly kernels: readonly Kernel<Int32Array>[] } {
  return typeof value === 'object' && value !== null && 'kernels' in value;
}

/** A pool's code of one kernel, the body of a function of `memory`, `begin` and `end`. */
function codeOf(pool: Pool, body: string): Code<Int32Array> {
  const source = `const isThread = ${isThread}; return { kernels: [(memory, begin, end) => { ${body} }] };`;
  // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call -- threads are sent code as text
  const made: unknown = new Function(source)();
  if (!areKernels(made)) throw new TypeError('no kernels');
  return pool.addCode(source, made.kernels);
}

/** True in threads of a pool, not in the test, which may run in a thread of vitest's. */
const isThread = `Number(process.getBuiltinModule('node:worker_threads').threadId !== ${process.getBuiltinModule('node:worker_threads').threadId})`;

function shared(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}

/** Waits a while without giving way: for as long as a test may take another thread would come to take a band. */
const linger = 'const until = performance.now() + 2000; while (performance.now() < until && Atomics.load(memory, 1) === 0);';

describe('a pool', () => {
  test.each([1, 2, 3, 5])('of %i threads does every iteration once', async (threads) => {
    const pool = poolOf(threads);
    await pool.ready();
    const code = codeOf(pool, 'for (let i = begin; i < end; i++) Atomics.add(memory, i, 1);');
    const memory = pool.addMemory(shared(1000));
    for (const extent of [1, 2, 7, 64, 999, 1000])
      for (const bands of [1, 2, 3, 16, 5000]) {
        memory.memory.fill(0);
        await pool.run({ code, kernel: 0, memory, extent, bands });
        expect([...memory.memory]).toEqual(Array.from({ length: 1000 }, (_, at) => Number(at < extent)));
      }
  });

  test('does its work in threads', async () => {
    const pool = poolOf(2);
    await pool.ready();
    // Each of two bands waits for the other one to begin.
    const code = codeOf(pool, 'Atomics.add(memory, 0, 1); const until = performance.now() + 5000; while (Atomics.load(memory, 0) < 2 && performance.now() < until); if (isThread) memory[2 + begin] = 1;');
    const memory = pool.addMemory(shared(4));
    await pool.run({ code, kernel: 0, memory, extent: 2, bands: 2 });
    expect((memory.memory[2] ?? 0) + (memory.memory[3] ?? 0)).toBe(1);
  });

  test('sends code and memory that come later to threads that sleep already', async () => {
    const pool = poolOf(3);
    await pool.ready();
    for (let round = 1; round <= 20; round++) {
      const code = codeOf(pool, `for (let i = begin; i < end; i++) memory[i] = ${round};`);
      const memory = pool.addMemory(shared(64));
      await pool.run({ code, kernel: 0, memory, extent: 64, bands: 64 });
      expect(new Set(memory.memory)).toEqual(new Set([round]));
      pool.forget(code);
      pool.forget(memory);
    }
  });

  test('does many small jobs one after the other', async () => {
    const pool = poolOf(Math.max(2, availableParallelism()));
    await pool.ready();
    const code = codeOf(pool, 'for (let i = begin; i < end; i++) memory[i]++;');
    const memory = pool.addMemory(shared(8));
    for (let job = 0; job < 5000; job++) await pool.run({ code, kernel: 0, memory, extent: 8, bands: 8 });
    expect([...memory.memory]).toEqual(Array.from({ length: 8 }, () => 5000));
  });

  test('waits for a band that takes long, and the process with it', async () => {
    const pool = poolOf(2);
    await pool.ready();
    const code = codeOf(pool, `if (isThread) { Atomics.store(memory, 1, 1); const until = performance.now() + 100; while (performance.now() < until); memory[0] = 7; } else { ${linger} }`);
    const memory = pool.addMemory(shared(2));
    const running = pool.run({ code, kernel: 0, memory, extent: 2, bands: 2 });
    expect(running).toBeInstanceOf(Promise);
    await running;
    expect(memory.memory[0]).toBe(7);
  });

  test('lets one piece of work run jobs at a time', async () => {
    const pool = poolOf(2);
    const order: string[] = [];
    const piece = (name: string, work: () => void) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      work();
    };
    const failing = pool.exclusively(piece('first', () => {
      throw new Error('of no account to others');
    }));
    await Promise.all([expect(failing).rejects.toThrow('of no account'), pool.exclusively(piece('second', () => undefined))]);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });
});

describe('what a kernel throws', () => {
  test('on the calling thread comes out as it is', async () => {
    const pool = poolOf(2);
    await pool.ready();
    const code = codeOf(pool, 'if (!isThread) throw new RangeError("mine");');
    await expect((async () => pool.run({ code, kernel: 0, memory: pool.addMemory(shared(1)), extent: 4, bands: 4 }))()).rejects.toThrow(new RangeError('mine'));
  });

  test('on another thread comes out as its text, and the pool goes on', async () => {
    const pool = poolOf(2);
    await pool.ready();
    const code = codeOf(pool, `if (isThread) { Atomics.store(memory, 1, 1); throw new RangeError('theirs \u{1F600}'); } ${linger}`);
    const memory = pool.addMemory(shared(2));
    await expect((async () => pool.run({ code, kernel: 0, memory, extent: 2, bands: 2 }))()).rejects.toThrow(new Error('RangeError: theirs \u{1F600}'));
    const next = codeOf(pool, 'memory[begin] = 5;');
    await pool.run({ code: next, kernel: 0, memory, extent: 2, bands: 2 });
    expect([...memory.memory]).toEqual([5, 5]);
  });
});

describe('a thread that ends', () => {
  const ending = `if (isThread) { Atomics.store(memory, 1, 1); process.exit(3); } ${linger}`;

  test('while it works is an error that says so, and others take its place', async () => {
    const pool = poolOf(3);
    await pool.ready();
    const memory = pool.addMemory(shared(3));
    await expect((async () => pool.run({ code: codeOf(pool, ending), kernel: 0, memory, extent: 2, bands: 2 }))()).rejects.toThrow(
      new ThreadError('a thread was lost while it worked: it exited with code 3'),
    );
    expect(pool.isReady()).toBe(false);
    await pool.ready();
    const code = codeOf(pool, 'memory[begin] = 4;');
    await pool.run({ code, kernel: 0, memory, extent: 3, bands: 3 });
    expect([...memory.memory]).toEqual([4, 4, 4]);
  });

  test('is replaced, with all that it knew, when the pool was ended', async () => {
    const pool = poolOf(2);
    await pool.ready();
    const code = codeOf(pool, 'Atomics.add(memory, 0, 1); const until = performance.now() + 5000; while (Atomics.load(memory, 0) < 2 && performance.now() < until);');
    const memory = pool.addMemory(shared(1));
    await pool.end();
    expect(pool.isReady()).toBe(false);
    await pool.ready();
    await pool.run({ code, kernel: 0, memory, extent: 2, bands: 2 });
    expect(memory.memory[0]).toBe(2);
  });
});

describe('a process', () => {
  const program = (last: string): string => `
    import { createPool } from ${JSON.stringify(fileURLToPath(new URL('../dist/index.js', import.meta.url)))};
    const pool = createPool(3);
    const source = 'return { kernels: [(memory, begin, end) => { for (let i = begin; i < end; i++) memory[i] = i; }] };';
    const code = pool.addCode(source, new Function(source)().kernels);
    const memory = pool.addMemory(new Int32Array(new SharedArrayBuffer(4096)));
    await pool.ready();
    await pool.run({ code, kernel: 0, memory, extent: 1024, bands: 16 });
    console.log(memory.memory[1023]);
    ${last}`;

  // These run what the build made, as `npm test` does first.
  test.each(['', 'await pool.end();', 'process.exit();'])('ends while a pool sleeps: %s', (last) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program(last)], { encoding: 'utf8', timeout: 20_000 });
    expect({ stdout, stderr, status }).toEqual({ stdout: '1023\n', stderr: '', status: 0 });
  });
});
