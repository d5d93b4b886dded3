import { input, mul } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { checkSpec } from '../graph.ts';
import { lowerProgram } from '../lower-program.ts';
import { programForSizes, type Compilation } from './compilation.ts';

const machine = { registers: 16, lanes: 1, literalSizes: false };

function compilation(): Compilation {
  const x = input('x', ['H', 'W'], { storage: 'uint8' });
  const spec = { inputs: { x }, outputs: { y: mul(x, 2) } };
  const checked = checkSpec(spec);
  return { spec, checked, program: lowerProgram(checked.graph, machine), options: {} };
}

const sizes = (H: number, W: number): ReadonlyMap<string, number> => new Map([['H', H], ['W', W]]);

test('one program serves every size whose elements an integer of 32 bits counts; larger ones have a program of their own', () => {
  const known = compilation();
  const program = (H: number, W: number) => programForSizes(known, { machine }, sizes(H, W));
  expect(program(3, 4)).toBe(known.program);
  expect(program(2 ** 16, 2 ** 15 - 1)).toBe(known.program);
  expect(program(2 ** 16, 2 ** 15).sizes).toEqual([]);
});
