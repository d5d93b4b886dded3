import { add, conv2d, corr2d, div, exp, extend, flip, grad, input, max, mean, mul, pad, reduceMax, relu, reshape, slice, square, squaredError, state, sub, sum, tanh, topologicalOrder, transpose, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { loopsOf } from '../../testing/loops.ts';

const x = input('x', [6, 8]);

describe('what is computed where it is read', () => {
  test('element-wise work of any length is one nest', () => {
    expect(loopsOf({ inputs: { x }, outputs: { y: tanh(add(mul(x, 2), square(x))) } })).toMatchInlineSnapshot(`
      "nest0
        for i0 < 6
          for i1 < 8
            let t0 = b0[8*i0 + i1]
            b1[8*i0 + i1] = tanh((t0 * 2) + (t0 * t0))"
    `);
  });

  test('movements are maps of the index: nothing is copied', () => {
    expect(loopsOf({ inputs: { x }, outputs: { y: mul(2, transpose(slice(x, { start: [0, 1], step: [2, 3] }))) } })).toMatchInlineSnapshot(`
      "nest0
        for i0 < 3
          for i1 < 3
            b1[3*i0 + i1] = 2 * b0[3*i0 + 16*i1 + 1]"
    `);
  });

  test('also between two sums: the second reads the buffer of the first through the map', () => {
    expect(loopsOf({ inputs: { x }, outputs: { y: corr2d(transpose(corr2d(x, [[1, 2]])), [[3, 4]]) } })).toMatchInlineSnapshot(`
      "nest1
        for i2 < 6
          for i3 < 7
            accumulator s0 = 0
            reduce r2 < 2
              s0 += b0[8*i2 + i3 + r2] * b3[r2]
            b2[7*i2 + i3] = s0
      nest0
        for i0 < 7
          for i1 < 5
            accumulator s1 = 0
            reduce r3 < 2
              s1 += b2[i0 + 7*i1 + 7*r3] * b4[r3]
            b1[5*i0 + i1] = s1"
    `);
  });

  test('a layer: bias and positive part stand where the sum is', () => {
    const image = input('image', [1, 3, 8, 8]);
    const w = input('w', [4, 3, 3, 3]);
    const b = input('b', [4]);
    expect(loopsOf({ inputs: { image, w, b }, outputs: { y: relu(conv2d(image, w, { bias: b })) } })).toMatchInlineSnapshot(`
      "nest0
        for i0 < 4
          let t0 = b2[i0]
          for i1 < 6
            for i2 < 6
              accumulator s0 = 0
              reduce r3 < 3
                reduce r4 < 3
                  reduce r5 < 3
                    s0 += b0[8*i1 + i2 + 64*r3 + 8*r4 + r5] * b1[27*i0 + 9*r3 + 3*r4 + r5]
              let t1 = s0 + t0
              b3[36*i0 + 6*i1 + i2] = select(0 < t1, t1, 0)"
    `);
  });

  test('a scalar for each row is computed in the loop over rows', () => {
    expect(loopsOf({ inputs: { x }, outputs: { y: sum(square(x), { axes: 1 }) } })).toMatchInlineSnapshot(`
      "nest0
        for i0 < 6
          accumulator s0 = 0
          reduce r1 < 8
            let t0 = b0[8*i0 + r1]
            s0 += t0 * t0
          b1[i0] = s0"
    `);
  });
});

describe('what gets a buffer of its own', () => {
  test('the first of two layers: each element is read by many windows', () => {
    const first = [[1, 2], [3, 4]];
    expect(loopsOf({ inputs: { x }, outputs: { y: corr2d(relu(corr2d(x, first)), [[5, 6, 7]]) } })).toMatchInlineSnapshot(`
      "nest1
        for i2 < 5
          for i3 < 7
            accumulator s0 = 0
            reduce r3 < 2
              reduce r4 < 2
                s0 += b0[8*i2 + i3 + 8*r3 + r4] * b3[2*r3 + r4]
            b2[7*i2 + i3] = select(0 < s0, s0, 0)
      nest0
        for i0 < 5
          for i1 < 5
            accumulator s1 = 0
            reduce r5 < 3
              s1 += b2[7*i0 + i1 + r5] * b4[r5]
            b1[5*i0 + i1] = s1"
    `);
  });

  test('what is cheap is computed at each reader, what is dear is not', () => {
    const small = loopsOf({ inputs: { x }, outputs: { y: corr2d(mul(x, 2), [[5, 6]]) } });
    const dear = loopsOf({ inputs: { x }, outputs: { y: corr2d(tanh(x), [[5, 6]]) } });
    expect(small.match(/^nest/gm)).toHaveLength(1);
    expect(dear.match(/^nest/gm)).toHaveLength(2);
  });

  test('under a condition nothing is shared, so what two read there is computed before', () => {
    const dear = exp(x);
    expect(loopsOf({ inputs: { x }, outputs: { y: pad(mul(dear, dear), { low: [1, 0] }) } })).toMatchInlineSnapshot(`
      "nest1
        for i2 < 6
          for i3 < 8
            b2[8*i2 + i3] = exp(b0[8*i2 + i3])
      nest0
        for i0 < 7
          for i1 < 8
            b1[8*i0 + i1] = guard(0 <= i0 - 1 < 6, b2[8*i0 + i1 - 8] * b2[8*i0 + i1 - 8], 0)"
    `);
  });
});

test('borders of borders are read through one another, two at a time', () => {
  const picture = input('picture', ['H', 'W']);
  const modes = ['reflect', 'wrap', 'edge', 'symmetric'] as const;
  const bordered = (count: number) => modes.slice(0, count).reduce((inner, mode) => extend(inner, { mode, low: [1, 2], high: [2, 1] }), picture);
  const nests = (count: number): number => loopsOf({ inputs: { picture }, outputs: { y: mul(bordered(count), 2) } }).match(/^nest/gm)?.length ?? 0;
  expect([1, 2, 3, 4].map(nests)).toEqual([1, 1, 2, 2]);
});

test('views of views have indices of bounded length: what is seen through too many of them is copied', () => {
  const view = (count: number) => Array.from({ length: count }).reduce<Tensor>((inner, _, at) => flip(reshape(transpose(inner), at % 2 === 1 ? [12, 30] : [20, 18]), [at % 2]), input('picture', [12, 30]));
  const loops = (count: number): string => {
    const y = mul(view(count), 2);
    const [picture = y] = topologicalOrder([y]);
    return loopsOf({ inputs: { picture }, outputs: { y } });
  };
  expect(loops(2).match(/^nest/gm)).toHaveLength(1);
  expect(loops(10).length).toBeLessThan(10 * 600);
});

describe('sweeps', () => {
  test("the chapter's step is one nest: residual, loss, gradient and update", () => {
    const Y = input('Y', [6, 7]);
    const K = state('K', [[0.25, 0.75]]);
    const loss = squaredError(corr2d(x, K), Y);
    const [dK] = grad(loss, [K]);
    expect(loopsOf({ inputs: { x, Y }, outputs: { loss }, updates: [[K, sub(K, mul(0.125, dK))]] })).toMatchInlineSnapshot(`
      "nest1
        accumulator s0[2] = 0
        accumulator s1 = 0
        reduce i1 < 6
          reduce i2 < 7
            accumulator s2 = 0
            reduce r1 < 2
              s2 += b0[8*i1 + i2 + r1] * b2[r1]
            let t0 = s2 - b1[7*i1 + i2]
            for i4 < 2
              s0[i4] += b0[8*i1 + i2 + i4] * t0
            s1 += t0 * t0
        b3[0] = s1
        for i0 < 2
          b2[i0] = b2[i0] - (0.125 * (2 * s0[i0]))"
    `);
  });

  test('sums over the same extents share one sweep over the data', () => {
    expect(loopsOf({ inputs: { x }, outputs: { total: sum(x), power: sum(square(x)), most: reduceMax(x) } })).toMatchInlineSnapshot(`
      "nest0
        accumulator s0 = -Infinity
        accumulator s1 = 0
        accumulator s2 = 0
        reduce i0 < 6
          reduce i1 < 8
            let t0 = b0[8*i0 + i1]
            s0 max= t0
            s1 += t0 * t0
            s2 += t0
        b3[0] = s0
        b2[0] = s1
        b1[0] = s2"
    `);
  });

  test('a sum that needs another one does not share its sweep', () => {
    expect(loopsOf({ inputs: { x }, outputs: { variance: sum(square(sub(x, mean(x)))) } })).toMatchInlineSnapshot(`
      "nest1
        accumulator s0 = 0
        reduce i2 < 6
          reduce i3 < 8
            s0 += b0[8*i2 + i3]
        b2[0] = s0
      nest0
        accumulator s1 = 0
        let t0 = b2[0] / 48
        reduce i0 < 6
          reduce i1 < 8
            let t1 = b0[8*i0 + i1] - t0
            s1 += t1 * t1
        b1[0] = s1"
    `);
  });

  test('nor does one that shares a sweep with what needs it: neither sweep could come first', () => {
    const [short, long] = [input('short', [30]), input('long', [40])];
    const scale = sum(short);
    const waits = sum(exp(mul(long, scale)));
    const awaited = sum(square(long));
    const spec = { inputs: { short, long }, outputs: { y: sum(exp(mul(short, awaited))), waits } };
    expect(loopsOf(spec).match(/(?<=reduce \w+ < )\d+/g)).toEqual(['40', '30', '40']);
  });

  test('sums over other extents are swept apart', () => {
    expect(loopsOf({ inputs: { x }, outputs: { all: sum(x), row: sum(slice(x, { stop: [1, 8] })) } })).toMatchInlineSnapshot(`
      "nest0
        accumulator s0 = 0
        reduce i0 < 8
          s0 += b0[i0]
        b2[0] = s0
      nest1
        accumulator s1 = 0
        reduce i1 < 6
          reduce i2 < 8
            s1 += b0[8*i1 + i2]
        b1[0] = s1"
    `);
  });

  test('a mean is an epilogue of its sum', () => {
    const photo = input('photo', ['H', 'W']);
    expect(loopsOf({ inputs: { photo }, outputs: { y: mean(photo) } })).toMatchInlineSnapshot(`
      "nest1
        accumulator s0 = 0
        reduce i0 < H
          reduce i1 < W
            s0 += b0[W*i0 + i1]
        b1[0] = s0 / number(H*W)"
    `);
  });

  test('a sum used twice is swept once: softmax', () => {
    const logits = input('logits', [10]);
    const powers = exp(sub(logits, reduceMax(logits)));
    expect(loopsOf({ inputs: { logits }, outputs: { y: div(powers, sum(powers)) } })).toMatchInlineSnapshot(`
      "nest3
        accumulator s0 = -Infinity
        reduce i3 < 10
          s0 max= b0[i3]
        for i2 < 10
          b3[i2] = exp(b0[i2] - s0)
      nest1
        accumulator s1 = 0
        reduce i1 < 10
          s1 += b3[i1]
        for i0 < 10
          b1[i0] = b3[i0] / s1"
    `);
  });

  test('the exponential behind two sums is computed once an element', () => {
    const powers = exp(x);
    expect(loopsOf({ inputs: { x }, outputs: { total: sum(powers), weighted: sum(mul(powers, x)) } })).toMatchInlineSnapshot(`
      "nest0
        accumulator s0 = 0
        accumulator s1 = 0
        reduce i0 < 6
          reduce i1 < 8
            let t0 = b0[8*i0 + i1]
            let t1 = exp(t0)
            s0 += t1 * t0
            s1 += t1
        b2[0] = s0
        b1[0] = s1"
    `);
  });

  test('few sums of much are swept; many sums of little are computed one by one', () => {
    const tall = input('tall', [100, 3]);
    expect(loopsOf({ inputs: { tall }, outputs: { y: sum(tall, { axes: 0 }) } })).toContain('accumulator s0[3]');
    expect(loopsOf({ inputs: { tall }, outputs: { y: sum(tall, { axes: 1 }) } })).not.toContain('s0[3]');
  });
});

describe('any size', () => {
  test('a valid window of a picture of any size needs no guard, and reshapes cost nothing', () => {
    const photo = input('photo', ['H', 'W']);
    expect(loopsOf({ inputs: { photo }, outputs: { y: corr2d(photo, [[1, 2], [3, 4]]) } })).toMatchInlineSnapshot(`
      "nest0
        for i0 < H - 1
          for i1 < W - 1
            accumulator s0 = 0
            reduce r2 < 2
              reduce r3 < 2
                s0 += b0[W*i0 + W*r2 + i1 + r3] * b2[2*r2 + r3]
            b1[W*i0 + i1 - i0] = s0"
    `);
  });

  test('only border positions are guarded, and only where padding is', () => {
    const photo = input('photo', ['H', 'W']);
    expect(loopsOf({ inputs: { photo }, outputs: { y: corr2d(photo, [[1, 2, 3]], { padding: [0, 1] }) } })).toMatchInlineSnapshot(`
      "nest0
        for i0 < H
          for i1 < W
            accumulator s0 = 0
            reduce r1 < 3
              s0 += guard(0 <= i1 + r1 - 1 < W, b0[W*i0 + i1 + r1 - 1], 0) * b2[r1]
            b1[W*i0 + i1] = s0"
    `);
  });

  test('a flat view of rows and columns is divided out again', () => {
    const photo = input('photo', ['H', 'W']);
    const [H = 1, W = 1] = photo.shape;
    expect(loopsOf({ inputs: { photo }, outputs: { y: reshape(max(reshape(photo, [1, 1, H, W]), 0), [H, W]) } })).toMatchInlineSnapshot(`
      "nest0
        for i0 < H
          for i1 < W
            b1[W*i0 + i1] = max(b0[W*i0 + i1], 0)"
    `);
  });
});
