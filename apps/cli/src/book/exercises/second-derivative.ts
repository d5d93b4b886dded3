import { compile, type Backend } from '@xcorr/compiler';
import type { Matrix } from '@xcorr/golden';
import { abs, constant, corr2d, input, reduceMax } from '@xcorr/graph';
import { largestResponse } from '@xcorr/image';
import { rowsOf } from '../matrix.ts';
import { check, checkEqual, matrixOf, shortly, type Answer, type Exercise } from './exercise.ts';

const code = `import { abs, constant, corr2d, evaluate, input, reduceMax } from '@xcorr/graph';

const D = constant([[-1, 1]]); // f(x + 1) - f(x)
const K = constant([[1, -2, 1]]); // (f(x + 1) - f(x)) - (f(x) - f(x - 1))
const squares = constant([[0, 1, 4, 9, 16, 25]]); // the second derivative of x^2 is 2

// In two dimensions, along both axes: K plus its transpose.
const laplacian = constant([[0, 1, 0], [1, -4, 1], [0, 1, 0]]);
const X = input('X', [5, 5]);
const strongest = reduceMax(abs(corr2d(X, laplacian)));

const five = [0, 1, 2, 3, 4];
const flat = five.map(() => five.map(() => 1));
const ramp = five.map((i) => five.map((j) => i + 2 * j));
const edge = five.map(() => five.map((j) => Number(j >= 2)));
const corner = five.map((i) => five.map((j) => Number(i >= 2 && j >= 2)));
const line = five.map(() => five.map((j) => Number(j === 2)));
const end = five.map((i) => five.map((j) => Number(i >= 2 && j === 2)));
const point = five.map((i) => five.map((j) => Number(i === 2 && j === 2)));`;

const laplacian = [[0, 1, 0], [1, -4, 1], [0, 1, 0]];

/** Pictures of one structure each; but for the ramp, black is 0 and white is 1. */
const structures = {
  flat: matrixOf(5, 5, () => 1),
  ramp: matrixOf(5, 5, (i, j) => i + 2 * j),
  edge: matrixOf(5, 5, (_, j) => Number(j >= 2)),
  corner: matrixOf(5, 5, (i, j) => Number(i >= 2 && j >= 2)),
  line: matrixOf(5, 5, (_, j) => Number(j === 2)),
  end: matrixOf(5, 5, (i, j) => Number(i >= 2 && j === 2)),
  point: matrixOf(5, 5, (i, j) => Number(i === 2 && j === 2)),
} as const;

async function alongRow(backend: Backend<'async'>): Promise<{ readonly once: Matrix; readonly twice: Matrix }> {
  const x = input('x', [1, 6]);
  const D = constant([[-1, 1]]);
  const program = await compile({ inputs: { x }, outputs: { once: corr2d(x, [[1, -2, 1]]), twice: corr2d(corr2d(x, D), D) } }, backend);
  const { once, twice } = await program.run({ x: [[0, 1, 4, 9, 16, 25]] });
  return { once: rowsOf(once, 4), twice: rowsOf(twice, 4) };
}

async function strongestResponses(backend: Backend<'async'>): Promise<Readonly<Record<keyof typeof structures, number>>> {
  const X = input('X', [5, 5]);
  const program = await compile({ inputs: { X }, outputs: { strongest: reduceMax(abs(corr2d(X, constant(laplacian)))) } }, backend);
  const strongest = async (picture: Matrix): Promise<number> => (await program.run({ X: picture })).strongest.item();
  return {
    flat: await strongest(structures.flat),
    ramp: await strongest(structures.ramp),
    edge: await strongest(structures.edge),
    corner: await strongest(structures.corner),
    line: await strongest(structures.line),
    end: await strongest(structures.end),
    point: await strongest(structures.point),
  };
}

export const secondDerivative: Exercise = async (backend): Promise<Answer> => {
  const { once, twice } = await alongRow(backend);
  const strongest = await strongestResponses(backend);
  const { flat, ramp, edge, corner, line, end, point } = strongest;
  const most = largestResponse(laplacian);
  const listed = Object.entries(strongest).map(([name, response]) => `${name} ${shortly(response)}`).join(', ');
  return {
    number: '2.2',
    question: 'Derive a finite difference operator for the second derivative. What is the least size of its kernel? Which structures respond most strongly?',
    code,
    results: [
      { what: 'corr2d(corr2d(squares, D), D)', value: twice },
      { what: 'corr2d(squares, K)', value: once },
      ...Object.entries(strongest).map(([name, response]) => ({ what: `evaluate(strongest, { X: ${name} })`, value: [[response]] })),
    ],
    answer:
      'The difference of differences is [1, -2, 1]: three taps, and two are too few (see 2.4). Flat parts and ramps, however steep, give 0, an edge little; thin lines and corners more, ends of lines more still, and points most.',
    checks: [
      checkEqual('K does in one step what D does in two', once, twice),
      checkEqual('it gives 2 for x^2', once, [[2, 2, 2, 2]]),
      check('flat parts and ramps give 0', flat === 0 && ramp === 0, listed),
      check('0 < edge < line = corner < end of a line < point', edge > 0 && edge < line && line === corner && corner < end && end < point, listed),
      check('no picture of values from 0 to 1 gives more than the point', Math.abs(point - most) <= 1e-6, `${shortly(point)}, and there is one with ${shortly(most)}`),
    ],
  };
};
