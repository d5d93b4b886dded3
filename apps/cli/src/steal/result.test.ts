import { expect, test } from 'vitest';
import { percent, shellWord } from './result.ts';

test('a share is never rounded up to all', () => {
  expect([percent(1), percent(0.999999), percent(0.5), percent(-0.25), percent(0)]).toEqual(['100 %', '99.99 %', '50.00 %', '-25.00 %', '0.00 %']);
});

test('a name becomes one word of a command line', () => {
  expect(['a/b-1.png', 'my photo.png', "it's.png", '$HOME.png'].map(shellWord)).toEqual(['a/b-1.png', "'my photo.png'", String.raw`'it'\''s.png'`, "'$HOME.png'"]);
});
