import { compile } from '@xcorr/compiler';
import { corr2d, input } from '@xcorr/graph';
import { integralKernel } from '@xcorr/image';
import { rowsOf } from '../matrix.ts';
import { checkEqual, type Answer, type Exercise } from './exercise.ts';

const code = `import { corr2d, ones } from '@xcorr/graph';

const x = [[3, 1, 4, 1, 5, 9, 2, 6]];
const D = [[-1, 1]];
const three = corr2d(x, ones([1, 3])); // the integral over a window of three
const sums = corr2d(x, ones([1, 8]), { padding: [0, [7, 0]] }); // from the start of the row to each element
const back = corr2d(sums, D, { padding: [0, [1, 0]] });
const differences = corr2d(x, D, { padding: [0, [1, 0]] });
const forth = corr2d(differences, ones([1, 8]), { padding: [0, [7, 0]] });`;

const row = [3, 1, 4, 1, 5, 9, 2, 6];

export const integral: Exercise = async (backend): Promise<Answer> => {
  const x = input('x', [1, row.length]);
  const D = [[-1, 1]];
  const [before, one]: readonly [readonly [number, number], readonly [number, number]] = [[row.length - 1, 0], [1, 0]];
  const all = integralKernel([1, row.length]);
  const sums = corr2d(x, all, { padding: [0, before] });
  const differences = corr2d(x, D, { padding: [0, one] });
  const program = await compile(
    {
      inputs: { x },
      outputs: { three: corr2d(x, integralKernel([1, 3])), sums, back: corr2d(sums, D, { padding: [0, one] }), forth: corr2d(differences, all, { padding: [0, before] }) },
    },
    backend,
  );
  const results = await program.run({ x: [row] });
  const [three, running, back, forth] = [rowsOf(results.three, 6), rowsOf(results.sums, 8), rowsOf(results.back, 8), rowsOf(results.forth, 8)];
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  return {
    number: '2, of an earlier edition',
    question: 'What is the kernel for an integral?',
    code,
    results: [
      { what: 'three', value: three },
      { what: 'sums', value: running },
      { what: 'back', value: back },
      { what: 'forth', value: forth },
    ],
    answer: 'Taps of 1: they sum what is under the window. A window that reaches back to the start gives the running sum, which undoes the difference and is undone by it.',
    checks: [
      checkEqual('three: each the sum of three neighbours', three, [row.slice(2).map((_, start) => total(row.slice(start, start + 3)))]),
      checkEqual('sums: each the sum of all up to there', running, [row.map((_, last) => total(row.slice(0, last + 1)))]),
      checkEqual('back: the difference of the running sum is x', back, [row]),
      checkEqual('forth: the running sum of the difference is x', forth, [row]),
    ],
  };
};
