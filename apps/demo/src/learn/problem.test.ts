import { expect, test } from 'vitest';
import { consistent } from './problem.ts';
import { presetNames, presetState } from './presets.ts';
import { initial } from './state.ts';

test.for(presetNames)('the preset %s goes together', (name) => {
  const state = presetState(name);
  expect(consistent(state)).toBe(state);
});

test('what does not go together gives way', () => {
  expect(consistent({ ...initial, target: 'gabor-7' })).toMatchObject({ target: 'book' });
  expect(consistent({ ...initial, target: 'sobel-x' })).toMatchObject({ target: 'sobel-x', start: 'pytorch' });
  expect(consistent({ ...initial, target: 'box-5', whiten: true })).toMatchObject({ target: 'box-5', whiten: false });
});
