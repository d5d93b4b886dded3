import { evaluateInteger } from '@xcorr/graph';
import type { Backend } from '../backend.ts';
import type { Certified, CompileOptions } from '../compile.ts';
import type { CheckedSpec, ProgramSpec } from '../graph.ts';
import { lowerProgram, passesFor } from '../lower-program.ts';
import type { Program } from '../program.ts';
import { specialiseGraph } from './variants.ts';

/** A spec on its way to a backend. */
export interface Compilation {
  readonly spec: ProgramSpec;
  readonly checked: CheckedSpec;
  /** The program for any size. */
  readonly program: Program;
  readonly options: CompileOptions;
}

/** Has a program certified as it will be made, if the options say so. */
export function certified(spec: ProgramSpec, backend: Pick<Backend, 'machine'>, options: CompileOptions, asked: Certified = {}): void {
  const { certify, schedules, passes: others } = options;
  certify?.(spec, backend, schedules === undefined && others === undefined ? asked : { ...asked, passes: [...passesFor(backend.machine), ...(others ?? [])], lower: (graph, machine) => lowerProgram(graph, machine, options) });
}

/** True when each binding of the named sizes gets a program of its own. */
export function isSpecialised({ program, options }: Compilation, { machine }: Pick<Backend, 'machine'>): boolean {
  return program.sizes.length > 0 && (options.specialise ?? machine.literalSizes);
}

/** A program for any size reads and writes buffers of fewer elements: its indices are integers of 32 bits. */
export const mostElements: number = 2 ** 31;

function isTooLarge({ buffers }: Program, sizes: ReadonlyMap<string, number>): boolean {
  return buffers.some(({ shape }) => shape.reduce<number>((product, size) => product * evaluateInteger(size, sizes), 1) >= mostElements);
}

/** The program for some sizes: the one for any size, unless sizes must be numbers, the caller wants them to be, or they are too large. */
export function programForSizes(compilation: Compilation, backend: Pick<Backend, 'machine'>, sizes: ReadonlyMap<string, number>): Program {
  const { spec, checked, options, program } = compilation;
  if (!isSpecialised(compilation, backend) && (program.sizes.length === 0 || !isTooLarge(program, sizes))) return program;
  certified(spec, backend, options, { sizes });
  return lowerProgram(specialiseGraph(checked.graph, sizes), backend.machine, options);
}

/** An object whose properties are asked for when they are read, under any name, `__proto__` too. */
export function gettersOf<Value>(names: Iterable<string>, value: (name: string) => Value): Record<string, Value> {
  const result: Record<string, Value> = {};
  for (const name of names) Object.defineProperty(result, name, { get: () => value(name), enumerable: true });
  return result;
}
