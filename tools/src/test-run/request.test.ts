import { expect, test } from 'vitest';
import { readRequest } from './request.ts';

test('--full sets XCORR_FULL and is kept from the test runner', () => {
  expect(readRequest(['packages/graph', '--full', '-t', 'seeds'], { PATH: '/bin' })).toEqual({
    words: ['packages/graph', '-t', 'seeds'],
    environment: { PATH: '/bin', XCORR_FULL: '1' },
  });
});

test('without it everything stays as it is', () => {
  expect(readRequest(['packages/graph'], { PATH: '/bin' })).toEqual({ words: ['packages/graph'], environment: { PATH: '/bin' } });
});
