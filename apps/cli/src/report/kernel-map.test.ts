import { expect, test } from 'vitest';
import { kernelMap } from './kernel-map.ts';

function cells(markup: string): readonly string[] {
  return Array.from(markup.matchAll(/<rect class="(\w+)" [^>]*fill-opacity="([\d.]+)"><title>([^<]*)</g), ([, colour = '', strength = '', title = '']) => `${colour} ${strength} ${title}`);
}

test('each tap is a cell: its colour is its sign, its strength its size, and its number stands in it', () => {
  const { markup } = kernelMap([[1, -2], [0, 0.5]], 'The learned kernel');
  expect(cells(markup)).toEqual(['positive 0.5 row 1, column 1: 1.0000', 'negative 1 row 1, column 2: -2.0000', 'positive 0 row 2, column 1: 0.0000', 'positive 0.25 row 2, column 2: 0.5000']);
  expect(Array.from(markup.matchAll(/<text [^>]*>([^<]*)</g), ([, text]) => text)).toEqual(['1.0000', '-2.0000', '0.0000', '0.5000']);
  expect(markup).toContain('aria-label="The learned kernel: 1.0000, -2.0000; 0.0000, 0.5000"');
});

test('a kernel of zeros has no colour, a wide one no numbers in its cells', () => {
  expect(cells(kernelMap([[0, 0]], 'The difference').markup)).toEqual(['positive 0 row 1, column 1: 0.0000', 'positive 0 row 1, column 2: 0.0000']);
  const wide = kernelMap([Array.from({ length: 31 }, (_, index) => index)], 'A wide kernel').markup;
  expect(cells(wide).length).toBe(31);
  expect(wide).not.toContain('<text');
});
