import { compile, jit, type Executable } from '@xcorr/compiler';
import { corr2d, evaluate, input, mean, mul, NdArray, neg, ones, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { js } from './index.ts';

/** A picture whose elements are all different. */
function picture(height: number, width: number): NdArray {
  return new NdArray([height, width], Float32Array.from({ length: height * width }, (_, index) => (index * 7) % 11));
}

describe('one program for every size', () => {
  const edges = (specialise: boolean): Executable<{ P: Tensor }, Record<never, never>, { y: Tensor; average: Tensor }> => {
    const P = input('P', ['H', 'W']);
    const y = corr2d(P, [[1, -1], [2, 0]], { padding: 'same', strides: 2 });
    return compile({ inputs: { P }, outputs: { y, average: mean(y) } }, js(), { specialise });
  };

  test.each([false, true])('literal sizes on demand: %s; both give what the interpreter gives', (specialise) => {
    const program = edges(specialise);
    for (const [height, width] of [[2, 3], [7, 4], [2, 3], [1, 1], [16, 9]] as const) {
      const P = input('P', [height, width]);
      const want = evaluate(corr2d(P, [[1, -1], [2, 0]], { padding: 'same', strides: 2 }), { P: picture(height, width) });
      const { y } = program.run({ P: picture(height, width) });
      expect(y.shape).toEqual(want.shape);
      expect(y.toNested()).toEqual(want.toNested());
    }
  });

  test('at most four bindings are kept, the last used longest, and can be looked at', () => {
    const program = edges(true);
    for (const height of [2, 3, 4, 5, 2, 6]) program.run({ P: picture(height, 3) });
    expect(program.variants().map(({ sizes, program: { sizes: named } }) => [sizes.get('H'), named])).toEqual([[4, []], [5, []], [2, []], [6, []]]);
  });

  test('without specialisation all bindings run the one program', () => {
    const program = edges(false);
    for (const height of [2, 3]) program.run({ P: picture(height, 3) });
    expect(program.variants().every((variant) => variant.program === program.program)).toBe(true);
  });

  test('what would not fit in memory is refused before it is allocated', () => {
    const program = compile({ outputs: { y: ones([100_000, 100_000]) } }, js());
    expect(() => program.run({})).toThrow(
      'run: 40 GB are needed, the limit is 4.29 GB\n  the largest is the output "y" [100000, 100000] with 40 GB; feed smaller values, or raise the memory limit',
    );
  });
});

describe('bytes', () => {
  test('go in as they are and come out rounded half to even, saturated', () => {
    const P = input('P', [5], { storage: 'uint8' });
    const program = compile({ inputs: { P }, outputs: { half: { tensor: mul(P, 0.5), storage: 'uint8' }, large: { tensor: mul(P, 3), storage: 'uint8' }, small: { tensor: neg(P), storage: 'uint8' }, exact: mul(P, 0.5) } }, js());
    const results = program.run({ P: Uint8Array.of(1, 3, 5, 100, 255) });
    expect([...results.half.data]).toEqual([0, 2, 2, 50, 128]);
    expect([...results.large.data]).toEqual([3, 9, 15, 255, 255]);
    expect([...results.small.data]).toEqual([0, 0, 0, 0, 0]);
    expect([...results.exact.data]).toEqual([0.5, 1.5, 2.5, 50, 127.5]);
    expect(results.half.data).toBeInstanceOf(Uint8ClampedArray);
  });

  test('an output stored as bytes is not what others compute with', () => {
    const P = input('P', [2]);
    const y = mul(P, 0.4);
    const program = compile({ inputs: { P }, outputs: { bytes: { tensor: y, storage: 'uint8' }, more: mul(y, 10) } }, js());
    const { bytes, more } = program.run({ P: [1, 2] });
    expect([...bytes.data]).toEqual([0, 1]);
    expect(more.toNested()).toEqual([4, 8].map(Math.fround));
  });

  test('only whole numbers from 0 to 255 are fed to bytes', () => {
    const P = input('P', [1], { storage: 'uint8' });
    const program = compile({ inputs: { P }, outputs: { y: mul(P, 2) } }, js());
    expect(program.run({ P: [255] }).y.toNested()).toEqual([510]);
    expect(() => program.run({ P: [256] })).toThrow('feed "P": an input of uint8 holds whole numbers from 0 to 255');
    expect(() => program.run({ P: Float32Array.of(1) })).toThrow('feed "P": float32 values for an input of uint8 would lose digits');
  });
});

describe('jit', () => {
  test('the chapter: a function over tensors is a function over lists', () => {
    const correlate2d = jit((x: Tensor, k: Tensor) => corr2d(x, k), js());
    expect(correlate2d([[0, 1, 2], [3, 4, 5]], [[1, -1]]).toNested()).toEqual([[-1, -1], [-1, -1]]);
    expect(correlate2d([[0, 1, 2]], [[1, 1, 1]]).toNested()).toEqual([[3]]);
  });

  test('it is traced once for each combination of shapes', () => {
    let traced = 0;
    const double = jit((x: Tensor) => {
      traced++;
      return { twice: mul(x, 2), negated: neg(x) };
    }, js());
    expect(double([1, 2]).twice.toNested()).toEqual([2, 4]);
    expect(double([3, 4]).negated.toNested()).toEqual([-3, -4]);
    expect(traced).toBe(1);
    expect(double(Float64Array.of(0.1)).twice.toNested()).toEqual([0.2]);
    expect(double(Uint8Array.of(200)).twice.toNested()).toEqual([400]);
    expect(traced).toBe(3);
  });

  test('what is no value is refused', () => {
    const double = jit((x: Tensor) => mul(x, 2), js());
    // @ts-expect-error -- the type wants a value
    expect(() => double('two')).toThrow('jit: argument 1 is of type string; nested lists, an NdArray or a typed array are expected');
  });
});
