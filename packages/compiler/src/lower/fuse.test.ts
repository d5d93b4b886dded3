import { abs, add, div, input, mean, mul, sub, sum, tanh } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loopsOf } from '../../testing/loops.ts';
import { randomChoices, randomGraph } from '../../testing/random-graphs.ts';
import { seeded } from '../../testing/seeded.ts';
import { direct } from '../../testing/direct.ts';
import { programFor } from '../compile.ts';
import { operandsOf, type Expression } from '../expression.ts';
import { valueOf, walk } from '../nest.ts';
import type { Program } from '../program.ts';

function nestCount(loops: string): number {
  return loops.match(/^nest/gm)?.length ?? 0;
}

describe('what runs behind a sweep', () => {
  test('a small map that uses its sum, while the sum is in a register', () => {
    const x = input('x', [6, 8]);
    expect(loopsOf({ inputs: { x }, outputs: { y: div(x, sum(x)) } })).toMatchInlineSnapshot(`
      "nest1
        accumulator s0 = 0
        reduce i2 < 6
          reduce i3 < 8
            s0 += b0[8*i2 + i3]
        for i0 < 6
          for i1 < 8
            b1[8*i0 + i1] = b0[8*i0 + i1] / s0"
    `);
  });

  test('a map that uses two sums of one sweep; what uses that map is a nest of its own', () => {
    const x = input('x', [6, 8]);
    const centred = sub(mean(x), mean(abs(x)));
    expect(loopsOf({ inputs: { x }, outputs: { centred, tenfold: mul(tanh(centred), 10) } })).toMatchInlineSnapshot(`
      "nest2
        accumulator s0 = 0
        accumulator s1 = 0
        reduce i0 < 6
          reduce i1 < 8
            let t0 = b0[8*i0 + i1]
            s0 += abs(t0)
            s1 += t0
        b1[0] = (s1 / 48) - (s0 / 48)
      nest0
        b2[0] = tanh(b1[0]) * 10"
    `);
  });

  test('a large map does not, nor one of a size that nobody knows: it is a nest of its own', () => {
    const large = input('large', [32, 32]);
    const photo = input('photo', ['H', 'W']);
    expect(nestCount(loopsOf({ inputs: { large }, outputs: { y: div(large, sum(large)) } }))).toBe(2);
    expect(nestCount(loopsOf({ inputs: { photo }, outputs: { y: div(photo, sum(photo)) } }))).toBe(2);
  });

  test('a map that also needs what comes later waits for it', () => {
    const x = input('x', [6, 8]);
    const first = sum(x);
    const second = sum(abs(sub(x, first)));
    expect(loopsOf({ inputs: { x }, outputs: { y: add(first, second) } })).toMatchInlineSnapshot(`
      "nest2
        accumulator s0 = 0
        reduce i2 < 6
          reduce i3 < 8
            s0 += b0[8*i2 + i3]
        b3[0] = s0
      nest1
        accumulator s1 = 0
        let t0 = b3[0]
        reduce i0 < 6
          reduce i1 < 8
            s1 += abs(b0[8*i0 + i1] - t0)
        b1[0] = t0 + s1"
    `);
  });
});

function* loads(expression: Expression): Generator<string> {
  if (expression.kind === 'load') yield expression.buffer;
  for (const operand of operandsOf(expression)) yield* loads(operand);
}

/** Fails where a statement reads what no statement before it has written. */
function checkWrittenBeforeRead({ buffers, nests }: Program): void {
  const written = new Set(buffers.filter(({ role }) => role === 'input' || role === 'state' || role === 'constant').map(({ id }) => id));
  for (const { nest } of nests)
    for (const top of nest.body) {
      for (const [statement] of walk([top])) {
        const value = valueOf(statement);
        if (value !== undefined) for (const buffer of loads(value)) expect(written).toContain(buffer);
      }
      for (const [statement] of walk([top])) if (statement.kind === 'store') written.add(statement.buffer);
    }
  for (const { id } of buffers) expect(written).toContain(id);
}

test('each nest comes after all that it reads, and every buffer is written', () => {
  fc.assert(
    fc.property(randomChoices, (choices) => {
      checkWrittenBeforeRead(programFor(randomGraph(choices, [4, 5]), direct()));
      checkWrittenBeforeRead(programFor(randomGraph(choices, ['H', 'W']), direct()));
    }),
    seeded(50),
  );
});
