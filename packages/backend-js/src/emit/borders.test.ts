import { programFor } from '@xcorr/compiler';
import { corr2d, extend, input, pad, type BorderMode, type Dimension, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { js } from '../index.ts';
import { emitProgram } from './emit-program.ts';

type Border = BorderMode | 'zero';

const borders: readonly Border[] = ['zero', 'edge', 'reflect', 'symmetric', 'wrap'];

/** A picture filtered as large as it is, with taps that are known or fed. */
function filtered(border: Border, [height, width]: readonly [Dimension, Dimension], taps: number, isKnown: boolean): string {
  const photo = input('photo', [height, width]);
  const fed = input('taps', [taps, taps]);
  const kernel: Tensor | readonly (readonly number[])[] = isKnown ? Array.from({ length: taps }, (_, row) => Array.from({ length: taps }, (_, column) => 2 + row + 3 * column)) : fed;
  const [before, behind] = [taps >> 1, taps - 1 - (taps >> 1)];
  const around = { low: [before, before], high: [behind, behind] };
  const y = corr2d(border === 'zero' ? pad(photo, around) : extend(photo, { mode: border, ...around }), kernel);
  return emitProgram(programFor({ inputs: isKnown ? { photo } : { photo, taps: fed }, outputs: { y } }, js()));
}

/** The lines of a source that stand in at least two loops, with the variables of the loops around each. */
function linesInLoops(source: string): readonly { readonly text: string; readonly loops: readonly string[] }[] {
  const open: (string | undefined)[] = [];
  const lines: { readonly text: string; readonly loops: readonly string[] }[] = [];
  for (const line of source.split('\n')) {
    const text = line.trim();
    if (text.startsWith('}')) open.pop();
    const loops = open.filter((each) => each !== undefined);
    if (loops.length > 1 && !text.endsWith('{')) lines.push({ text, loops });
    if (text.endsWith('{')) open.push(/^for \(let (\w+)/.exec(text)?.[1]);
  }
  return lines;
}

/** A condition, or a call of something that maps an index of a loop: a product does not. */
const asks = /\?|\b(?!imul)\w+\(.*\b[ir]\d/;

const isBetween = (variable: string): boolean => !/_(?:low|high)/.test(variable);

describe.each(borders)('the border %s', (border) => {
  describe.each([
    ['of any size', ['H', 'W']],
    ['of a known size', [64, 48]],
  ] as const)('of a picture %s', (_, sizes) => {
    test.each([
      ['3 x 3 known taps', 3, true],
      ['2 x 2 fed taps', 2, false],
      ['9 x 9 fed taps', 9, false],
    ] as const)('%s: nothing asks where it is between the borders', (_, taps, isKnown) => {
      const between = linesInLoops(filtered(border, sizes, taps, isKnown)).filter(({ loops }) => loops.every(isBetween));
      expect(between.filter(({ text }) => text.includes('b0[')).length).toBeGreaterThan(0);
      expect(between.filter(({ text }) => asks.test(text))).toEqual([]);
    });
  });

  test('what asks stands in the loops over the borders', () => {
    const asking = linesInLoops(filtered(border, ['H', 'W'], 3, false)).filter(({ text }) => asks.test(text));
    expect(asking.length).toBeGreaterThan(0);
    for (const { loops } of asking) expect(loops.every(isBetween)).toBe(false);
  });
});

test('what maps an index is written once, in programs that call it', () => {
  const count = (source: string, name: string): number => source.split(`const ${name} = (`).length - 1;
  for (const border of borders) {
    const source = filtered(border, ['H', 'W'], 5, false);
    expect(['reflect', 'symmetric'].map((name) => count(source, name))).toEqual(['reflect', 'symmetric'].map((name) => Number(name === border)));
  }
  const photo = input('photo', ['H', 'W']);
  const both = extend(extend(photo, { mode: 'reflect', low: [1] }), { mode: 'symmetric', high: [0, 2] });
  const source = emitProgram(programFor({ inputs: { photo }, outputs: { both } }, js()));
  expect(['reflect', 'symmetric', 'power'].map((name) => count(source, name))).toEqual([1, 1, 0]);
});
