import { kernels } from '@xcorr/image';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readState, writeState } from './parameters.ts';
import { imageNames, initial, largestTap, optimiserNames, paces, startNames, targetNames, type LearnState } from './state.ts';

const states: fc.Arbitrary<LearnState> = fc.record({
  image: fc.constantFrom(...imageNames),
  target: fc.constantFrom(...targetNames, 'drawn' as const),
  drawn: fc.integer({ min: 1, max: 7 }).chain((columns) => fc.array(fc.array(fc.double({ min: -largestTap, max: largestTap, noNaN: true }).map((each) => each + 0), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 7 })),
  start: fc.constantFrom(...startNames),
  seed: fc.nat(),
  optimiser: fc.constantFrom(...optimiserNames),
  rate: fc.double({ min: 0, max: 1e6, noNaN: true }),
  momentum: fc.double({ min: 0, max: 0.999, noNaN: true }),
  whiten: fc.boolean(),
  steps: fc.integer({ min: 1, max: 1_000_000 }),
  pace: fc.constantFrom(...paces),
});

test('a state comes back from its parameters', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(readState(new URLSearchParams(writeState(state)))).toEqual(state);
    }),
    { seed: 1 },
  );
});

test('what is initial is not written', () => {
  expect(writeState(initial)).toEqual({});
  expect(writeState({ ...initial, rate: 0.05 })).toEqual({ rate: '0.05' });
});

test('what is wrong counts as absent', () => {
  expect(readState(new URLSearchParams('image=x&target=dog&drawn=1,2;3&start=&seed=-1&optimiser=toString&rate=NaN&momentum=1&whiten=yes&steps=0&pace=1e9'))).toEqual(initial);
  expect(readState(new URLSearchParams('drawn=1e308,1;2,3'))).toEqual(initial);
});

test('the targets are the named kernels of up to seven rows and columns', () => {
  const small = Object.entries(kernels).filter(([, kernel]) => kernel.length <= 7 && kernel.every((row) => row.length <= 7));
  expect([...targetNames].sort()).toEqual(small.map(([name]) => name).sort());
});
