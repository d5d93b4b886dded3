import { compile, type Backend } from '@xcorr/compiler';
import type { Matrix } from '@xcorr/golden';
import { constant, corr2d, input, transpose } from '@xcorr/graph';
import { rowsOf } from '../matrix.ts';
import { checkEqual, matrixOf, negated, transposed, type Answer, type Exercise } from './exercise.ts';

/** The program: 1.1 does not transpose. */
const codeFor = (names: string): string => `import { ${names} } from '@xcorr/graph';

// White on and below the diagonal, black above it.
const X = constant(Array.from({ length: 6 }, (_, i) => Array.from({ length: 8 }, (_, j) => Number(j <= i))));
const K = constant([[1, -1]]);`;

const [rows, columns] = [6, 8];
const image = matrixOf(rows, columns, (i, j) => Number(j <= i));

/** The image beside one with the chapter's vertical edges alone, each with K, transposed, and with K transposed. */
async function responses(backend: Backend<'async'>): Promise<{ readonly of: Matrix; readonly ofTransposed: Matrix; readonly byTransposed: Matrix; readonly verticalByTransposed: Matrix }> {
  const X = input('X', [rows, columns]);
  const vertical = input('vertical', [rows, columns]);
  const K = constant([[1, -1]]);
  const program = await compile(
    { inputs: { X, vertical }, outputs: { of: corr2d(X, K), ofTransposed: corr2d(transpose(X), K), byTransposed: corr2d(X, transpose(K)), verticalByTransposed: corr2d(vertical, transpose(K)) } },
    backend,
  );
  const results = await program.run({ X: image, vertical: matrixOf(rows, columns, (_, j) => Number(j < 2 || j > 5)) });
  return {
    of: rowsOf(results.of, columns - 1),
    ofTransposed: rowsOf(results.ofTransposed, rows - 1),
    byTransposed: rowsOf(results.byTransposed, columns),
    verticalByTransposed: rowsOf(results.verticalByTransposed, columns),
  };
}

export const diagonalEdges: Exercise = async (backend): Promise<Answer> => {
  const { of } = await responses(backend);
  return {
    number: '1.1',
    question: 'Construct an image X with diagonal edges. What happens if you apply the kernel K = [1, -1] to it?',
    code: codeFor('constant, corr2d'),
    results: [
      { what: 'X', value: image },
      { what: 'corr2d(X, K)', value: of },
    ],
    answer: 'K compares each element with its right neighbour, and every row crosses the edge once: the edge comes out as a diagonal line of ones, one element wide.',
    checks: [checkEqual('1 where j = i, the last white element of row i; 0 elsewhere', of, matrixOf(rows, columns - 1, (i, j) => Number(i === j)))],
  };
};

export const diagonalEdgesOfTransposed: Exercise = async (backend): Promise<Answer> => {
  const { ofTransposed, byTransposed } = await responses(backend);
  return {
    number: '1.2',
    question: 'What happens if you transpose X?',
    code: codeFor('constant, corr2d, transpose'),
    results: [{ what: 'corr2d(transpose(X), K)', value: ofTransposed }],
    answer: 'The edge is still found, for transposed it is a diagonal again; vertical edges would become horizontal and be lost. It now goes from dark to light, so its sign is the other one.',
    checks: [
      checkEqual('-1 where j = i - 1, the last black element of row i; 0 elsewhere', ofTransposed, matrixOf(columns, rows - 1, (i, j) => 0 - Number(j === i - 1))),
      checkEqual('the same as K transposed applied to X, and the result transposed', ofTransposed, transposed(byTransposed)),
    ],
  };
};

export const diagonalEdgesByTransposed: Exercise = async (backend): Promise<Answer> => {
  const { of, byTransposed, verticalByTransposed } = await responses(backend);
  const shared = (matrix: Matrix): Matrix => matrix.slice(0, rows - 1).map((row) => row.slice(1, columns - 1));
  return {
    number: '1.3',
    question: 'What happens if you transpose K?',
    code: `${codeFor('constant, corr2d, transpose')}
const vertical = constant(Array.from({ length: 6 }, () => [1, 1, 0, 0, 0, 0, 1, 1]));`,
    results: [
      { what: 'corr2d(X, transpose(K))', value: byTransposed },
      { what: 'corr2d(vertical, transpose(K))', value: verticalByTransposed },
    ],
    answer: 'K transposed compares each element with the one below. It finds the diagonal edge as K does, with the other sign and one element further right; of the vertical edges of the chapter it sees nothing.',
    checks: [
      checkEqual('-1 where j = i + 1, the last black element of column j; 0 elsewhere', byTransposed, matrixOf(rows - 1, columns, (i, j) => 0 - Number(j === i + 1))),
      checkEqual('the negative of what K finds, one element further right', shared(byTransposed), negated(of.slice(0, rows - 1).map((row) => row.slice(0, columns - 2)))),
      checkEqual('0 everywhere for vertical edges', verticalByTransposed, matrixOf(rows - 1, columns, () => 0)),
    ],
  };
};
