import { compile } from '@xcorr/compiler';
import { constant, corr2d, div, input, mean, square, sub, sum, type Tensor } from '@xcorr/graph';
import { rowsOf } from '../matrix.ts';
import { check, checkEqual, matrixOf, shortly, type Answer, type Exercise } from './exercise.ts';

const code = `import { constant, corr2d, div, mean, ones, square, sub, sum, type Tensor } from '@xcorr/graph';

const K = constant([[1, 2, 1], [2, 4, 2], [1, 2, 1]].map((row) => row.map((tap) => tap / 16)));
const D = constant([[-1, 1]]);

// Values between 0 and 1 that have nothing to do with one another.
let seed = 1;
const next = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
const noise = constant(Array.from({ length: 256 }, () => Array.from({ length: 256 }, next)));

const variance = (X: Tensor) => mean(square(sub(X, mean(X))));
const kept = div(variance(corr2d(noise, K)), variance(noise));
const ofEdges = div(variance(corr2d(noise, D)), variance(noise));
const ofBlurredEdges = div(variance(corr2d(corr2d(noise, K), D)), variance(noise));`;

const side = 256;
const taps = [[1, 2, 1], [2, 4, 2], [1, 2, 1]].map((row) => row.map((tap) => tap / 16));
/** How far the share of the variance that is left may be from what theory says of infinitely many values. */
const tolerance = 0.05;

function noise(): readonly (readonly number[])[] {
  let seed = 1;
  return matrixOf(side, side, () => (seed = (seed * 48271) % 2147483647) / 2147483647);
}

const variance = (X: Tensor): Tensor => mean(square(sub(X, mean(X))));

function checkShare(claim: string, share: number, expected: number): ReturnType<typeof check> {
  return check(claim, Math.abs(share - expected) <= tolerance * expected, `${shortly(share)} instead of ${shortly(expected)}`);
}

export const blur: Exercise = async (backend): Promise<Answer> => {
  const X = input('noise', [side, side]);
  const flat = input('flat', [4, 4]);
  const K = input('K', [3, 3]);
  const D = constant([[-1, 1]]);
  const blurred = corr2d(X, K);
  const before = variance(X);
  const program = await compile(
    {
      inputs: { X, flat, K },
      outputs: {
        flatter: corr2d(flat, K),
        squares: sum(square(K)),
        kept: div(variance(blurred), before),
        ofEdges: div(variance(corr2d(X, D)), before),
        ofBlurredEdges: div(variance(corr2d(blurred, D)), before),
      },
    },
    backend,
  );
  const results = await program.run({ X: noise(), flat: matrixOf(4, 4, () => 1), K: taps });
  const flatter = rowsOf(results.flatter, 2);
  const [squares, kept, ofEdges, ofBlurredEdges] = [results.squares.item(), results.kept.item(), results.ofEdges.item(), results.ofBlurredEdges.item()];
  return {
    number: '2.3',
    question: 'How would you design a blur kernel? Why might you want to use such a kernel?',
    code,
    results: [
      { what: 'K', value: taps },
      { what: 'corr2d(ones([4, 4]), K)', value: flatter },
      { what: 'sum(square(K))', value: [[squares]] },
      { what: 'kept', value: [[kept]] },
      { what: 'ofEdges', value: [[ofEdges]] },
      { what: 'ofBlurredEdges', value: [[ofBlurredEdges]] },
    ],
    answer:
      'Taps that are not negative, add up to 1 and fall off from the middle: a weighted mean. What is flat stays, and of the variance of noise the sum of the squared taps is left. Differences double it: behind a blur a tenth is left of it instead, and edges stand out.',
    checks: [
      checkEqual('a flat picture stays as it is', flatter, matrixOf(2, 2, () => 1), 1e-6),
      check('the squared taps add up to 36 / 256', Math.abs(squares - 36 / 256) <= 1e-6, shortly(squares)),
      checkShare('kept: of the variance of noise the sum of the squared taps is left, within 5 %', kept, 36 / 256),
      checkShare('ofEdges: [-1, 1] doubles it, within 5 %', ofEdges, 2),
      checkShare('ofBlurredEdges: behind the blur 3 / 32 are left, within 5 %', ofBlurredEdges, 3 / 32),
    ],
  };
};
