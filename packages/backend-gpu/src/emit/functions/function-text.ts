import type { FunctionPlan } from '../plan.ts';

/**
 * A function that kernels call, and the functions that it calls itself. These call none, or nobody else calls them: gpu.js
 * puts a function that it meets again behind its users, and what that calls it leaves where it was.
 */
export interface FunctionText extends Omit<FunctionPlan, 'name'> {
  readonly calls: readonly string[];
}

const parametersOf = (source: string, type: 'Integer' | 'Float'): FunctionPlan['parameters'] => {
  const [, list = ''] = /\(([^)]*)\)/.exec(source) ?? [];
  return Object.fromEntries(list.split(', ').map((name) => [name, type]));
};

/**
 * A function of integers. Where gpu.js has integers at all it is in arguments like these: a local of a kernel is a float,
 * and so is every quotient.
 */
export const ofIntegers = (source: string, ...calls: readonly string[]): FunctionText => ({ source, parameters: parametersOf(source, 'Integer'), returns: 'Integer', calls });

/** A function of numbers in single precision. */
export const ofNumbers = (source: string, ...calls: readonly string[]): FunctionText => ({ source, parameters: parametersOf(source, 'Float'), returns: 'Float', calls });
