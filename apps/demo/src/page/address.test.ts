import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { readAddress, writeAddress } from './address.ts';
import { tabNames } from './tab.ts';

test('a tab and its parameters are read back as they were written', () => {
  fc.assert(
    fc.property(fc.constantFrom(...tabNames), fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })), (tab, parameters) => {
      const read = readAddress(writeAddress(tab, parameters), tabNames);
      expect(read.tab).toBe(tab);
      expect([...read.parameters]).toEqual(Object.entries(parameters));
    }),
    seeded(100),
  );
});

test('a matrix is legible', () => {
  expect(writeAddress('slide', { kernel: '0,1;2,3' })).toBe('#slide?kernel=0,1;2,3');
});

test('what is no address is no tab, and never an error', () => {
  for (const hash of ['', '#', '#nowhere', '#__proto__?a=1', '#slide%3Fkernel', '#%E0%A4%A', `#slide?kernel=${'1,'.repeat(60_000)}`]) expect(readAddress(hash, tabNames).tab).toBeUndefined();
  expect(readAddress('#slide?kernel=%E0%A4%A&&=&?', tabNames).tab).toBe('slide');
});
