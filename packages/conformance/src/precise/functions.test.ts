import { readFileSync } from 'node:fs';
import { binaryMeaning, binaryNames, unaryMeaning, unaryNames, type BinaryName, type UnaryName } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { bigFloatOf, bitsOf, nearestOf, product, quotient, root, total, type Nearest } from './big-float.ts';
import { preciseBinary, preciseUnary } from './functions.ts';

const text = readFileSync(new URL('../../recorded/functions.json', import.meta.url), 'utf8');
const parsed: unknown = JSON.parse(text);
const table = new Map<string, unknown>(typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []);

function rowsOf(name: string): readonly (readonly number[])[] {
  const rows = table.get(name);
  return Array.isArray(rows) ? rows.map((row: unknown) => (Array.isArray(row) ? row.map(Number) : [])) : [];
}

/** The digits that are asked for: 48 more than a double has. */
const recordedDigits = 2 ** -100;

/** The rows that hold something else. */
const wrongOf = (name: string, precise: (operands: readonly number[]) => Nearest): readonly (readonly number[])[] =>
  rowsOf(name).filter((row) => {
    const [wantedNearest, wantedRest = Number.NaN] = row.slice(-2);
    const { nearest, rest } = precise(row);
    return nearest !== wantedNearest || !(Math.abs(rest - wantedRest) <= Math.abs(nearest) * recordedDigits);
  });

describe('what mpmath gives, to more digits than a double has', () => {
  const unaryRecorded = unaryNames.filter((name) => table.has(name));
  const binaryRecorded = binaryNames.filter((name) => table.has(name));

  test('a digit that is wrong is seen', () => {
    expect(wrongOf('exp', ([x = 0]) => ({ ...preciseUnary('exp', x), rest: 0 })).length).toBeGreaterThan(10);
  });
  test('every function that has them is recorded', () => {
    expect([...unaryRecorded, ...binaryRecorded]).toEqual(['sqrt', 'exp', 'log', 'sin', 'cos', 'tanh', 'add', 'sub', 'mul', 'div', 'pow', 'atan2']);
  });
  test.each(unaryRecorded)('%s', (name) => {
    expect(rowsOf(name).length).toBeGreaterThan(10);
    expect(wrongOf(name, ([x = Number.NaN]) => preciseUnary(name, x))).toEqual([]);
  });
  test.each(binaryRecorded)('%s', (name) => {
    expect(rowsOf(name).length).toBeGreaterThan(10);
    expect(wrongOf(name, ([a = Number.NaN, b = Number.NaN]) => preciseBinary(name, a, b))).toEqual([]);
  });
});

describe('what is no ordinary number is what the language says', () => {
  const values = [Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, 2, -3, 2 ** 1023, -(2 ** 1023), 2 ** -1074, -(2 ** -1022)];
  const same = (got: number, want: number): boolean => Object.is(got, want) || Math.abs(got - want) <= 2 ** -52 * Math.abs(want);
  const unaryWrong = (name: UnaryName): readonly number[] => values.filter((x) => !same(preciseUnary(name, x).nearest, unaryMeaning[name](x)));
  const binaryWrong = (name: BinaryName): readonly (readonly number[])[] => values.flatMap((a) => values.map((b) => [a, b] as const)).filter(([a, b]) => !same(preciseBinary(name, a, b).nearest, binaryMeaning[name](a, b)));

  // The language reduces angles of every size.
  test.each(unaryNames)('%s', (name) => expect(unaryWrong(name)).toEqual([]));
  test.each(binaryNames)('%s', (name) => expect(binaryWrong(name)).toEqual([]));
});

describe('exact numbers', () => {
  const random = createRandom(20_261_129);
  const drawn = Array.from({ length: 300 }, () => (random.chance(0.5) ? 1 : -1) * 2 ** random.uniform(-1074, 1023));

  test('a double is what it is', () => {
    for (const value of [...drawn, 2 ** -1074, 2 ** 1023, Number.MAX_VALUE, 0]) expect([nearestOf(bigFloatOf(value)).nearest, Math.abs(nearestOf(bigFloatOf(value)).rest)]).toEqual([value, 0]);
  });

  test('sums, products, quotients and roots are rounded as the hardware rounds', () => {
    drawn.forEach((a, position) => {
      const b = drawn[(position + 1) % drawn.length] ?? 1;
      const [x, y] = [bigFloatOf(a), bigFloatOf(b)];
      expect([nearestOf(total(x, y)).nearest, nearestOf(product(x, y)).nearest + 0, nearestOf(quotient(x, y)).nearest + 0]).toEqual([a + b, a * b + 0, a / b + 0]);
      expect(nearestOf(root(bigFloatOf(Math.abs(a)))).nearest).toBe(Math.sqrt(Math.abs(a)));
    });
  });

  test('ties go to the even neighbour, and nothing is lost', () => {
    expect(nearestOf({ mantissa: 2n ** 53n + 1n, exponent: 0 })).toEqual({ nearest: 2 ** 53, rest: 1 });
    expect(nearestOf({ mantissa: 2n ** 53n + 3n, exponent: 0 })).toEqual({ nearest: 2 ** 53 + 4, rest: -1 });
    expect(nearestOf({ mantissa: 3n, exponent: -1075 })).toEqual({ nearest: 2 ** -1073, rest: -0 });
    expect(nearestOf({ mantissa: 1n, exponent: 1024 }).nearest).toBe(Infinity);
    expect([0n, 1n, -7n, 8n, 2n ** 64n].map(bitsOf)).toEqual([0, 1, 3, 4, 65]);
  });
});
