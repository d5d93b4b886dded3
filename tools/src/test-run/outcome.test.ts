import { expect, test } from 'vitest';
import { closingLine, notReady, outcomeOf, together } from './outcome.ts';

const done = { status: 0, signal: null };
const passing = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

test('a clean run is its counts; what was left out and what is to do are skipped', () => {
  const outcome = outcomeOf(passing, done);
  expect(outcome).toEqual({ passed: 3, failed: 0, skipped: 2, troubles: [], names: [] });
  expect(closingLine(outcome)).toBe('3 passed, 0 failed, 2 skipped');
});

test('a failed test is one failure, whatever the exit status', () => {
  const file = { name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'passed', fullName: 'adds' }, { status: 'failed', fullName: 'law: subtracts' }] };
  const { failed, names } = outcomeOf({ ...passing, numFailedTests: 1, testResults: [file] }, { status: 1, signal: null });
  expect(failed).toBe(1);
  expect(names).toEqual(['failed: a.test.ts: law: subtracts']);
});

test('a file that could not be loaded counts as a failure', () => {
  const file = { name: 'a.test.ts', status: 'failed', assertionResults: [] };
  expect(outcomeOf({ ...passing, testResults: [file] }, { status: 1, signal: null })).toEqual({
    passed: 3,
    failed: 1,
    skipped: 2,
    troubles: ['a.test.ts failed outside its tests'],
    names: [],
  });
});

test('an exit status that no test explains counts as a failure', () => {
  const { failed, troubles } = outcomeOf(passing, { status: 1, signal: null });
  expect(failed).toBe(1);
  expect(troubles).toEqual(['no test failed, yet the test runner ended with exit status 1; its output above says why']);
});

test('a run of nothing is no success', () => {
  expect(outcomeOf({ ...passing, numPassedTests: 0 }, done)).toMatchObject({ failed: 1, troubles: ['no test ran; the test runner ended with exit status 0'] });
});

test('a crash leaves no report and is no success', () => {
  expect(outcomeOf(undefined, { status: null, signal: 'SIGKILL' })).toEqual({
    passed: 0,
    failed: 1,
    skipped: 0,
    troubles: ['the test runner left no report and ended by signal SIGKILL'],
    names: [],
  });
});

test('several runs count as one, and what could not run at all as a failure', () => {
  const outcome = together([outcomeOf(passing, done), notReady('there is no browser'), outcomeOf({ ...passing, numFailedTests: 1 }, { status: 1, signal: null })]);
  expect(outcome.troubles).toEqual(['there is no browser']);
  expect(closingLine(outcome)).toBe('6 passed, 2 failed, 4 skipped');
});

test('of several runs some may be empty, not all', () => {
  const empty = { ...passing, numPassedTests: 0 };
  expect(outcomeOf(empty, done, true)).toEqual({ passed: 0, failed: 0, skipped: 2, troubles: [], names: [] });
  expect(outcomeOf(empty, { status: 1, signal: null }, true).failed).toBe(1);
  expect(together([outcomeOf(empty, done, true), outcomeOf(passing, done, true)])).toMatchObject({ passed: 3, failed: 0 });
  expect(together([outcomeOf(empty, done, true)])).toMatchObject({ failed: 1, troubles: ['no test ran'] });
});
