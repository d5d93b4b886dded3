import { compile, type Backend } from '@xcorr/compiler';
import type { Matrix } from '@xcorr/golden';
import { conv2d, corr2d, input } from '@xcorr/graph';
import { toMatrix } from '@xcorr/graph/analyses';
import { rowsOf } from '../matrix.ts';
import { checkEqual, matrixOf, type Answer, type Exercise } from './exercise.ts';

const code = `import { constant, corr2d, matmul, reshape } from '@xcorr/graph';
import { toMatrix } from '@xcorr/graph/analyses';

const X = constant([[0, 1, 2], [3, 4, 5], [6, 7, 8]]);
const K = constant([[0, 1], [2, 3]]);
const Y = corr2d(X, K);
const { toeplitz, im2col } = toMatrix(Y);`;

const image = [[0, 1, 2], [3, 4, 5], [6, 7, 8]];
const kernel = [[0, 1], [2, 3]];

/** The row of T at position [p, q] holds the kernel there, among zeros. */
const kernelAmongZeros = matrixOf(4, 9, (position, element) => {
  const [down, right] = [Math.floor(element / 3) - Math.floor(position / 2), (element % 3) - (position % 2)];
  return kernel[down]?.[right] ?? 0;
});

/** The row of A at position [p, q] holds what lies under the kernel there. */
const patches = matrixOf(4, 4, (position, tap) => image[Math.floor(position / 2) + Math.floor(tap / 2)]?.[(position % 2) + (tap % 2)] ?? Number.NaN);

interface Products {
  readonly Y: Matrix;
  readonly T: Matrix;
  readonly A: Matrix;
  readonly byToeplitz: Matrix;
  readonly byPatches: Matrix;
}

async function ofBook(backend: Backend<'async'>): Promise<Products> {
  const [X, K] = [input('X', [3, 3]), input('K', [2, 2])];
  const Y = corr2d(X, K);
  const { toeplitz, im2col } = toMatrix(Y);
  const program = await compile({ inputs: { X, K }, outputs: { Y, T: toeplitz.matrix, A: im2col.matrix, byToeplitz: toeplitz.product, byPatches: im2col.product } }, backend);
  const results = await program.run({ X: image, K: kernel });
  return { Y: rowsOf(results.Y, 2), T: rowsOf(results.T, 9), A: rowsOf(results.A, 4), byToeplitz: rowsOf(results.byToeplitz, 2), byPatches: rowsOf(results.byPatches, 2) };
}

/** A layer of two images, two channels and three outputs, with strides and padding, in small whole numbers. */
async function ofLayer(backend: Backend<'async'>): Promise<Pick<Products, 'Y' | 'byToeplitz' | 'byPatches'>> {
  const [X, W] = [input('X', [2, 2, 5, 6]), input('W', [3, 2, 2, 3])];
  const Y = conv2d(X, W, { strides: 2, padding: 1 });
  const { toeplitz, im2col } = toMatrix(Y);
  const program = await compile({ inputs: { X, W }, outputs: { Y, byToeplitz: toeplitz.product, byPatches: im2col.product } }, backend);
  const small = (count: number, factor: number): Float32Array => Float32Array.from({ length: count }, (_, index) => ((index * factor) % 11) - 5);
  const results = await program.run({ X: small(120, 7), W: small(36, 3) });
  return { Y: rowsOf(results.Y, 3), byToeplitz: rowsOf(results.byToeplitz, 3), byPatches: rowsOf(results.byPatches, 3) };
}

export const matrixProduct: Exercise = async (backend): Promise<Answer> => {
  const { Y, T, A, byToeplitz, byPatches } = await ofBook(backend);
  const layer = await ofLayer(backend);
  return {
    number: '4',
    question: 'How do you represent a cross-correlation as a matrix multiplication, by changing the input and kernel tensors?',
    code,
    results: [
      { what: 'Y', value: Y },
      { what: 'toeplitz.matrix', value: T },
      { what: 'matmul(toeplitz.matrix, reshape(X, [9, 1]))', value: byToeplitz.flat().map((value) => [value]) },
      { what: 'im2col.matrix', value: A },
      { what: 'matmul(im2col.matrix, reshape(K, [4, 1]))', value: byPatches.flat().map((value) => [value]) },
    ],
    answer: 'In two ways: a Toeplitz matrix, whose rows are the kernel shifted, times the image as a column; or the patches under the kernel as rows (im2col), times the kernel as a column.',
    checks: [
      checkEqual('each row of the Toeplitz matrix is the kernel at one position, among zeros', T, kernelAmongZeros),
      checkEqual('each row of im2col is the patch under the kernel at one position', A, patches),
      checkEqual('the product with the Toeplitz matrix is corr2d(X, K), exactly', byToeplitz, Y),
      checkEqual('the product with the patches is corr2d(X, K), exactly', byPatches, Y),
      checkEqual('and so it is for a layer with channels, strides and padding: Toeplitz', layer.byToeplitz, layer.Y),
      checkEqual('and so it is for a layer with channels, strides and padding: patches', layer.byPatches, layer.Y),
    ],
  };
};
