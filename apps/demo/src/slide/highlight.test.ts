import { expect, test } from 'vitest';
import { fieldsOf } from './field.ts';
import { highlightOf } from './highlight.ts';
import { layersOf } from './layers.ts';
import { initial } from './state.ts';
import { shadedOf } from './window.ts';

test('of two layers the input shows the receptive field, the first map the window and its taps, the second the element', () => {
  const state = { ...initial, layers: 2, padding: 1, shaded: { layer: 2, row: 0, column: 1 } };
  const layers = layersOf(state);
  const shaded = shadedOf(state, layers);
  const [input, first, second] = [0, 1, 2].map((map) => highlightOf(map, shaded, shaded === undefined ? [] : fieldsOf(shaded.element, layers)));
  expect(first?.frame).toEqual({ top: -1, left: 0, height: 2, width: 2 });
  expect([first?.roleAt(-1, 0), first?.roleAt(0, 1), first?.roleAt(1, 0)]).toEqual(['window', 'window', 'plain']);
  expect([first?.tapAt(-1, 0), first?.tapAt(0, 1), first?.tapAt(1, 0)]).toEqual([0, 3, undefined]);
  expect(second?.roleAt(0, 1)).toBe('shaded');
  expect(second?.roleAt(0, 0)).toBe('plain');
  expect(input?.frame).toBeUndefined();
  expect([input?.roleAt(0, 0), input?.roleAt(0, 1), input?.roleAt(1, 0)]).toEqual(['field', 'field', 'plain']);
});

test('without a shaded element nothing is marked', () => {
  const { frame, roleAt } = highlightOf(0, undefined, []);
  expect([frame, roleAt(0, 0)]).toEqual([undefined, 'plain']);
});
