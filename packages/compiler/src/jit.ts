import { describeValue, input, isTensor, isTypedArray, NdArray, storageOf, ValueError, type Feed, type Nested, type Storage, type Tensor } from '@xcorr/graph';
import type { Backend } from './backend.ts';
import { compile } from './compile.ts';
import { checkBackend, type Named } from './graph.ts';
import { createBounded } from './run/variants.ts';

/** What a traced function gives: a tensor, or some by name. */
export type Traced = Tensor | Named;

/** Values in the form in which the traced function gives tensors. */
export type ValuesOf<Result extends Traced> = Result extends Tensor ? NdArray : { readonly [K in keyof Result]: NdArray };

/** A value for each parameter. */
export type FeedsFor<Parameters extends readonly Tensor[]> = { [K in keyof Parameters]: Feed };

/** How many programs, one for each combination of shapes, are kept. */
const keptPrograms = 16;

interface Parameter {
  readonly shape: readonly number[];
  readonly storage: Storage;
}

function shapeOf(list: Nested): readonly number[] {
  const shape: number[] = [];
  for (let level: unknown = list; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}

function parameterOf(value: unknown, position: number): Parameter {
  const data = value instanceof NdArray ? value.data : value;
  if (isTypedArray(data)) return { shape: value instanceof NdArray ? value.shape : [data.length], storage: storageOf(data) };
  if (typeof value === 'number') return { shape: [], storage: 'float32' };
  if (Array.isArray(value)) return { shape: shapeOf(value), storage: 'float32' };
  throw new ValueError(`jit: argument ${position + 1} is ${value === null ? 'null' : `of type ${typeof value}`}; nested lists, an NdArray or a typed array are expected`);
}

interface TracedProgram {
  readonly inputs: Named;
  readonly outputs: Named;
  /** True when the function gave one tensor. */
  readonly single: boolean;
}

/** Inputs are named by their position. */
function trace(body: (...tensors: Tensor[]) => Traced, parameters: readonly Parameter[]): TracedProgram {
  const tensors = parameters.map(({ shape, storage }, position) => {
    const dtype = storage === 'float64' ? 'float64' : 'float32';
    return input(`argument ${position + 1}`, shape, { dtype, storage });
  });
  const result = body(...tensors);
  const inputs = Object.fromEntries(tensors.entries());
  return isTensor(result) ? { inputs, outputs: { result }, single: true } : { inputs, outputs: result, single: false };
}

function feedsOf(values: readonly Feed[]): Record<string, Feed> {
  return Object.fromEntries(values.entries());
}

function keyOf(parameters: readonly Parameter[]): string {
  return parameters.map(({ shape, storage }) => `${storage}[${shape.join(',')}]`).join(' ');
}

/**
 * A function over tensors as a function over values: traced and compiled at the first call with each combination of
 * shapes, of which the last 16 are kept. Typed arrays are vectors; an NdArray brings its shape.
 *
 * @param body gives a tensor, or tensors by name; it is called with inputs, once for each combination of shapes
 * @throws ValueError when an argument is no value.
 * @example
 * const correlate2d = jit((x: Tensor, k: Tensor) => corr2d(x, k), js());
 * correlate2d([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]]).toNested(); // => [[19, 25], [37, 43]]
 */
export function jit<Parameters extends readonly Tensor[], Result extends Traced>(
  body: (...tensors: Parameters) => Result,
  backend: Backend<'sync'>,
): (...values: FeedsFor<Parameters>) => ValuesOf<Result>;
export function jit<Parameters extends readonly Tensor[], Result extends Traced>(
  body: (...tensors: Parameters) => Result,
  backend: Backend<'async'>,
): (...values: FeedsFor<Parameters>) => Promise<ValuesOf<Result>>;
export function jit(body: (...tensors: Tensor[]) => Traced, backend: Backend<'sync'> | Backend<'async'>): (...values: Feed[]) => unknown {
  checkBackend(backend, 'jit');
  if (typeof body !== 'function') throw new ValueError(`jit: ${describeValue(body)} is no function; give one that makes a tensor of tensors: jit((x) => mul(x, 2), js())`);
  return backend.mode === 'sync' ? jitSync(body, backend) : jitAsync(body, backend);
}

/** Finds the program for some values, and compiles it where there is none yet. */
function programsOf<Compiled>(body: (...tensors: Tensor[]) => Traced, compiled: (traced: TracedProgram) => Compiled): (values: readonly Feed[]) => { readonly single: boolean; readonly program: Compiled } {
  const programs = createBounded<{ readonly single: boolean; readonly program: Compiled }>(keptPrograms);
  return (values) => {
    const parameters = values.map(parameterOf);
    return programs.get(keyOf(parameters), () => {
      const traced = trace(body, parameters);
      return { single: traced.single, program: compiled(traced) };
    });
  };
}

function jitSync(body: (...tensors: Tensor[]) => Traced, backend: Backend<'sync'>): (...values: Feed[]) => NdArray | Record<string, NdArray> {
  const programFor = programsOf(body, (traced) => compile(traced, backend));
  return (...values) => {
    const { single, program } = programFor(values);
    return unwrapped(program.run(feedsOf(values)), single);
  };
}

function jitAsync(body: (...tensors: Tensor[]) => Traced, backend: Backend<'async'>): (...values: Feed[]) => Promise<NdArray | Record<string, NdArray>> {
  const programFor = programsOf(body, (traced) => compile(traced, backend));
  return async (...values) => {
    const { single, program } = programFor(values);
    return unwrapped(await (await program).run(feedsOf(values)), single);
  };
}

function unwrapped(results: Record<string, NdArray>, single: boolean): NdArray | Record<string, NdArray> {
  const { result } = results;
  return single && result !== undefined ? result : results;
}
