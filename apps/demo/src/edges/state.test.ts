import { kernels } from '@xcorr/image';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeNames } from '../compute/place-names.ts';
import { borderNames, directionViewNames, findNames, initialState, pairNames, pictureNames, readState, viewNames, writeState, type EdgesState } from './state.ts';
import { edges } from './tab.ts';

const oneOf = <Name>(names: readonly Name[]): fc.Arbitrary<Name> => fc.constantFrom(...names);
const names = Object.keys(kernels).filter((name): name is keyof typeof kernels => name in kernels);
const kernel: fc.Arbitrary<Pick<EdgesState, 'kernelName' | 'taps'>> = fc.oneof(
  oneOf(names).map((name) => ({ kernelName: name, taps: kernels[name] })),
  fc.tuple(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 15 })).chain(([rows, columns]) =>
    fc
      .array(fc.array(fc.integer({ min: -1000, max: 1000 }).map((tap) => tap / 8), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })
      .map((taps) => ({ kernelName: 'edited' as const, taps })),
  ),
);
const state: fc.Arbitrary<EdgesState> = fc
  .record({
    picture: oneOf(pictureNames.filter((name) => name !== 'own' && name !== 'camera')),
    find: oneOf(findNames),
    kernel,
    border: oneOf(borderNames),
    constant: fc.integer({ min: 0, max: 255 }),
    view: oneOf(viewNames),
    pair: oneOf(pairNames),
    directionView: oneOf(directionViewNames),
    thresholds: fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 })),
    norm: oneOf(['L1', 'L2'] as const),
    aperture: oneOf([3, 5] as const),
    smooth: fc.boolean(),
    place: oneOf(placeNames),
    divider: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ kernel, thresholds: [a, b], ...rest }) => ({ ...rest, ...kernel, low: Math.min(a, b), high: Math.max(a, b) }));

test('what a URL holds of a state is the state', () => {
  fc.assert(
    fc.property(state, (given) => {
      expect(readState(new URLSearchParams(writeState(given)))).toEqual(given);
    }),
    { seed: 11 },
  );
});

test('the initial state needs no parameters', () => {
  expect(writeState(initialState)).toEqual({});
  expect(readState(new URLSearchParams())).toEqual(initialState);
});

test('a picture of the reader is never in a URL', () => {
  expect(writeState({ ...initialState, picture: 'own' })).toEqual({});
  expect(writeState({ ...initialState, picture: 'camera' })).toEqual({});
  expect(readState(new URLSearchParams('picture=own')).picture).toBe('book');
});

test.each([
  'picture=passwords&find=all&border=&view=3&pair=x&as=y&norm=L3&aperture=4&smooth=1&on=mainframe',
  'kernel=1,2;3&constant=300&low=-1&high=1e9&divider=101',
  `kernel=${'1,'.repeat(40)}1`,
  'kernel=alert(1)&constant=NaN&low=Infinity',
  'kernel=__proto__',
  'kernel=1e308,-1e308',
])('parameters that are wrong count as absent: %s', (text) => {
  expect(edges.read(new URLSearchParams(text))).toEqual(initialState);
});

test('thresholds never cross', () => {
  expect(readState(new URLSearchParams('low=300&high=200'))).toMatchObject({ low: 200, high: 200 });
});
