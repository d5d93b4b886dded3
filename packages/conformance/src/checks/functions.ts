import { binary, binaryMeaning, binaryNames, cast, constant, input, mul, NdArray, roundTo, select, tabulate, unary, unaryMeaning, unaryNames, type BinaryName, type DType, type Tensor, type UnaryName } from '@xcorr/graph';
import { required, runnerOf, type AnyBackend } from '../judge/runner.ts';
import { unitInLastPlace } from '../judge/ulp.ts';
import type { Check, Finding, Subject } from '../suite/check.ts';
import { binaryDomains, unaryDomains, type FunctionDomain } from './function-domains.ts';

type OtherName = 'select' | 'cast' | 'constants';
const otherNames: readonly OtherName[] = ['select', 'cast', 'constants'];

type FunctionName = UnaryName | BinaryName | OtherName;
export type FunctionCheckName = `functions: ${FunctionName}`;

const nameOf = <Name extends FunctionName>(name: Name): `functions: ${Name}` => `functions: ${name}`;

/** A function of numbers, as a graph has it and as it is meant. */
export interface ScalarFunction {
  readonly name: FunctionName;
  readonly operands: number;
  readonly graph: (operands: readonly Tensor[]) => Tensor;
  readonly meaning: (operands: readonly number[]) => number;
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
});

export const binaryFunction = (name: BinaryName): ScalarFunction => ({
  name,
  operands: 2,
  graph: (operands) => binary(name, first(operands), second(operands)),
  meaning: (operands) => binaryMeaning[name](first(operands), second(operands)),
});

export const selectFunction: ScalarFunction = {
  name: 'select',
  operands: 3,
  graph: (operands) => select(first(operands), second(operands), third(operands)),
  meaning: (operands) => (first(operands) !== 0 ? second(operands) : third(operands)),
};

/** The results of a function at some points, each operand an input of the program. */
export async function resultsAt(backend: AnyBackend, { operands, graph }: Pick<ScalarFunction, 'operands' | 'graph'>, points: readonly (readonly number[])[], dtype: DType): Promise<ArrayLike<number>> {
  const names = Array.from({ length: operands }, (_, position) => `x${position}`);
  const sources = names.map((name) => input(name, [points.length], { dtype }));
  const runner = await runnerOf({ inputs: Object.fromEntries(names.map((name, position) => [name, sources[position] ?? constant(0)])), outputs: { y: graph(sources) } }, backend);
  const feeds = names.map((name, position) => [name, arrayOf(points.map((point) => point[position] ?? Number.NaN), dtype)] as const);
  return required(await runner.run(Object.fromEntries(feeds)), 'y').data;
}

/** A vector of a dtype. */
export function arrayOf(values: readonly number[], dtype: DType): NdArray {
  return new NdArray([values.length], dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values));
}

/** Measures a function over its domain in units in the last place, and judges it. */
async function measured(subject: Subject, scalar: ScalarFunction, { domain, points, allowed, scale }: FunctionDomain): Promise<Finding> {
  const { backend, dtype } = subject;
  const rounded = points.map((point) => point.map(roundTo[dtype]));
  const results = await resultsAt(backend, scalar, rounded, dtype);
  let largest = 0;
  let problem: string | undefined;
  rounded.forEach((point, position) => {
    const [got, want] = [results[position] ?? Number.NaN, scalar.meaning(point)];
    const units = got === want ? 0 : Math.abs(got - want) / unitInLastPlace(scale?.(...point) ?? want, dtype);
    // What is not a number lies as far away as can be.
    largest = units <= largest ? largest : Number.isNaN(units) ? Infinity : units;
    if (!(units <= allowed)) problem ??= `${scalar.name}(${point.join(', ')}) is ${got}, not ${want}: ${units.toPrecision(3)} units in the last place apart, ${allowed} are allowed`;
  });
  return { problems: problem === undefined ? [] : [problem], measured: [{ operation: scalar.name, dtype, measure: 'ulp', domain, largest, allowed }] };
}

const functionCheck = (scalar: ScalarFunction, domain: FunctionDomain): Check => ({
  promise: `${scalar.name} errs by at most ${domain.allowed} units in the last place`,
  runs: 'for each dtype',
  run: (subject) => measured(subject, scalar, domain),
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
    run: async (subject) => {
      const from: DType = subject.dtype === 'float32' ? 'float64' : 'float32';
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
      const problems: string[] = [];
      for (const value of constants) {
        const held = roundTo[dtype](value);
        const [one] = Array.from(await resultsAt(backend, { operands: 1, graph: ([x = constant(0)]) => mul(x, constant(value, { dtype })) }, [[1]], dtype));
        if (one !== held) problems.push(`1 times the constant ${held} is ${one}`);
        const [scaled] = Array.from(await resultsAt(backend, { operands: 1, graph: ([x = constant(0)]) => mul(x, constant([value, 1], { dtype })) }, [[0.5], [1]], dtype));
        if (scaled !== held / 2) problems.push(`half of the constant ${held} in a list is ${scaled}`);
      }
      return { problems };
    },
  },
};

const unaryChecks = tabulate(unaryNames, (name) => functionCheck(unaryFunction(name), unaryDomains[name]));
const binaryChecks = tabulate(binaryNames, (name) => functionCheck(binaryFunction(name), binaryDomains[name]));
const all: Readonly<Record<FunctionName, Check>> = { ...unaryChecks, ...binaryChecks, ...otherChecks };
const names: readonly FunctionName[] = [...unaryNames, ...binaryNames, ...otherNames];

/** Every kind of scalar expression, one at a time, over ordinary numbers. */
export const functionChecks: Readonly<Record<FunctionCheckName, Check>> = tabulate(
  names.map(nameOf),
  (name) => all[names.find((each) => nameOf(each) === name) ?? 'neg'],
);
