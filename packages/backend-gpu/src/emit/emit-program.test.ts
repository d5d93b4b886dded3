import { compile, programFor, type ProgramSpec } from '@xcorr/compiler';
import { add, constant, conv2d, corr2d, div, evaluate, exp, extend, grad, input, mul, pow, reduceMax, reshape, sin, squaredError, square, sqrt, state, sub, sum, take, transpose, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluatedBackend, machine, targetOf } from '../../testing/evaluated-backend.ts';
import type { Limits, ModeName } from '../modes.ts';
import { emitProgram } from './emit-program.ts';
import type { GpuArtifact } from './plan.ts';

const emitted = (spec: ProgramSpec, mode: ModeName = 'webgl2', limits: Partial<Limits> = {}): GpuArtifact => emitProgram(programFor(spec, { machine }), targetOf(mode, limits));

/** The chapter's step: residual, loss, gradient, and the kernel's update. */
function learningStep(): ProgramSpec {
  const X = input('X', [6, 8]);
  const Y = input('Y', [6, 7]);
  const K = state('K', [[0.25, 0.75]]);
  const loss = squaredError(corr2d(X, K), Y);
  const [dK] = grad(loss, [K]);
  return { inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(0.125, dK))]] };
}

/** The strength of edges in a picture, by Sobel's two kernels, with the border reflected. */
function sobel(): ProgramSpec {
  const photo = input('photo', [12, 16]);
  const around = extend(photo, { mode: 'reflect', low: [1, 1], high: [1, 1] });
  const across = corr2d(around, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]);
  const down = corr2d(around, [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]);
  return { inputs: { photo }, outputs: { edges: sqrt(add(square(across), square(down))) } };
}

describe('the sources, as a person reads them', () => {
  test("the chapter's step: what is only scaled is no kernel of its own", async () => {
    const { code, plan } = emitted(learningStep());
    expect(plan.kernels.map(({ threads }) => threads)).toEqual([[7, 6], [2], [1]]);
    await expect(code).toMatchFileSnapshot('__golden__/learning-step-webgl2.txt');
  });

  test('in cpu mode threads stand in a row', async () => {
    const { code, plan } = emitted(learningStep(), 'cpu');
    expect(plan.kernels.every(({ threads }) => threads.length === 1)).toBe(true);
    await expect(code).toMatchFileSnapshot('__golden__/learning-step-cpu.txt');
  });

  test('Sobel', async () => {
    await expect(emitted(sobel()).code).toMatchFileSnapshot('__golden__/sobel-webgl2.txt');
    await expect(emitted(sobel(), 'cpu').code).toMatchFileSnapshot('__golden__/sobel-cpu.txt');
  });
});

describe('emission is pure', () => {
  test.each([
    ["the chapter's step", learningStep],
    ['Sobel', sobel],
  ] as const)('%s: one program gives one plan, and equal graphs made apart give the same', (_, spec) => {
    const program = programFor(spec(), { machine });
    const before = structuredClone(program);
    const first = emitProgram(program, targetOf('webgpu'));
    expect(emitProgram(program, targetOf('webgpu'))).toEqual(first);
    expect(program).toEqual(before);
    expect(emitted(spec(), 'webgpu').plan).toEqual(first.plan);
  });

  test('whatever names are, the sources are the same', () => {
    const named = (x: string, w: string, y: string): GpuArtifact => {
      const [a, b] = [input(x, [3]), state(w, 2)];
      const [db] = grad(sum(mul(a, b)), [b]);
      return emitted({ inputs: Object.fromEntries([[x, a]]), state: Object.fromEntries([[w, b]]), outputs: Object.fromEntries([[y, exp(mul(a, b))]]), updates: [[b, add(b, db)]] });
    };
    const plain = named('x', 'w', 'y');
    const name = fc.oneof(fc.string({ minLength: 1, unit: 'binary' }), fc.constantFrom('*/', '//', 'b0', '__proto__', 'constructor', 'a;b}', '`${c}`', '\\', '\u2028'));
    fc.assert(
      fc.property(name, name, name, (x, w, y) => {
        fc.pre(x !== w);
        const { code, plan } = named(x, w, y);
        expect(code).toBe(plain.code);
        expect(plan).toEqual(plain.plan);
      }),
      { seed: 20_261_122, numRuns: 200 },
    );
  });
});

describe('what the target cannot take is refused, and the error says which tensor and which limit', () => {
  const x = input('x', [40, 50]);
  const doubles = input('d', [3], { dtype: 'float64' });
  const wide = input('wide', [4]);

  test.each<readonly [string, ProgramSpec, Partial<Limits>, string]>([
    ['doubles', { inputs: { d: doubles }, outputs: { y: mul(doubles, 2) } }, {}, 'gpu: the input "d" of shape [3] is float64, and gpu.js computes in float32 alone; make it float32, or compile for a backend of the CPU'],
    ['a large buffer', { inputs: { x }, outputs: { y: sum(x) } }, { elements: 1999 }, 'gpu: the input "x" of shape [40, 50] has 2000 elements, and a buffer in webgl2 mode has at most 1999 here; work on it in parts'],
    ['a long loop', { inputs: { x }, outputs: { y: reduceMax(x, { axes: 0 }) } }, { iterations: 39 }, 'gpu: the output "y" of shape [50] takes 40 iterations for each element, and a thread in webgl2 mode runs at most 39 here; take its sums one axis at a time'],
  ])('%s', (_, spec, limits, message) => {
    expect(() => emitted(spec, 'webgl2', limits)).toThrow(message);
  });

  test('a kernel that no compiler takes', () => {
    // Depth alone makes several kernels: the compiler stores what is deep.
    const halved = (from: number, count: number): Tensor => (count === 1 ? exp(mul(wide, from)) : add(halved(from, count >> 1), halved(from + (count >> 1), count - (count >> 1))));
    const y = halved(1, 400);
    expect(() => emitted({ inputs: { wide }, outputs: { y } })).toThrow(/^gpu: the output "y" of shape \[4\] takes a kernel of \d+ characters/);
  });

  test('a size that is no number', () => {
    const photo = input('photo', ['H']);
    expect(() => emitted({ inputs: { photo }, outputs: { y: mul(photo, 2) } })).toThrow('a size of the program is no number');
  });
});

describe('more buffers than a kernel reads', () => {
  const names = Array.from({ length: 12 }, (_, position) => `x${position}`);
  const inputs = names.map((name, position) => input(name, position % 3 === 0 ? [4] : [3, 4]));
  const known = constant([[1, 5, 2, 9], [4, 4, 1, 7], [3, 8, 8, 2]]);
  const y = inputs.reduce<Tensor>((total, each) => add(total, each), mul(take(known, [2, 0, 1], 0), add(inputs[1] ?? known, constant([7, 1, 1, 5]))));
  const spec: ProgramSpec = { inputs: Object.fromEntries(names.map((name, position) => [name, inputs[position] ?? y])), outputs: { y } };
  const values = Object.fromEntries(inputs.map(({ shape }, position) => [`x${position}`, Float32Array.from({ length: shape.length === 1 ? 4 : 12 }, (_, element) => element + 100 * position)]));

  test('as they are, it reads them all', () => {
    expect(emitted(spec).plan.kernels.map(({ reads }) => reads.length)).toEqual([14]);
  });

  test.each([13, 12, 8, 7, 4, 3, 2])('the smallest are put into one, constants at once: at most %i', async (reads) => {
    const { plan, program } = emitted(spec, 'webgpu', { reads });
    expect(plan.kernels.every((kernel) => kernel.reads.length <= reads)).toBe(true);
    expect(program.buffers.filter(({ role }) => role === 'constant').length).toBeGreaterThan(2);
    const executable = await compile(spec, evaluatedBackend('webgpu', { reads }));
    expect((await executable.run(values))['y']?.toNested()).toEqual(evaluate(y, values).toNested());
  });

  test('where they do not fit into one buffer, it is refused', () => {
    expect(() => emitted(spec, 'webgpu', { reads: 3, elements: 20 })).toThrow(/^gpu: the output "y" of shape \[3, 4\] is computed of 14 tensors, a kernel in webgpu mode reads at most 3 here, and together the smallest have \d+ elements, more than the 20 of one buffer/);
  });
});

describe('indices', () => {
  /** The only kernel's lines that read. */
  const reads = (y: Tensor, x: Tensor, mode: ModeName = 'webgl2', limits: Partial<Limits> = {}): string => emitted({ inputs: { x }, outputs: { y } }, mode, limits).plan.kernels.map(({ source }) => source).join('\n');

  test('threads along three axes, further ones taken apart exactly', () => {
    const x = input('x', [2, 3, 4, 5]);
    const source = reads(mul(transpose(x), 2), x);
    expect(source).toContain('const i0 = wholeQuotient(this.thread.z, 4);');
    expect(source).toContain('wholeOf(i1)');
  });

  test('a side that is longer than a texture can be: threads in a row', () => {
    const x = input('x', [2, 9000]);
    expect(emitted({ inputs: { x }, outputs: { y: mul(x, 2) } }).plan.kernels[0]?.threads).toEqual([18_000]);
    expect(emitted({ inputs: { x }, outputs: { y: mul(x, 2) } }, 'webgl2', { textureSide: 16_384 }).plan.kernels[0]?.threads).toEqual([9000, 2]);
  });

  test.each([[2048, 32, 4, 4], [70_000, 3, 3], [7, 10_000, 3, 2], [2, 70_000, 2], [2, 2, 70_000]])('a direction of more threads than WebGPU has groups: threads in a row, of [%i, %i, %i …]', (...shape) => {
    const x = input('x', shape);
    const spec = { inputs: { x }, outputs: { y: mul(x, 2) } };
    const elements = shape.reduce((product, extent) => product * extent);
    expect(emitted(spec, 'webgpu', { textureSide: 65_535 }).plan.kernels[0]?.threads).toEqual([elements]);
    expect(emitted(spec, 'webgpu', { textureSide: 2 ** 20 }).plan.kernels[0]?.threads).toHaveLength(3);
  });

  test('what ranges of loops prove is not asked', () => {
    const x = input('x', [6, 7]);
    expect(reads(conv2d(reshape(x, [1, 1, 6, 7]), reshape(constant([[1, 2, 3]]), [1, 1, 1, 3]), { padding: [[0, 0], [1, 1]] }), x).match(/>= 0|< \d+/g)).toEqual(['>= 0', '< 7']);
  });
});

describe('borders of many periods', () => {
  const x = input('x', [5]);
  const fed = { x: Float32Array.of(3, 1, 4, 1.5, 9) };

  test.each(['reflect', 'symmetric', 'wrap', 'edge'] as const)('%s', async (mode) => {
    for (const [low, high] of [[2, 2], [4, 5], [8, 11], [23, 19], [20, 3], [40, 3]] as const) {
      const y = extend(x, { mode, low: [low], high: [high] });
      const executable = await compile({ inputs: { x }, outputs: { y } }, evaluatedBackend('webgl2'));
      expect((await executable.run(fed)).y.toNested()).toEqual(evaluate(y, fed).toNested());
    }
  });
});

describe('numbers', () => {
  const x = input('x', [4]);
  const kernelOf = (y: Tensor, mode: ModeName = 'webgl2'): GpuArtifact['plan']['kernels'][number] | undefined => emitted({ inputs: { x }, outputs: { y } }, mode).plan.kernels[0];

  test('a divisor is an argument of a shader, but for powers of two', () => {
    expect(kernelOf(div(x, 3))?.specials).toEqual([3]);
    expect(kernelOf(div(x, 3))?.source).toContain('/ v0)');
    expect(kernelOf(div(x, 4))?.specials).toEqual([]);
    expect(kernelOf(div(x, 3), 'cpu')?.specials).toEqual([]);
  });

  test('infinities are arguments', () => {
    expect(kernelOf(reduceMax(x))?.specials).toEqual([-Infinity]);
    expect(kernelOf(reduceMax(x))?.source).toContain('let s0 = v0;');
  });

  test('whole powers multiply', () => {
    expect(kernelOf(pow(x, 3))?.source).toContain('(e0 * e0 * e0)');
    expect(kernelOf(pow(x, 2.5))?.calls).toContain('powerOf');
  });

  test('a long expression stands in parts', () => {
    const y = Array.from({ length: 40 }, (_, position) => position).reduce<Tensor>((total, position) => add(sin(total), mul(x, position + 0.5)), x);
    for (const line of kernelOf(y)?.source.split('\n') ?? []) expect(line.split(/[*+]/).length).toBeLessThan(12);
  });
});
