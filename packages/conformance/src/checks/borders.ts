import { borderModes, corr2d, extend, grad, input, maxPool, mean, mul, pad, reshape, sub, sum, tabulate, type BorderMode, type DType, type Dimension, type Tensor } from '@xcorr/graph';
import type { Check } from '../suite/check.ts';
import { programsCheck, type Described, type Programs } from './described.ts';

export type BorderName = `borders: ${BorderMode}` | 'borders: padded' | 'borders: pictures smaller than the border';
const nameOf = (mode: BorderMode): `borders: ${BorderMode}` => `borders: ${mode}`;

const picture = (dtype: DType, height: Dimension, width: Dimension): Tensor => input('photo', [height, width], { dtype });
const kernel = [[1, 2, -1], [0, 1, 3], [2, -2, 1]];
const around = (amount: number): { readonly low: readonly number[]; readonly high: readonly number[] } => ({ low: [amount, amount], high: [amount, amount] });

/** Pictures of one pixel, of one row, of one column, smaller than the border, as large, larger: peeled loops have no iterations there. */
const small: readonly Readonly<Record<string, number>>[] = [
  { H: 1, W: 1 },
  { H: 1, W: 2 },
  { H: 3, W: 1 },
  { H: 2, W: 2 },
  { H: 2, W: 19 },
  { H: 17, W: 3 },
  { H: 18, W: 21 },
];

/** The same over numbers and over named sizes. */
function inBothWays(dtype: DType, make: (photo: Tensor) => Tensor): Readonly<Record<'literal' | 'one pixel' | 'named', Described>> {
  return {
    literal: { outputs: { y: make(picture(dtype, 7, 19)) } },
    'one pixel': { outputs: { y: make(picture(dtype, 1, 1)) } },
    named: { outputs: { y: make(picture(dtype, 'H', 'W')) }, bindings: small },
  };
}

const inAllWays = (dtype: DType, makers: Readonly<Record<string, (photo: Tensor) => Tensor>>): Readonly<Record<string, Described>> =>
  Object.fromEntries(Object.entries(makers).flatMap(([name, make]) => Object.entries(inBothWays(dtype, make)).map(([way, described]) => [`${name}, ${way}`, described])));

const extended =
  (mode: BorderMode): Programs =>
  (dtype) => {
    const weights = input('weights', [11, 26], { dtype });
    const photo = picture(dtype, 7, 19);
    return {
      ...inAllWays(dtype, {
        alone: (x) => extend(x, { mode, low: [1, 3], high: [2, 1] }),
        'farther than the picture': (x) => extend(x, { mode, low: [5, 0], high: [0, 7] }),
        filtered: (x) => corr2d(extend(x, { mode, ...around(1) }), kernel),
        'a difference from the middle': (x) => sub(corr2d(extend(x, { mode, low: [0, 2], high: [0, 2] }), [[1, -2, 3, -2, 1]]), x),
      }),
      gradient: { outputs: { y: grad(sum(mul(extend(photo, { mode, low: [3, 2], high: [1, 5] }), weights)), [photo])[0] } },
    };
  };

const padded: Programs = (dtype) =>
  inAllWays(dtype, {
    alone: (x) => pad(x, { low: [2, 1], high: [1, 3], value: 5 }),
    filtered: (x) => corr2d(x, kernel, { padding: 1 }),
    'full': (x) => corr2d(x, kernel, { padding: 'full' }),
    'a stride': (x) => corr2d(x, kernel, { padding: 'same', strides: 2 }),
    pooled: (x) => maxPool(reshape(x, [1, 1, ...x.shape]), [3, 3], { strides: 1, padding: 1 }),
  });

const smaller: Programs = (dtype) => {
  const photo = picture(dtype, 'H', 'W');
  return {
    'a wide kernel': { outputs: { y: corr2d(photo, [[1, 2, 3, 4, 5, -4, -3, -2, -1]], { padding: 'same' }) }, bindings: small },
    'a tall kernel': { outputs: { y: corr2d(photo, [[1], [2], [3], [-2], [-1], [2], [1]], { padding: 'same' }) }, bindings: small },
    'two borders': { outputs: { y: corr2d(extend(corr2d(photo, kernel, { padding: 1 }), { mode: 'reflect', ...around(2) }), [[1, 0, 0, 0, -1]]) }, bindings: small },
    'its mean': { outputs: { y: mean(corr2d(photo, kernel, { padding: 2 })) }, bindings: [{ H: 1, W: 1 }, { H: 2, W: 4 }], set: 'real' },
  };
};

const modeOf = (name: string): BorderMode => borderModes.find((mode) => nameOf(mode) === name) ?? 'edge';

/** What stands beyond a picture, by all modes, over literal and named sizes. */
export const borderPrograms: Readonly<Record<BorderName, Programs>> = {
  ...tabulate(borderModes.map(nameOf), (name) => extended(modeOf(name))),
  'borders: padded': padded,
  'borders: pictures smaller than the border': smaller,
};

export const borderChecks: Readonly<Record<BorderName, Check>> = {
  ...tabulate(borderModes.map(nameOf), (name) => programsCheck(`a border of the mode ${modeOf(name)}, however far it reaches`, borderPrograms[name])),
  'borders: padded': programsCheck('a border of one value', padded),
  'borders: pictures smaller than the border': programsCheck('loops of no iterations: nothing lies between the borders of a small picture', smaller),
};
