import type { Expression } from '../src/expression.ts';
import { runNest } from './run-nest.ts';

/** The value of an expression whose locals have these values. */
export function evaluateExpression(expression: Expression, locals: Readonly<Record<string, number>>): number {
  const result = new Float64Array(1);
  const names = Object.keys(locals);
  const arrays = new Map([['locals', Float64Array.from(Object.values(locals))], ['result', result]]);
  const lets = names.map((name, position) => ({ kind: 'let', name, value: { kind: 'load', id: -1, buffer: 'locals', index: position } }) as const);
  runNest({ name: 'nest0', body: [...lets, { kind: 'store', buffer: 'result', index: 0, value: expression }] }, { arrays, sizes: new Map() });
  return result[0] ?? Number.NaN;
}
