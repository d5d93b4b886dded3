import { binary, binaryMeaning, binaryNames, cast, constant, input, mul, NdArray, roundTo, select, tabulate, unary, unaryMeaning, unaryNames, type BinaryName, type DType, type Tensor, type UnaryName } from '@xcorr/graph';
import { required, resultsOf, type AnyBackend } from '../judge/runner.ts';
import { largestNumber, smallestNormal, unitInLastPlace } from '../judge/ulp.ts';
import type { Nearest } from '../precise/big-float.ts';
import { preciseBinary, preciseUnary } from '../precise/functions.ts';
import { eachCase, type Check, type Finding, type Subject } from '../suite/check.ts';
import { binaryDomains, unaryDomains, type FunctionDomain } from './function-domains.ts';
import { binaryRanges, rangeOf, unaryRanges, type FunctionRange } from './function-ranges.ts';

type OtherName = 'select' | 'cast' | 'constants';
const otherNames: readonly OtherName[] = ['select', 'cast', 'constants'];

type FunctionName = UnaryName | BinaryName | OtherName;
type RangeName = UnaryName | BinaryName;
export type FunctionCheckName = `functions: ${FunctionName}` | `ranges: ${RangeName}`;

const nameOf = <Name extends FunctionName>(name: Name): `functions: ${Name}` => `functions: ${name}`;
const rangeNameOf = <Name extends RangeName>(name: Name): `ranges: ${Name}` => `ranges: ${name}`;

/** A function of numbers, as a graph has it and as it is meant. */
export interface ScalarFunction {
  readonly name: FunctionName;
  readonly operands: number;
  readonly graph: (operands: readonly Tensor[]) => Tensor;
  readonly meaning: (operands: readonly number[]) => number;
  /** The same with more digits than a double has. */
  readonly precise: (operands: readonly number[]) => Nearest;
}

const first = <Item>([item]: readonly Item[]): Item => {
  if (item === undefined) throw new TypeError('an operand is missing');
  return item;
};
const second = <Item>([, ...rest]: readonly Item[]): Item => first(rest);
const third = <Item>([, , ...rest]: readonly Item[]): Item => first(rest);

export const unaryFunction = (name: UnaryName): ScalarFunction => ({
  name,
  operands: 1,
  graph: (operands) => unary(name, first(operands)),
  meaning: (operands) => unaryMeaning[name](first(operands)),
  precise: (operands) => preciseUnary(name, first(operands)),
});

export const binaryFunction = (name: BinaryName): ScalarFunction => ({
  name,
  operands: 2,
  graph: (operands) => binary(name, first(operands), second(operands)),
  meaning: (operands) => binaryMeaning[name](first(operands), second(operands)),
  precise: (operands) => preciseBinary(name, first(operands), second(operands)),
});

const selected = (operands: readonly number[]): number => (first(operands) !== 0 ? second(operands) : third(operands));

export const selectFunction: ScalarFunction = {
  name: 'select',
  operands: 3,
  graph: (operands) => select(first(operands), second(operands), third(operands)),
  meaning: selected,
  precise: (operands) => ({ nearest: selected(operands), rest: 0 }),
};

/** The results of a function at some points, each operand an input of the program. */
export async function resultsAt(backend: AnyBackend, { operands, graph }: Pick<ScalarFunction, 'operands' | 'graph'>, points: readonly (readonly number[])[], dtype: DType): Promise<ArrayLike<number>> {
  const names = Array.from({ length: operands }, (_, position) => `x${position}`);
  const sources = names.map((name) => input(name, [points.length], { dtype }));
  const spec = { inputs: Object.fromEntries(names.map((name, position) => [name, sources[position] ?? constant(0)])), outputs: { y: graph(sources) } };
  const feeds = names.map((name, position) => [name, arrayOf(points.map((point) => point[position] ?? Number.NaN), dtype)] as const);
  return required(await resultsOf(spec, backend, Object.fromEntries(feeds)), 'y').data;
}

/** A vector of a dtype. */
export function arrayOf(values: readonly number[], dtype: DType): NdArray {
  return new NdArray([values.length], dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values));
}

interface Measured extends FunctionDomain {
  readonly operation: string;
  readonly scalar: ScalarFunction;
}

/** Measures a function at some points in units in the last place, and judges it. */
async function measured({ backend, dtype }: Subject, { operation, scalar, domain, points, allowed, scale }: Measured): Promise<Finding> {
  const results = await resultsAt(backend, scalar, points, dtype);
  let largest = 0;
  let problem: string | undefined;
  points.forEach((point, position) => {
    const got = results[position] ?? Number.NaN;
    const { nearest, rest } = scalar.precise(point);
    const units = got === nearest && rest === 0 ? 0 : Math.abs(got - nearest - rest) / unitInLastPlace(scale?.(...point) ?? nearest, dtype);
    // What is not a number lies as far away as can be.
    largest = units <= largest ? largest : Number.isNaN(units) ? Infinity : units;
    if (!(units <= allowed)) problem ??= `${scalar.name}(${point.join(', ')}) is ${got}, not ${nearest}: ${units.toPrecision(3)} units in the last place apart, ${allowed} are allowed`;
  });
  return { problems: problem === undefined ? [] : [problem], measured: [{ operation, dtype, measure: 'ulp', domain, largest, allowed }] };
}

const rounded = (points: FunctionDomain['points'], dtype: DType): FunctionDomain['points'] => points.map((point) => point.map(roundTo[dtype]));

const functionCheck = (scalar: ScalarFunction, domain: FunctionDomain): Check => ({
  promise: `${scalar.name} errs by at most ${domain.allowed} units in the last place`,
  runs: 'for each dtype',
  run: (subject) => measured(subject, { ...domain, operation: scalar.name, scalar, points: rounded(domain.points, subject.dtype) }),
});

/** Where the results of a function are normal numbers, or 0 without having been rounded to it. */
function normalPoints(points: FunctionDomain['points'], { precise }: ScalarFunction, dtype: DType): FunctionDomain['points'] {
  const isNormal = (value: number): boolean => Math.abs(value) >= smallestNormal(dtype) && Math.abs(value) <= largestNumber(dtype);
  return points.filter((point) => {
    const { nearest, rest } = precise(point);
    return point.every(isNormal) && (isNormal(nearest) || (nearest === 0 && rest === 0));
  });
}

const rangeCheck = (scalar: ScalarFunction, { points, ...range }: FunctionRange): Check => ({
  promise: `${scalar.name} errs by at most ${range.allowed} units in the last place wherever its operands and its result are normal numbers`,
  runs: 'for each dtype',
  run: (subject) => measured(subject, { ...range, operation: `${scalar.name}, anywhere`, scalar, points: normalPoints(rounded(points(rangeOf(subject.dtype)), subject.dtype), scalar, subject.dtype) }),
});

const conditions = [0, 1, -1, 0.5, 1e-30, -1e-30, 2, 1e30];
const branches = [[3, -4], [0.1, 0.2], [0, 1]] as const;

/** Numbers whose digits are easily lost where a program holds them as text. */
const constants = [0.1, 1 / 3, Math.PI, -Math.E, 16_777_217, 123_456_789, 1e-30, -1e30, 1.000_000_119_209_289_6, 6.02e23, -0.000_123_456_789, 4_294_967_297, 1 + 2 ** -40];

const otherChecks: Readonly<Record<OtherName, Check>> = {
  select: functionCheck(selectFunction, {
    domain: 'conditions that are 0 and others, however small',
    points: conditions.flatMap((condition) => branches.map(([whenTrue, whenFalse]) => [condition, whenTrue, whenFalse])),
    allowed: 0,
  }),
  cast: {
    promise: 'a number of another dtype is rounded to the nearest one',
    runs: 'for each dtype',
    inapplicable: ({ dtypes }) => (dtypes.length > 1 ? undefined : `the backend has ${dtypes.join()} alone, and nothing to cast from`),
    run: async (subject) => {
      const from = subject.dtypes.find((each) => each !== subject.dtype) ?? subject.dtype;
      const { points } = unaryDomains.neg;
      const results = await resultsAt(subject.backend, { operands: 1, graph: (operands) => cast(first(operands), subject.dtype) }, points, from);
      const wrong = points.findIndex((point, position) => results[position] !== roundTo[subject.dtype](roundTo[from](first(point))));
      return { problems: wrong < 0 ? [] : [`${String(points[wrong])} as ${from}, cast to ${subject.dtype}, is ${results[wrong]}`] };
    },
  },
  constants: {
    promise: 'numbers in the program keep all their digits',
    runs: 'for each dtype',
    run: async ({ backend, dtype }) => {
      const cases = await eachCase(constants, backend, String, async (value) => {
        const problems: string[] = [];
        const held = roundTo[dtype](value);
        const [one] = Array.from(await resultsAt(backend, { operands: 1, graph: ([x = constant(0)]) => mul(x, constant(value, { dtype })) }, [[1]], dtype));
        if (one !== held) problems.push(`1 times the constant ${held} is ${one}`);
        const [scaled] = Array.from(await resultsAt(backend, { operands: 1, graph: ([x = constant(0)]) => mul(x, constant([value, 1], { dtype })) }, [[0.5], [1]], dtype));
        if (scaled !== held / 2) problems.push(`half of the constant ${held} in a list is ${scaled}`);
        return problems;
      });
      return { problems: [], cases };
    },
  },
};

const unaryChecks = tabulate(unaryNames, (name) => functionCheck(unaryFunction(name), unaryDomains[name]));
const binaryChecks = tabulate(binaryNames, (name) => functionCheck(binaryFunction(name), binaryDomains[name]));
const all: Readonly<Record<FunctionName, Check>> = { ...unaryChecks, ...binaryChecks, ...otherChecks };
const names: readonly FunctionName[] = [...unaryNames, ...binaryNames, ...otherNames];

const rangeNames: readonly RangeName[] = [...unaryNames, ...binaryNames];
const ranges: Readonly<Record<RangeName, Check>> = {
  ...tabulate(unaryNames, (name) => rangeCheck(unaryFunction(name), unaryRanges[name])),
  ...tabulate(binaryNames, (name) => rangeCheck(binaryFunction(name), binaryRanges[name])),
};

/** Every kind of scalar expression, one at a time, over ordinary numbers, and over all that are normal. */
export const functionChecks: Readonly<Record<FunctionCheckName, Check>> = {
  ...tabulate(names.map(nameOf), (name) => all[names.find((each) => nameOf(each) === name) ?? 'neg']),
  ...tabulate(rangeNames.map(rangeNameOf), (name) => ranges[rangeNames.find((each) => rangeNameOf(each) === name) ?? 'neg']),
};
