import { add, correlate, corr2d, grad, input, max, mean, mul, NdArray, reduceMax, relu, squaredError, state, sub, sum, ValueError, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { pseudoRandom, seeded } from '../../testing/seeded.ts';
import type { Machine } from '../backend.ts';
import { certify } from '../certify/certify.ts';
import { compile, programFor } from '../compile.ts';
import type { ProgramSpec } from '../graph.ts';
import { walk } from '../nest.ts';
import { printProgram } from '../print/print-program.ts';
import { elementThreads } from './element-threads.ts';

const threaded = (longestSum: number): { readonly machine: Machine } => ({ machine: { registers: 1, lanes: 1, literalSizes: true, elementThreads: elementThreads(longestSum) } });

function learning(height: number, width: number, size: number): ProgramSpec {
  const [X, Y] = [input('X', [height, width]), input('Y', [height - size + 1, width - size + 1])];
  const K = state('K', Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i + j) / 8)));
  const loss = squaredError(corr2d(X, K), Y);
  const [dK] = grad(loss, [K]);
  return { inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(0.03, dK))]] };
}

test('each nest stores one result, and no thread takes a longer sum than it may', () => {
  const program = programFor(learning(20, 30, 3), threaded(40));
  for (const { nest } of program.nests) {
    const stores = [...walk(nest.body)].filter(([each]) => each.kind === 'store');
    expect(stores).toHaveLength(1);
    for (const [each, around] of walk(nest.body)) {
      if (each.kind !== 'accumulate') continue;
      const terms = around.filter(({ role }) => role === 'reduce').reduce((product, { extent }) => product * Number(extent), 1);
      expect(terms).toBeLessThanOrEqual(40 * 9);
    }
  }
});

test.each([1, 0, 2.5, Number.NaN, -4])('%s terms are no sum', (longest) => {
  expect(() => elementThreads(longest)).toThrow(new ValueError(`elementThreads: ${longest} terms are no sum; a whole number of at least 2 is expected`));
});

test('a step of learning in bands, as text', () => {
  expect(printProgram(programFor(learning(6, 8, 2), threaded(16)), 'loops')).toMatchInlineSnapshot(`
    "b0   input     float32 [6, 8] "X"
    b1   input     float32 [5, 7] "Y"
    b2   state     float32 [2, 2] "K"
    b3   output    float32 [] "loss"
    b5   temporary float32 [5, 7]
    b6   temporary float32 [2, 2, 3]
    b7   temporary float32 [3]
    nest2
      for i2 < 5
        for i3 < 7
          accumulator s0 = 0
          reduce r6 < 2
            reduce r7 < 2
              s0 += b0[8*i2 + i3 + 8*r6 + r7] * b2[2*r6 + r7]
          b5[7*i2 + i3] = s0 - b1[7*i2 + i3]
    nest0_b6
      for i4 < 2
        for i5 < 2
          for i6 < 3
            accumulator s3 = 0
            reduce r13 < 2
              reduce r9 < 7
                s3 += guard(0 <= 2*i6 + r13 < 5, b0[8*i4 + i5 + 16*i6 + 8*r13 + r9] * b5[14*i6 + 7*r13 + r9], 0)
            b6[6*i4 + 3*i5 + i6] = s3
    nest0
      for i0 < 2
        for i1 < 2
          accumulator s1 = 0
          reduce r14 < 3
            s1 += b6[6*i0 + 3*i1 + r14]
          b2[2*i0 + i1] = b2[2*i0 + i1] - (0.029999999329447746 * (2 * s1))
    nest1_b7
      for i7 < 3
        accumulator s4 = 0
        reduce r16 < 2
          reduce r11 < 7
            s4 += guard(0 <= 2*i7 + r16 < 5, b5[14*i7 + r11 + 7*r16] * b5[14*i7 + r11 + 7*r16], 0)
        b7[i7] = s4
    nest1
      accumulator s2 = 0
      reduce r17 < 3
        s2 += b7[r17]
      b3[0] = s2
    "
  `);
});

describe('sums in bands are the sums', () => {
  const compiledBoth = (spec: ProgramSpec, longest: number, feeds: Readonly<Record<string, NdArray>>) => {
    const backend = { ...direct(), ...threaded(longest) };
    certify(spec, backend);
    return [compile(spec, backend).run(feeds), compile(spec, direct()).run(feeds)] as const;
  };

  test.each<readonly [string, (x: Tensor) => Tensor]>([
    ['a sum over all', (x) => sum(x)],
    ['a mean over rows', (x) => mean(x, { axes: [0] })],
    ['a largest element', (x) => reduceMax(x)],
    ['a sum of what sums', (x) => sum(relu(corr2d(x, [[1, -1], [2, 1]])))],
    ['a sum that others use', (x) => sub(x, sum(x))],
    ['sums by sums', (x) => add(sum(mul(x, sum(x))), reduceMax(x))],
    ['sums by sums of rows', (x) => sum(mul(x, sum(x, { axes: [1], keepAxes: true })))],
    ['a largest that its sum uses', (x) => sum(sub(x, reduceMax(x, { axes: [1], keepAxes: true })))],
  ])('%s', (_, of) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 23 }), fc.integer({ min: 2, max: 23 }), fc.integer({ min: 2, max: 40 }), (height, width, longest) => {
        const x = input('x', [height, width]);
        const [got, want] = compiledBoth({ inputs: { x }, outputs: { y: of(x) } }, longest, { x: new NdArray([height, width], Float32Array.from(pseudoRandom(height * width))) });
        got['y']?.data.forEach((value, at) => expect(value).toBeCloseTo(want['y']?.data[at] ?? Number.NaN, 4));
      }),
      seeded(20),
    );
  });

  test('a layer of many channels and its gradient', () => {
    const [x, w] = [input('x', [2, 5, 9, 8]), state('w', new NdArray([4, 5, 3, 3], Float32Array.from(pseudoRandom(180, 2))))];
    const y = correlate(x, w, { padding: 'same' });
    const [dw] = grad(sum(mul(y, max(y, 0.1))), [w]);
    const [got, want] = compiledBoth({ inputs: { x }, outputs: { dw } }, 24, { x: new NdArray([2, 5, 9, 8], Float32Array.from(pseudoRandom(720))) });
    got['dw']?.data.forEach((value, at) => expect(value).toBeCloseTo(want['dw']?.data[at] ?? Number.NaN, 3));
  });
});
