import type { Backend, Machine } from './backend.ts';
import type { AsyncExecutable, Executable } from './executable.ts';
import { checkBackend, checkSpec, type Named, type NamedOutputs, type ProgramSpec } from './graph.ts';
import type { Graph } from './lower/lower.ts';
import { lowerProgram, type Lowering } from './lower-program.ts';
import type { Pass } from './passes/rewrite.ts';
import type { Program } from './program.ts';
import { certified, type Compilation } from './run/compilation.ts';
import { loadOnHost } from './run/on-host.ts';

export interface CompileOptions extends Lowering {
  /** What one binding of the named sizes may take, in bytes. Default: 4 GiB. */
  readonly memoryLimit?: number;
  /** Compiles a program of its own for each binding of the named sizes, at first use. Default: if the backend must. */
  readonly specialise?: boolean;
  /**
   * Called before anything is compiled, to throw where a stage would not compute the graph: `certify` of
   * @xcorr/compiler/certify. It is called again, with their sizes, before a program is made for these alone.
   * Default: nothing is checked.
   */
  readonly certify?: (spec: ProgramSpec, backend: Pick<Backend, 'machine'>, options?: Certified) => unknown;
}

/** What is asked of a certificate: of the program for these sizes alone, and as the options of `compile` make it. */
export interface Certified {
  readonly sizes?: ReadonlyMap<string, number>;
  readonly passes?: readonly Pass[];
  readonly lower?: (graph: Graph, machine: Machine) => Program;
}

/** A spec's program for a backend, not yet emitted. */
export function programFor(spec: ProgramSpec, backend: Pick<Backend, 'machine'>, options: Lowering = {}): Program {
  return lowerProgram(checkSpec(spec).graph, backend.machine, options);
}

/**
 * Compiles outputs and updates into one program: forward, backward and update together.
 *
 * @param spec inputs, states, outputs by name, and what states become
 * @param backend where it is to run: `js()` of @xcorr/backend-js
 * @throws CompileError when an input is not listed, two sources share a name, or an update does not fit.
 * @example
 * const x = input('x', [3]);
 * const double = compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, js());
 * double.run({ x: [1, 2, 3] }).y.toNested(); // => [2, 4, 6]
 */
export function compile<
  Inputs extends Named = Record<never, never>,
  States extends Named = Record<never, never>,
  Outputs extends NamedOutputs = Record<never, never>,
>(spec: ProgramSpec<Inputs, States, Outputs>, backend: Backend<'sync'>, options?: CompileOptions): Executable<Inputs, States, Outputs>;
export function compile<
  Inputs extends Named = Record<never, never>,
  States extends Named = Record<never, never>,
  Outputs extends NamedOutputs = Record<never, never>,
>(spec: ProgramSpec<Inputs, States, Outputs>, backend: Backend<'async'>, options?: CompileOptions): Promise<AsyncExecutable<Inputs, States, Outputs>>;
export function compile(
  spec: ProgramSpec,
  backend: Backend<'sync'> | Backend<'async'>,
  options: CompileOptions = {},
): Executable<Named, Named, NamedOutputs> | Promise<AsyncExecutable<Named, Named, NamedOutputs>> {
  const checked = checkSpec(spec);
  checkBackend(backend, 'compile');
  certified(spec, backend, options);
  const program = lowerProgram(checked.graph, backend.machine, options);
  const compilation = { spec, checked, program, options };
  return backend.mode === 'sync' ? loadOnHost(backend, compilation) : loadLater(backend, compilation);
}

/** Whoever compiles for synchronous backends alone loads nothing of devices. */
async function loadLater(backend: Backend<'async'>, compilation: Compilation): Promise<AsyncExecutable<Named, Named, NamedOutputs>> {
  const { loadOnDevice } = await import('./run/on-device.ts');
  return loadOnDevice(backend, compilation);
}
