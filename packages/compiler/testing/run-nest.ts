import { binaryMeaning, substitute, unaryMeaning, type Integer, type TypedArray } from '@xcorr/graph';
import type { Condition, Expression } from '../src/expression.ts';
import type { Loop, LoopNest, Statement } from '../src/nest.ts';

/** What a nest works on: an array for each buffer, and the values of the named sizes. */
export interface Memory {
  readonly arrays: ReadonlyMap<string, TypedArray>;
  readonly sizes: ReadonlyMap<string, number>;
}

/** In which order the iterations of parallel loops run: a result must not depend on it. */
export type Order = 'forwards' | 'backwards';

/** Names that a statement can see: those of its own block and of the blocks around it. */
interface Scope {
  readonly loops: ReadonlyMap<string, number>;
  readonly locals: Map<string, number>;
  readonly accumulators: Map<string, Float64Array>;
}

function seen<Value>(table: ReadonlyMap<string, Value>, name: string): Value {
  const value = table.get(name);
  if (value === undefined) throw new ReferenceError(`${name} is not known here`);
  return value;
}

function element(array: ArrayLike<number>, name: string, index: number): number {
  const value = array[index];
  if (value === undefined) throw new RangeError(`${name} has ${array.length} elements, and ${index} is asked for`);
  return value;
}

/**
 * What a loop nest means, statement by statement: slow and obvious, like the reference interpreter. Nothing may be
 * read or written outside a buffer, and no name where it is not known: either is an error.
 */
export function runNest(nest: LoopNest, memory: Memory, order: Order = 'forwards'): void {
  const integer = (value: Integer, scope: Scope): number => {
    const result = substitute(value, ({ role, name }) => seen(role === 'size' ? memory.sizes : scope.loops, name));
    if (typeof result !== 'number') throw new TypeError('every variable has a value');
    return result;
  };
  const holds = (condition: Condition, scope: Scope): boolean => {
    const index = integer(condition.index, scope);
    return condition.kind === 'inside' ? index >= 0 && index < integer(condition.extent, scope) : index % condition.divisor === 0;
  };
  const evaluate = (expression: Expression, scope: Scope): number => {
    const part = (each: Expression): number => evaluate(each, scope);
    switch (expression.kind) {
      case 'constant':
        return expression.value;
      case 'integer':
        return integer(expression.value, scope);
      case 'load':
        return element(seen(memory.arrays, expression.buffer), expression.buffer, integer(expression.index, scope));
      case 'local':
        return seen(scope.locals, expression.name);
      case 'accumulator':
        return element(seen(scope.accumulators, expression.name), expression.name, integer(expression.element, scope));
      case 'unary':
        return unaryMeaning[expression.name](part(expression.operand));
      case 'binary':
        return binaryMeaning[expression.name](part(expression.left), part(expression.right));
      case 'select':
        return part(expression.condition) !== 0 ? part(expression.whenTrue) : part(expression.whenFalse);
      case 'guard':
        return expression.conditions.every((condition) => holds(condition, scope)) ? part(expression.inside) : part(expression.outside);
    }
  };
  const iterate = (loop: Loop, scope: Scope): void => {
    const extent = integer(loop.extent, scope);
    const iterations = Array.from({ length: extent }, (_, iteration) => iteration);
    if (loop.role === 'parallel' && order === 'backwards') iterations.reverse();
    for (const iteration of iterations)
      runBody(loop.body, {
        loops: new Map([...scope.loops, [loop.variable, iteration]]),
        locals: new Map(scope.locals),
        accumulators: new Map(scope.accumulators),
      });
  };
  const run = (statement: Statement, scope: Scope): void => {
    switch (statement.kind) {
      case 'loop':
        return iterate(statement, scope);
      case 'let':
        scope.locals.set(statement.name, evaluate(statement.value, scope));
        return;
      case 'accumulator':
        scope.accumulators.set(statement.name, new Float64Array(statement.count).fill(statement.initial));
        return;
      case 'accumulate': {
        const gathered = seen(scope.accumulators, statement.name);
        const at = integer(statement.element, scope);
        const before = element(gathered, statement.name, at);
        const value = evaluate(statement.value, scope);
        gathered[at] = statement.operator === 'add' ? before + value : Math.max(before, value);
        return;
      }
      case 'store': {
        const array = seen(memory.arrays, statement.buffer);
        const at = integer(statement.index, scope);
        element(array, statement.buffer, at);
        array[at] = evaluate(statement.value, scope);
      }
    }
  };
  const runBody = (body: readonly Statement[], scope: Scope): void => {
    for (const statement of body) run(statement, scope);
  };
  runBody(nest.body, { loops: new Map(), locals: new Map(), accumulators: new Map() });
}
