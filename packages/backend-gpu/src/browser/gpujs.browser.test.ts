import { describe, expect, test } from 'vitest';
import { numbersOf, rawGpu, type RawGpu, type RawKernel } from '../../testing/raw-gpujs.ts';
import { watchTextures } from '../../testing/watch.ts';

// What gpu.js does without a word when it is used as one would at first. Each is why this package does something in another
// way, which hazards.browser.test.ts and lost.browser.test.ts hold it to; one that fails here is a hazard no longer.

const ofTheseTests = { precision: 'single', tactic: 'precision' } as const;

async function withGpu(mode: string, work: (gpu: RawGpu) => Promise<void>): Promise<void> {
  const gpu = await rawGpu(mode);
  try {
    await work(gpu);
  } finally {
    await gpu.destroy();
  }
}

/** Some numbers, as a texture of a number of dimensions. */
function textureOf(gpu: RawGpu, values: readonly number[], output: readonly number[]): unknown {
  const [width = 1] = output;
  const index = output.length === 1 ? 'this.thread.x' : `this.thread.x + ${width} * this.thread.y`;
  return gpu.createKernel(`function(a) { return a[${index}]; }`, { ...ofTheseTests, output, pipeline: true, immutable: true })(Float32Array.from(values));
}

describe('gpu.js on webgl2', () => {
  test('a loop whose bound is no literal ends after 1000 iterations', async () => {
    await withGpu('webgl2', async (gpu) => {
      const count = gpu.createKernel('function(n) { let s = 0; for (let i = 0; i < n; i++) { s = s + 1; } return s; }', { ...ofTheseTests, output: [1] });
      expect(await numbersOf(count(5000))).toEqual([1000]);
    });
  });

  test('a kernel with more arguments than there are texture units gives wrong numbers', async () => {
    await withGpu('webgl2', async (gpu) => {
      const units = 32;
      const names = Array.from({ length: units + 8 }, (_, index) => `a${index}`);
      const add = gpu.createKernel(`function(${names.join(', ')}) { let s = 0; ${names.map((name) => `s = s + ${name}[this.thread.x];`).join(' ')} return s; }`, { ...ofTheseTests, output: [1] });
      expect(await numbersOf(add(...names.map(() => Float32Array.of(1))))).not.toEqual([units + 8]);
    });
  });

  test('after its context is lost a kernel gives zeros', async () => {
    const watch = watchTextures();
    try {
      await withGpu('webgl2', async (gpu) => {
        const double = gpu.createKernel('function(a) { return a[this.thread.x] * 2; }', { ...ofTheseTests, output: [2], pipeline: true });
        expect(await numbersOf(double(Float32Array.of(1, 2)))).toEqual([2, 4]);
        watch.lose();
        expect(await numbersOf(double(Float32Array.of(1, 2)))).toEqual([0, 0]);
      });
    } finally {
      watch.stop();
    }
  });

  test('a kernel that is given textures of different sizes reads the wrong elements', async () => {
    await withGpu('webgl2', async (gpu) => {
      const sixth = gpu.createKernel('function(a) { return a[this.thread.x + 5]; }', { ...ofTheseTests, output: [1] });
      expect(await numbersOf(sixth(textureOf(gpu, [0, 1, 2, 3, 4, 5], [2, 3])))).toEqual([5]);
      expect(await numbersOf(sixth(textureOf(gpu, [0, 1, 2, 3, 4, 5, 6, 7], [4, 2])))).not.toEqual([5]);
    });
  });

  test('constants that are set after a kernel was built are ignored', async () => {
    await withGpu('webgl2', async (gpu) => {
      const scaled = gpu.createKernel('function(a) { return a[this.thread.x] * this.constants.factor; }', { ...ofTheseTests, output: [1], constants: { factor: 2 } });
      expect(await numbersOf(scaled(Float32Array.of(1)))).toEqual([2]);
      scaled.setConstants({ factor: 3 });
      expect(await numbersOf(scaled(Float32Array.of(1)))).toEqual([2]);
    });
  });

  test('an element beyond the end is some element', async () => {
    await withGpu('webgl2', async (gpu) => {
      const behind = gpu.createKernel('function(a) { return a[this.thread.x + 4]; }', { ...ofTheseTests, output: [1] });
      const [found] = await numbersOf(behind(Float32Array.of(1, 2, 3, 4)));
      expect([0, 1, 2, 3, 4]).toContain(found);
    });
  });

  test('what a kernel gave is overwritten by its next run, unless it is immutable', async () => {
    await withGpu('webgl2', async (gpu) => {
      const same = gpu.createKernel('function(a) { return a[this.thread.x]; }', { ...ofTheseTests, output: [1], pipeline: true });
      const first = same(Float32Array.of(1));
      same(Float32Array.of(2));
      expect(await numbersOf(first)).toEqual([2]);
    });
  });

  test('a kernel takes no texture of two dimensions after one of one', async () => {
    await withGpu('webgl2', async (gpu) => {
      const first = gpu.createKernel('function(a) { return a[0]; }', { ...ofTheseTests, output: [1] });
      expect(await numbersOf(first(textureOf(gpu, [7, 8], [2])))).toEqual([7]);
      await expect(async () => numbersOf(first(textureOf(gpu, [7, 8], [2, 1])))).rejects.toThrow('did not settle');
    });
  });

  test('an output with a side above that of textures is refused', async () => {
    await withGpu('webgl2', async (gpu) => {
      const tall = gpu.createKernel('function() { return this.thread.x; }', { ...ofTheseTests, output: [2, 100_000] });
      await expect(async () => numbersOf(tall())).rejects.toThrow(/larger than supported size/);
    });
  });

  test('infinity as a literal is the largest number', async () => {
    await withGpu('webgl2', async (gpu) => {
      const infinite = gpu.createKernel('function(a) { return a[0] + Infinity; }', { ...ofTheseTests, output: [1] });
      expect(await numbersOf(infinite(Float32Array.of(0)))).toEqual([2 ** 128 - 2 ** 104]);
    });
  });

  test('unsigned precision makes numbers of NaN', async () => {
    await withGpu('webgl2', async (gpu) => {
      const same = gpu.createKernel('function(a) { return a[this.thread.x]; }', { output: [1], precision: 'unsigned' });
      expect(await numbersOf(same(Float32Array.of(Number.NaN)))).not.toEqual([Number.NaN]);
    });
  });

  test('of more than 16 contexts the oldest is lost', async () => {
    const gpus: RawGpu[] = [];
    try {
      const kernels: RawKernel[] = [];
      for (let made = 0; made < 17; made++) {
        const gpu = await rawGpu('webgl2');
        const double = gpu.createKernel('function(a) { return a[this.thread.x] * 2; }', { ...ofTheseTests, output: [1] });
        expect(await numbersOf(double(Float32Array.of(1)))).toEqual([2]);
        gpus.push(gpu);
        kernels.push(double);
      }
      const results: (readonly number[])[] = [];
      for (const kernel of kernels) results.push(await numbersOf(kernel(Float32Array.of(1))));
      expect(results[0]).toEqual([0]);
      expect(results.at(-1)).toEqual([2]);
    } finally {
      for (const gpu of gpus) await gpu.destroy();
    }
  });
});

describe.each(['webgl2', 'webgl', 'webgpu'])('functions of gpu.js on %s', (mode) => {
  test.each([
    ['log', 'Math.log(a[0])', Math.log(2)],
    ['pow', 'Math.pow(a[0], a[1])', 8],
    ['tanh', 'Math.tanh(a[2])', Number.NaN],
  ])('%s is another number, or none, where formulas of shading languages do not reach', async (_, expression, found) => {
    await withGpu(mode, async (gpu) => {
      const kernel = gpu.createKernel(`function(a) { return ${expression}; }`, { ...ofTheseTests, output: [1] });
      expect((await numbersOf(kernel(Float32Array.of(-2, 3, 100)))).map(Math.fround)).toEqual([Math.fround(found)]);
    });
  });
});

describe('gpu.js on webgpu', () => {
  test('more threads along a direction than there can be groups are refused when they are to run', async () => {
    await withGpu('webgpu', async (gpu) => {
      const long = gpu.createKernel('function() { return this.thread.z; }', { ...ofTheseTests, output: [1, 1, 70_000], pipeline: true, immutable: true });
      await expect(async () => numbersOf(long())).rejects.toThrow('output dimension 2 needs 70000 workgroups');
    });
  });

  test('an element beyond the end is some element', async () => {
    await withGpu('webgpu', async (gpu) => {
      const behind = gpu.createKernel('function(a) { return a[this.thread.x + 4]; }', { ...ofTheseTests, output: [1] });
      const [found] = await numbersOf(behind(Float32Array.of(1, 2, 3, 4)));
      expect([0, 1, 2, 3, 4]).toContain(found);
    });
  });

  test('a kernel of eight inputs is refused by the device', async () => {
    await withGpu('webgpu', async (gpu) => {
      const names = Array.from({ length: 8 }, (_, index) => `a${index}`);
      const add = gpu.createKernel(`function(${names.join(', ')}) { return ${names.map((name) => `${name}[this.thread.x]`).join(' + ')}; }`, { ...ofTheseTests, output: [1] });
      await expect(async () => numbersOf(add(...names.map(() => Float32Array.of(1))))).rejects.toThrow();
    });
  });

  test('NaN is equal to itself when it is asked whether it differs', async () => {
    await withGpu('webgpu', async (gpu) => {
      const differs = gpu.createKernel('function(a) { if (a[0] !== a[0]) { return 1; } return 0; }', { ...ofTheseTests, output: [1] });
      expect(await numbersOf(differs(Float32Array.of(Number.NaN)))).toEqual([0]);
    });
  });
});
