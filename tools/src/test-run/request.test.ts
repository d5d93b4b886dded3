import { expect, test } from 'vitest';
import { readRequest } from './request.ts';

function asked(...words: readonly string[]): object {
  const { groups, ...rest } = readRequest(words, { PATH: '/bin' });
  return { groups: groups.map(({ name }) => name), ...rest };
}

test('without an option the tests in Node run, and everything else stays as it is', () => {
  expect(asked('packages/graph')).toEqual({ groups: ['node'], words: ['packages/graph'], environment: { PATH: '/bin' } });
});

test('--full is all of it, sets XCORR_FULL, and is kept from the test runner', () => {
  expect(asked('packages/graph', '--full', '-t', 'seeds')).toEqual({
    groups: ['node', 'browser', 'web', 'headlessgl'],
    words: ['packages/graph', '-t', 'seeds'],
    environment: { PATH: '/bin', XCORR_FULL: '1' },
  });
});

test('groups that are named run alone', () => {
  expect(asked('--browser')).toEqual({ groups: ['browser'], words: [], environment: { PATH: '/bin' } });
  expect(asked('--headlessgl', '--node')).toMatchObject({ groups: ['node', 'headlessgl'], words: [] });
});
