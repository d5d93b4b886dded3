import { describe, expect, test } from 'vitest';
import { exampleNames, initial, nextSlot, read, withExample, withPicture, withSize, write, type StealState } from './state.ts';

const own = { kind: 'own', id: 3, name: 'mine.png' } as const;

describe('the URL', () => {
  test('of the initial state is empty, and an empty one gives the initial state', () => {
    expect(write(initial)).toEqual({});
    expect(read(new URLSearchParams())).toEqual(initial);
  });

  const states: readonly StealState[] = exampleNames.flatMap((name) => {
    const example = withExample(initial, name);
    return [example, withSize(example, 2, 7), { ...example, bias: !example.bias, everywhere: true }];
  });

  test.each(states)('holds state %#', (state) => {
    expect(read(new URLSearchParams(write(state)))).toEqual(state);
  });

  test.each(['size=0x3', 'size=3x10', 'size=a', 'size=3', 'after=alert(1)', 'after=', 'after=__proto__', 'everywhere=yes'])('%s counts as absent', (text) => {
    expect(read(new URLSearchParams(text))).toEqual(initial);
  });

  test('has no pictures of the reader', () => {
    expect(write(withPicture(withPicture(initial, 'before', own), 'after', own))).toEqual({});
  });
});

test('a picture that does not say where it belongs is BEFORE, then AFTER', () => {
  expect(nextSlot(initial)).toBe('before');
  const one = withPicture(initial, 'before', own);
  expect(nextSlot(one)).toBe('after');
  expect(nextSlot(withPicture(one, 'after', own))).toBe('before');
});

test('a size that is none changes nothing', () => {
  expect([withSize(initial, 0, 3), withSize(initial, 2.5, 3), withSize(initial, 3, 10), withSize(initial, Number.NaN, 1)]).toEqual([initial, initial, initial, initial]);
  expect(withSize(initial, 1, 9)).toMatchObject({ rows: 1, columns: 9 });
});
