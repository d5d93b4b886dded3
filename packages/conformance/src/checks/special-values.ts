import { binaryNames, roundTo, unaryNames, type DType } from '@xcorr/graph';
import { smallestNormal, unitInLastPlace } from '../judge/ulp.ts';
import type { Check, Finding } from '../suite/check.ts';
import { binaryDomains, unaryDomains } from './function-domains.ts';
import { binaryFunction, resultsAt, selectFunction, unaryFunction, type ScalarFunction } from './functions.ts';

/** What IEEE 754 says of numbers that are not ordinary, and some drivers do otherwise. */
export const specialNames = ['values: NaN', 'values: infinities', 'values: denormal numbers', 'values: sign of zero'] as const;
export type SpecialName = (typeof specialNames)[number];

const ends: Readonly<Record<DType, readonly number[]>> = {
  float32: [2 ** 127 * 1.5, 2 ** -126, 2 ** -140, 2 ** -60, 1e30],
  float64: [2 ** 1023 * 1.5, 2 ** -1022, 2 ** -1060, 2 ** -500, 1e300],
};

/** Powers of e that overflow, are denormal, and underflow. */
const powers: Readonly<Record<DType, readonly number[]>> = { float32: [89, -90, -104], float64: [710, -710, -746] };

function operandsOf(dtype: DType): readonly number[] {
  const sized = ends[dtype].flatMap((size) => [size, -size]);
  return [Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 2.5, -2.5, 2, 3, -3, ...powers[dtype], ...sized];
}

interface Special {
  readonly scalar: ScalarFunction;
  /** Units in the last place. */
  readonly allowed: number;
  /** Beyond this, angles are not reduced well by everyone. */
  readonly largest: number;
}

const functions: readonly Special[] = [
  ...unaryNames.map((name) => ({ scalar: unaryFunction(name), allowed: unaryDomains[name].allowed, largest: name === 'sin' || name === 'cos' ? 100 : Infinity })),
  ...binaryNames.map((name) => ({ scalar: binaryFunction(name), allowed: binaryDomains[name].allowed, largest: Infinity })),
  { scalar: selectFunction, allowed: 0, largest: Infinity },
];

const withoutSign = (value: number): number => (value === 0 ? 0 : value);
const isDenormal = (value: number, dtype: DType): boolean => value !== 0 && Math.abs(value) < smallestNormal(dtype);

/** Which of the special things a point is about; nothing for an ordinary one. */
function kindsOf(point: readonly number[], want: number, { meaning }: ScalarFunction, dtype: DType): readonly SpecialName[] {
  const all = [...point, want];
  if (all.some(Number.isNaN)) return point.includes(0) && !Object.is(meaning(point.map(withoutSign)), meaning(point)) ? [] : ['values: NaN'];
  const hasZero = all.includes(0);
  // What depends on the sign of a zero is a matter of that alone.
  const turned = hasZero && withoutSign(meaning(point.map(withoutSign))) !== withoutSign(meaning(point));
  if (turned) return ['values: sign of zero'];
  const zeros: readonly SpecialName[] = hasZero && !all.some((each) => isDenormal(each, dtype)) ? ['values: sign of zero'] : [];
  if (all.some((each) => !Number.isFinite(each))) return ['values: infinities', ...zeros];
  return all.some((each) => isDenormal(each, dtype)) ? ['values: denormal numbers'] : zeros;
}

/** Finite numbers by units in the last place; zeros by their signs where those are asked for. */
function agrees(name: SpecialName, got: number, want: number, allowed: number, dtype: DType): boolean {
  if (Object.is(got, want)) return true;
  if (got === 0 && want === 0) return name !== 'values: sign of zero';
  // One unit more for what is rounded at the ends of the range.
  return Math.abs(got - want) <= (allowed + 0.5) * unitInLastPlace(want, dtype);
}

const pairs = (values: readonly number[]): readonly (readonly number[])[] => values.flatMap((a) => values.map((b) => [a, b]));

/** Operands of a select: conditions of every kind, and a branch that must not reach the result. */
function selectPoints(values: readonly number[]): readonly (readonly number[])[] {
  return values.flatMap((condition) => [[condition, 1, 2], [condition, Number.NaN, 1], [condition, 1, Number.NaN], [condition, Infinity, 1], [condition, 0, -0]]);
}

async function judged(name: SpecialName, dtype: DType, backend: Parameters<typeof resultsAt>[0]): Promise<Finding> {
  const values = operandsOf(dtype).map(roundTo[dtype]);
  const cases: Record<string, readonly string[]> = {};
  for (const { scalar, allowed, largest } of functions) {
    const all = scalar.operands === 1 ? values.map((value) => [value]) : scalar.operands === 2 ? pairs(values) : selectPoints(values);
    const points = all.filter((point) => {
      const want = roundTo[dtype](scalar.meaning(point));
      return point.every((each) => !Number.isFinite(each) || Math.abs(each) <= largest) && kindsOf(point, want, scalar, dtype).includes(name);
    });
    if (points.length === 0) continue;
    const results = await resultsAt(backend, scalar, points, dtype);
    const wrong = points.findIndex((point, position) => !agrees(name, results[position] ?? 1, roundTo[dtype](scalar.meaning(point)), allowed, dtype));
    const [point, got = 0] = [points[wrong], results[wrong]];
    cases[scalar.name] = point === undefined ? [] : [`${scalar.name}(${point.map(printed).join(', ')}) is ${printed(got)}, not ${printed(roundTo[dtype](scalar.meaning(point)))}`];
  }
  return { problems: [], cases };
}

const printed = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

const specialCheck = (name: SpecialName, promise: string): Check => ({ promise, runs: 'for each dtype', run: ({ backend, dtype }) => judged(name, dtype, backend) });

/** Element-wise nests over numbers that are not ordinary. In nests that sum, such numbers are nobody's promise. */
export const specialChecks: Readonly<Record<SpecialName, Check>> = {
  'values: NaN': specialCheck('values: NaN', 'element-wise functions give NaN where IEEE 754 does, and pass it on'),
  'values: infinities': specialCheck('values: infinities', 'element-wise functions give and take infinities as IEEE 754 does'),
  'values: denormal numbers': specialCheck('values: denormal numbers', 'numbers below the smallest normal one are no zeros'),
  'values: sign of zero': specialCheck('values: sign of zero', 'element-wise functions give zeros the sign that IEEE 754 gives them'),
};
