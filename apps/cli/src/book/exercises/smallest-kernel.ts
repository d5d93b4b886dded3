import { compile, type Backend } from '@xcorr/compiler';
import type { Matrix } from '@xcorr/golden';
import { corr2d, input } from '@xcorr/graph';
import { derivativeKernel } from '@xcorr/graph/analyses';
import { rowsOf } from '../matrix.ts';
import { check, checkEqual, matrixOf, type Answer, type Check, type Exercise } from './exercise.ts';
import { rank } from './rank.ts';

const code = `import { constant, corr2d } from '@xcorr/graph';
import { derivativeKernel } from '@xcorr/graph/analyses';

const d = 3;
const K = constant([derivativeKernel(d)]);
// Row k holds u^k at u = -3, ..., 3: the derivative of order d is 0 for k < d, and d! for k = d.
const powers = constant([0, 1, 2, 3].map((k) => [-3, -2, -1, 0, 1, 2, 3].map((u) => u ** k)));`;

const orders: readonly number[] = [1, 2, 3, 4, 5, 6];
const shown = 3;
const reach = 3;

const factorial = (order: number): number => (order < 2 ? 1 : order * factorial(order - 1));

/** Row k holds u^k: times the taps, the moments of a kernel. */
const powersOf = (order: number, from: number, count: number): Matrix => matrixOf(order + 1, count, (k, u) => (from + u) ** k);

/** The moments of the derivative of an order, up to that order: 0 but for the last. */
const wanted = (order: number): readonly number[] => Array.from({ length: order + 1 }, (_, k) => (k === order ? factorial(order) : 0));

/** What speaks for kernels of so many taps: the moments that they reach, and these with the wanted ones beside them. */
function ranks(order: number, taps: number): { readonly reached: number; readonly withWanted: number } {
  const reached = powersOf(order, 0, taps);
  return { reached: rank(reached), withWanted: rank(reached.map((row, k) => [...row, wanted(order)[k] ?? 0])) };
}

/** No kernel of so many taps is the derivative of its order: what is wanted lies beyond what can be reached. */
export function checkTooFew(tapsOf: (order: number) => number = (order) => order): Check {
  const enough = orders.filter((order) => ranks(order, tapsOf(order)).reached === ranks(order, tapsOf(order)).withWanted);
  return check('d taps, d = 1, ..., 6: the wanted moments raise the rank of the reachable ones from d to d + 1, so no kernel has them', enough.length === 0, `a kernel has them for d = ${enough.join(', ')}`);
}

/** With one tap more there is one kernel, and it is the given one. */
export function checkOnlyOne(kernelOf: (order: number) => readonly number[] = derivativeKernel): Check {
  const wrong = orders.filter((order) => {
    const taps = kernelOf(order);
    const { reached, withWanted } = ranks(order, taps.length);
    const moments = powersOf(order, 0, taps.length).map((row) => row.reduce((sum, power, u) => sum + power * (taps[u] ?? 0), 0));
    return reached !== taps.length || withWanted !== taps.length || moments.some((moment, k) => moment !== wanted(order)[k]);
  });
  return check('d + 1 taps: the rank is d + 1 with and without them, so one kernel has them, and it is derivativeKernel(d)', wrong.length === 0, `another one, several or none for d = ${wrong.join(', ')}`);
}

/** The kernels' responses to the powers up to their order, at positions about 0. */
async function responses(backend: Backend<'async'>): Promise<readonly Matrix[]> {
  const found: Matrix[] = [];
  for (const order of orders) {
    const count = Math.max(order + 2, 2 * reach + 1);
    const powers = input('powers', [order + 1, count]);
    const K = input('K', [1, order + 1]);
    const program = await compile({ inputs: { powers, K }, outputs: { Y: corr2d(powers, K) } }, backend);
    const { Y } = await program.run({ powers: powersOf(order, -reach, count), K: [derivativeKernel(order)] });
    found.push(rowsOf(Y, count - order));
  }
  return found;
}

export const smallestKernel: Exercise = async (backend): Promise<Answer> => {
  const found = await responses(backend);
  const checks = orders.map((order, index) => {
    const ours = found[index] ?? [];
    const expected = wanted(order).map((value) => (ours[0] ?? []).map(() => value));
    return checkEqual(`derivativeKernel(${order}) gives 0 for powers below ${order}, and ${factorial(order)} for u^${order}`, ours, expected);
  });
  return {
    number: '2.4',
    question: 'What is the minimum size of a kernel to obtain a derivative of order d?',
    code,
    results: [
      { what: 'K', value: [derivativeKernel(shown)] },
      { what: 'corr2d(powers, K)', value: found[orders.indexOf(shown)] ?? [] },
    ],
    answer: 'd + 1 taps. A derivative gives 0 for 1, u, ..., u^(d - 1): d equations, and d taps that solve them are all 0. One tap more is enough, and leaves one kernel: the difference, d times.',
    checks: [checkTooFew(), checkOnlyOne(), ...checks],
  };
};
