import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

test('without arguments all is measured, in nine rounds, and nothing may be missing', () => {
  const { only, contenders, rounds, allowMissing } = readArguments([]);
  expect([only.test('filter-3x3-512'), contenders.test('naive'), rounds, allowMissing]).toEqual([true, true, 9, false]);
});

test('names are chosen by regular expressions', () => {
  const { only, contenders, rounds, json } = readArguments(['--only', '^conv-', '--contenders', 'hand', '--rounds', '3', '--json', 'rows.json']);
  expect([only.test('conv-1x1'), only.test('filter'), contenders.test('hand/js'), contenders.test('naive'), rounds, json]).toEqual([true, false, true, false, 3, 'rows.json']);
});

test('the command is said as one types it', () => {
  expect(readArguments(['--only', '^conv-|learn', '--rounds', '3']).command).toBe("npm run bench -- --only '^conv-|learn' --rounds 3");
  expect(readArguments(['--json', 'rows.json', '--write', '--report=all.json', '--rounds', '3']).command).toBe('npm run bench -- --write --rounds 3');
});

test.each([[['--rounds', '0']], [['--rounds', 'many']], [['--onyl', 'x']]])('%j is refused', (words) => {
  expect(() => readArguments(words)).toThrow(/--rounds|--onyl/);
});
