import { programFor, type Artifact, type ProgramSpec } from '@xcorr/compiler';
import { add, CompileError, conv2d, corr2d, extend, grad, input, mul, relu, squaredError, state, sub, sum, type DType, type NdArray, type Tensor } from '@xcorr/graph';
import { differenceOf } from '../judge/compare.ts';
import { required, runnerOf, type AnyBackend } from '../judge/runner.ts';
import type { Check } from '../suite/check.ts';
import { arrayOf } from './functions.ts';

export const emissionNames = ['programs: emission is pure', 'programs: names from outside', 'programs: where they ran', 'programs: artifacts of others'] as const;
export type EmissionName = (typeof emissionNames)[number];

/** The chapter's step, a layer, and a filter with a border. */
function specs(dtype: DType): readonly ProgramSpec[] {
  const [X, Y] = [input('X', [6, 8], { dtype }), input('Y', [6, 7], { dtype })];
  const K = state('K', [[0.25, 0.75]], { dtype });
  const loss = squaredError(corr2d(X, K), Y);
  const [dK] = grad(loss, [K]);
  const [x, w] = [input('x', [1, 2, 9, 20], { dtype }), input('w', [5, 2, 3, 3], { dtype })];
  const bordered = corr2d(extend(X, { mode: 'reflect', low: [1, 1], high: [1, 1] }), [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]);
  return [
    { inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(dK, 0.125))]] },
    { inputs: { x, w }, outputs: { y: relu(conv2d(x, w, { padding: 1 })) } },
    { inputs: { X }, outputs: { bordered } },
  ];
}

function equalCode(a: Artifact['code'], b: Artifact['code']): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.length === b.length && a.every((byte, position) => byte === b[position]);
}

/** Emits one program twice, another one in between, and looks at the program afterwards. */
async function emissionProblems(backend: AnyBackend, dtype: DType): Promise<readonly string[]> {
  const target = await backend.detect();
  const emitted = (spec: ProgramSpec): Artifact['code'] => backend.emit(programFor(spec, backend), target).code;
  return specs(dtype).flatMap((spec, position) => {
    const name = `program ${position + 1}`;
    const program = programFor(spec, backend);
    const before = JSON.stringify(program);
    const first = backend.emit(program, target).code;
    for (const other of specs(dtype)) emitted(other);
    const problems: string[] = [];
    if (!equalCode(first, backend.emit(program, target).code)) problems.push(`${name}, emitted again, is other code`);
    if (JSON.stringify(program) !== before) problems.push(`${name} was changed by its emission`);
    const again = specs(dtype)[position];
    if (again !== undefined && !equalCode(first, emitted(again))) problems.push(`${name}, made again, is other code`);
    return problems;
  });
}

/** Texts that would end a comment, a string or a line, that are words of languages, or names that objects have already. */
export const hostileNames: readonly string[] = [
  'evil;b}', 'evil"', "evil'", 'evil`${evil}`', 'evil\n', 'evil\r\n', 'evil\u2028', 'evil*/', '//evil', '/*evil', 'evil\\', '\\u0065vil', 'evil\0', 'evil)(', '#evil', '%0', '${evil}', 'e v i l',
  '__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype', 'b0', 'i0', 's0', 't0', 'nest0', 'run', 'buffers', 'sizes', 'Math', 'this', 'float', 'main', '😈', '1', '-1',
];

interface Names {
  readonly input: string;
  readonly state: string;
  readonly output: string;
  readonly size: string;
}

/** A program in which each kind of name from outside occurs; its size is a number where a backend must have it so. */
function namedSpec(names: Names, dtype: DType): ProgramSpec {
  const x = input(names.input, [names.size], { dtype });
  const w = state(names.state, 2, { dtype });
  const [dw] = grad(sum(mul(x, w)), [w]);
  const by = (name: string, tensor: Tensor): Readonly<Record<string, Tensor>> => Object.fromEntries([[name, tensor]]);
  return { inputs: by(names.input, x), state: by(names.state, w), outputs: by(names.output, mul(x, w)), updates: [[w, add(w, dw)]] };
}

const plain: Names = { input: 'x', state: 'w', output: 'y', size: 'n' };

/** What a program of some names gives, run by run, the state behind them, and its code. */
interface Ran {
  readonly results: readonly NdArray[];
  readonly state: number;
  readonly codes: readonly Artifact['code'][];
}

async function ranWith(names: Names, fed: readonly (readonly number[])[], backend: AnyBackend, dtype: DType): Promise<Ran> {
  const runner = await runnerOf(namedSpec(names, dtype), backend);
  const results: NdArray[] = [];
  for (const values of fed) results.push(required(await runner.run(Object.fromEntries([[names.input, arrayOf(values, dtype)]])), names.output));
  const ran = { results, state: required(await runner.states(), names.state).item(), codes: runner.artifacts().map(({ code }) => code) };
  await runner.dispose();
  return ran;
}

/** How a program of other names differs from one of plain names. */
function namedProblems(names: Names, got: Ran, want: Ran): readonly string[] {
  const place = JSON.stringify(Object.values(names));
  const problems = want.results.flatMap((each, run) => {
    const result = got.results[run];
    return result === undefined ? [] : differenceOf(`with the names ${place}`, result, each) ?? [];
  });
  const isSame = got.codes.length > 0 && got.codes.every((code, at) => equalCode(code, want.codes[at] ?? ''));
  if (!isSame) problems.push(`the names ${place} are seen in the code`);
  return got.state === want.state ? problems : [...problems, `with the names ${place}, the state is ${got.state}, not ${want.state}`];
}

async function allNames(backend: AnyBackend, dtype: DType): Promise<readonly string[]> {
  const problems: string[] = [];
  // Where sizes are literal, each other size is another program, of which the plain one of that size tells no more.
  const oneSize = [[1, 2, 3], [4, 5, 6]];
  const twoSizes = backend.machine.literalSizes ? oneSize : [[1, 2, 3], [4]];
  const want = { twoSizes: await ranWith(plain, twoSizes, backend, dtype), oneSize: await ranWith(plain, oneSize, backend, dtype) };
  for (const name of hostileNames) {
    const everywhere = { input: name, state: `${name} `, output: name, size: `${name}  ` };
    problems.push(...namedProblems(everywhere, await ranWith(everywhere, twoSizes, backend, dtype), want.twoSizes));
    const twice = { input: 'x', state: name, output: 'y', size: name };
    problems.push(...namedProblems(twice, await ranWith(twice, oneSize, backend, dtype), want.oneSize));
  }
  return problems;
}

/** The backend's name, alone or with more behind it: `gpu`, `gpu: Mesa llvmpipe`. */
function isTrue(ranOn: string, name: string): boolean {
  return ranOn === name || (ranOn.startsWith(name) && /^[:\s(,]/.test(ranOn.slice(name.length)));
}

async function whereItRan(backend: AnyBackend, dtype: DType): Promise<readonly string[]> {
  const { name } = backend;
  const problems: string[] = [];
  for (const size of [3, 'n']) {
    const x = input('x', [size], { dtype });
    const runner = await runnerOf({ inputs: { x }, outputs: { y: mul(x, 2) } }, backend);
    await runner.run({ x: [1, 2, 3] });
    const ranOn = runner.ranOn();
    if (!isTrue(ranOn, name)) problems.push(`a program for ${JSON.stringify(name)} says that it ran on ${JSON.stringify(ranOn)}`);
  }
  return problems;
}

/** What no backend of ours, nor any other, emits for a program: bytes that are none of its format, and texts of several languages. */
const foreign: Readonly<Record<string, Artifact['code']>> = {
  bytes: Uint8Array.of(0, 1, 2, 3, 250, 251, 252, 253),
  'the head of a WebAssembly module': Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
  prose: 'this is no program',
  GLSL: '#version 300 es\nprecision highp float;\nout vec4 y;\nvoid main() { y = vec4(1.0); }\n',
  WGSL: '@compute @workgroup_size(64) fn main() { }\n',
  'a word': 'nothing',
  'a number': '17',
};

/** What is loaded though the backend did not emit it, or refused without saying so. */
async function foreignProblems(backend: AnyBackend, dtype: DType): Promise<Readonly<Record<string, readonly string[]>>> {
  const x = input('x', [3], { dtype });
  const program = programFor({ inputs: { x }, outputs: { y: mul(x, 2) } }, backend);
  const cases: Record<string, readonly string[]> = {};
  for (const [name, code] of Object.entries(foreign)) {
    const load = async (): Promise<unknown> => backend.load({ program, code });
    cases[name] = await load().then(
      () => [`${name}, which this backend did not emit, is loaded`],
      (error: unknown) => (error instanceof CompileError ? [] : [`${name}, which this backend did not emit, is refused by no CompileError: ${String(error)}`]),
    );
  }
  return cases;
}

export const emissionChecks: Readonly<Record<EmissionName, Check>> = {
  'programs: emission is pure': {
    promise: 'one program gives one code, whatever was emitted before, and stays as it is',
    runs: 'for each dtype',
    run: async ({ backend, dtype }) => ({ problems: await emissionProblems(backend, dtype) }),
  },
  'programs: names from outside': {
    promise: 'names of inputs, states, outputs and sizes never reach code, and any of them will do',
    runs: 'once',
    run: async ({ backend, dtype }) => ({ problems: await allNames(backend, dtype) }),
  },
  'programs: where they ran': {
    promise: 'what a program says that it ran on begins with the name of the backend that it was compiled for',
    runs: 'for each dtype',
    run: async ({ backend, dtype }) => ({ problems: await whereItRan(backend, dtype) }),
  },
  'programs: artifacts of others': {
    promise: 'an artifact that another backend emitted is refused by a CompileError when it is loaded',
    runs: 'once',
    run: async ({ backend, dtype }) => ({ problems: [], cases: await foreignProblems(backend, dtype) }),
  },
};
