import { book } from '@xcorr/golden';
import { describe, expect, test } from 'vitest';
import type { Circumstances } from '../../testing/circumstances.ts';
import { demoInBrowsers } from '../../testing/open-demo.ts';
import type { Person, Target } from '../../testing/person.ts';
import { sideways } from '../../testing/accessibility.ts';
import { english } from './words/english.ts';

const openDemo = demoInBrowsers();

const button = (name: string): Target => ({ role: 'button', name });
const list = (name: string): Target => ({ role: 'combobox', name });
const cell = (name: string): Target => ({ role: 'textbox', name });
const element = (name: string): Target => ({ role: 'gridcell', name });

/** A person uses the tab from the book's figure on. */
async function useSlide(person: Person): Promise<void> {
  // The book's figure, and its output element for element.
  await person.wait('Y[0, 0] = 0×0 + 1×1 + 3×2 + 4×3 = 19');
  for (const [row, values] of book.corr2d.y.entries()) for (const [column, value] of values.entries()) await person.press(element(`Y[${row}, ${column}] = ${value}`));
  await person.wait('Y[1, 1] = 4×0 + 5×1 + 7×2 + 8×3 = 43');

  // Steps, the slider, and arrow keys move the window.
  await person.press(button('Step back'));
  await person.wait('Y[1, 0] = 3×0 + 4×1 + 6×2 + 7×3 = 37');
  await person.slide({ role: 'slider', name: 'Position' }, 1);
  await person.wait('Y[0, 1] = 1×0 + 2×1 + 4×2 + 5×3 = 25');
  await person.press(element('Y[0, 0] = 19'));
  await person.key('ArrowRight', 'ArrowDown');
  await person.wait('Y[1, 1] = 4×0 + 5×1 + 7×2 + 8×3 = 43');

  // It slides on its own, from the start again, and stops at the end.
  await person.press(button('Play'));
  await person.wait('Y[0, 0] = 0×0');
  await person.wait('Y[1, 1] = 4×0');
  await person.wait('Play');

  // Elements are edited; what is no number is said, and changes nothing.
  await person.fill(cell('K[1, 1]'), '-3');
  await person.wait('Y[1, 1] = 4×0 + 5×1 + 7×2 + 8×(-3) = -5');
  await person.fill(cell('X[2, 2]'), '0.5');
  await person.wait('0.5×(-3) = 17.5');
  await person.fill(cell('X[2, 2]'), 'eight');
  await person.wait('X[2, 2] takes a number from -1000000 to 1000000');
  await person.wait('0.5×(-3) = 17.5');
  await person.choose(list('Example'), english.examples.book);
  await person.wait('= 19');

  // Padding, stride, dilation and flip; the formula with their numbers.
  await person.choose(list('Padding'), '1');
  await person.wait('⌊(3 + 2·1 − 1·(2 − 1) − 1) / 1⌋ + 1 = 4');
  await person.wait('Y[0, 0] = 0×0 + 0×1 + 0×2 + 0×3 = 0');
  await person.choose(list('Stride'), '2');
  await person.wait('⌊(3 + 2·1 − 1·(2 − 1) − 1) / 2⌋ + 1 = 2');
  await person.choose(list('Dilation'), '2');
  await person.wait('⌊(3 + 2·1 − 2·(2 − 1) − 1) / 2⌋ + 1 = 2');
  await person.press(element('Y[0, 0] = 12'));
  await person.press({ role: 'checkbox', name: 'Flip the kernel' });
  await person.wait('Y[0, 0] = 0×3 + 0×2 + 0×1 + 4×0 = 0');

  // Two layers of the book's kernel: an element of the second sees all of the input.
  await person.choose(list('Example'), english.examples.book);
  await person.choose(list('Layers'), '2');
  await person.press(element('Y2[0, 0] = 228'));
  await person.wait('Y2[0, 0] sees 3 × 3 of X: rows 0 to 2, columns 0 to 2.');
  await person.wait('Y2[0, 0] sees 2 × 2 of Y1: rows 0 to 1, columns 0 to 1.');
  await person.choose(list('Layers'), '4');
  await person.wait('Layer 3 does not fit: its window covers 2 × 2 elements, its padded input has 1 × 1.');

  // A larger input makes room for four.
  await person.choose({ ...list('Rows'), within: { role: 'group', name: 'Size of the input' } }, '5');
  await person.choose({ ...list('Columns'), within: { role: 'group', name: 'Size of the input' } }, '5');
  await person.press(element(await lastElement(person)));
  await person.wait('Y4[0, 0] sees 5 × 5 of X: rows 0 to 4, columns 0 to 4.');
}

/** The one element of the fourth feature map, whose value is a sum too long to know by heart. */
async function lastElement(person: Person): Promise<string> {
  return String(await person.evaluate("[...document.querySelectorAll('[role=gridcell]')].at(-1).getAttribute('aria-label')"));
}

describe.each<{ readonly name: string; readonly circumstances: Circumstances }>([
  { name: 'in Chromium', circumstances: {} },
  { name: 'in Firefox', circumstances: { browser: 'firefox' } },
])('$name', ({ circumstances }) => {
  test("a person learns how the window slides, on the book's numbers", async () => {
    await useSlide(await openDemo(circumstances));
  });
});

test('on a phone a wide input scrolls in its own place', async () => {
  const person = await openDemo({ width: 390, hash: '#slide?input=0,1,2,3,4,5,6,7,8,9,10,11&kernel=1,-1&layers=3' });
  await person.wait('Y3');
  expect(await sideways(person)).toBe(0);
  await person.press(element('Y3[0, 8] = 0'));
  await person.wait('Y3[0, 8] sees 1 × 4 of X: rows 0 to 0, columns 8 to 11.');
});

test('with reduced motion the window moves without transitions', async () => {
  const person = await openDemo({ reducedMotion: true });
  await person.press(button('Play'));
  await person.wait('Y[1, 1] = 4×0');
  expect(await person.evaluate("getComputedStyle(document.querySelector('.slide-frame')).transitionDuration")).toMatch(/^0s|none$/);
});

test('the sum is read out where it changes by a step, and not while it plays', async () => {
  const person = await openDemo();
  await person.wait('= 19');
  expect(await person.evaluate("document.querySelector('.slide-sum').ariaLive")).toBe('polite');
  await person.press(button('Play'));
  expect(await person.evaluate("document.querySelector('.slide-sum').ariaLive")).toBe('off');
});
