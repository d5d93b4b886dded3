import { compile, type Backend } from '@xcorr/compiler';
import type { Matrix } from '@xcorr/golden';
import { add, conv2d, corr2d, input, mul, reshape, transpose } from '@xcorr/graph';
import { directionalKernel } from '@xcorr/image';
import { rowsOf } from '../matrix.ts';
import { check, checkEqual, matrixOf, shortly, type Answer, type Exercise } from './exercise.ts';

const code = `import { add, constant, conv2d, corr2d, mul, reshape, transpose } from '@xcorr/graph';

// The slope down the rows, averaged over three columns; transposed, it is the slope along the columns.
const down = constant([[-3, -10, -3], [0, 0, 0], [3, 10, 3]].map((row) => row.map((tap) => tap / 32)));
const [v1, v2] = [3, 4];
const K = add(mul(v1, down), mul(v2, transpose(down)));

// 24 soft edges: the first gets brighter along v, each of the others along v turned by 15 degrees more.
const edges = Array.from({ length: 24 }, (_, step) => {
  const angle = Math.atan2(v1, v2) + (step * Math.PI) / 12;
  return [-1, 0, 1].map((i) => [-1, 0, 1].map((j) => 1 / (1 + Math.exp(-i * Math.sin(angle) - j * Math.cos(angle)))));
});
const responses = conv2d(reshape(constant(edges), [24, 1, 3, 3]), reshape(K, [1, 1, 3, 3]));
const plane = constant([0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => v1 * i + v2 * j)));`;

const v: readonly [number, number] = [3, 4];
const turns = 24;

const edges = Array.from({ length: turns }, (_, step): Matrix => {
  const angle = Math.atan2(...v) + (step * Math.PI) / 12;
  return matrixOf(3, 3, (i, j) => 1 / (1 + Math.exp(-(i - 1) * Math.sin(angle) - (j - 1) * Math.cos(angle))));
});

async function computed(backend: Backend<'async'>): Promise<{ readonly kernel: Matrix; readonly responses: readonly number[]; readonly slope: Matrix }> {
  const down = input('down', [3, 3]);
  const E = input('edges', [turns, 1, 3, 3]);
  const plane = input('plane', [4, 4]);
  const K = add(mul(v[0], down), mul(v[1], transpose(down)));
  const program = await compile({ inputs: { down, E, plane }, outputs: { K, responses: conv2d(E, reshape(K, [1, 1, 3, 3])), slope: corr2d(plane, K) } }, backend);
  const results = await program.run({
    down: [[-3, -10, -3], [0, 0, 0], [3, 10, 3]].map((row) => row.map((tap) => tap / 32)),
    E: edges.map((edge) => [edge]),
    plane: matrixOf(4, 4, (i, j) => v[0] * i + v[1] * j),
  });
  return { kernel: rowsOf(results.K, 3), responses: [...results.responses.data], slope: rowsOf(results.slope, 2) };
}

export const directionalEdges: Exercise = async (backend): Promise<Answer> => {
  const { kernel, responses, slope } = await computed(backend);
  const [along = Number.NaN] = responses;
  const at = (degrees: number): number => responses[degrees / 15] ?? Number.NaN;
  const rivals = responses.flatMap((response, step) => (step !== 0 && !(response < along) ? [15 * step] : []));
  const largest = Math.max(...[90, 270].map((degrees) => Math.abs(at(degrees))));
  return {
    number: '2.1',
    question: 'Given a vector v = (v1, v2), derive a kernel that detects edges orthogonal to v, that is, edges in the direction (v2, -v1).',
    code,
    results: [
      { what: 'K', value: kernel },
      { what: 'reshape(responses, [4, 6])', value: Array.from({ length: 4 }, (_, quarter) => responses.slice(6 * quarter, 6 * quarter + 6)) },
      { what: 'corr2d(plane, K)', value: slope },
    ],
    answer:
      'The derivative along v is v1 times the one down the rows plus v2 times the one along the columns, and so is its kernel. It answers most to an edge across v, with the other sign where v points into the dark, and hardly to one along v.',
    checks: [
      checkEqual('K is directionalKernel([3, 4]) of @xcorr/image', kernel, directionalKernel(v), 1e-6),
      check('of 24 edges, the one orthogonal to v gets the largest response', rivals.length === 0, `${shortly(along)}, and no less for the edges turned by ${rivals.join(', ')} degrees`),
      check('the edge turned by 180 degrees gets the negative of it', Math.abs(at(180) + along) <= 1e-5 * Math.abs(along), `${shortly(at(180))} beside ${shortly(along)}`),
      check('edges along v, turned by 90 and 270 degrees, get less than 1 % of it', largest < 0.01 * along, `${shortly(largest)} beside ${shortly(along)}`),
      checkEqual('the slope of the plane v1 i + v2 j along v is v1^2 + v2^2 = 25', slope, matrixOf(2, 2, () => v[0] ** 2 + v[1] ** 2), 1e-4),
    ],
  };
};
