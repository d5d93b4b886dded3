import { evaluateInteger, integerValue, type Integer } from '@xcorr/graph';
import type { Condition, Expression } from '../expression.ts';
import type { LoopNest, Statement } from '../nest.ts';
import type { Buffer } from '../program.ts';
import type { Elements } from './evaluate-graph.ts';
import type { Scalars } from './scalars.ts';

/** What a program's nests are run over: scalars of some kind, and numbers for its named sizes. */
export interface Run<Value> {
  readonly scalars: Scalars<Value>;
  readonly sizes: ReadonlyMap<string, number>;
  /** What the caller feeds, and what states hold. */
  readonly initial: (buffer: Buffer, count: number) => Elements<Value>;
}

/** What a statement can see. */
interface Scope<Value> {
  readonly loops: ReadonlyMap<string, number>;
  readonly locals: Map<string, Value>;
  readonly accumulators: Map<string, Value[]>;
}

function seen<Value>(table: ReadonlyMap<string, Value>, name: string): Value {
  const value = table.get(name);
  if (value === undefined) throw new ReferenceError(`${name} is not known here`);
  return value;
}

/**
 * The elements of every buffer after the nests have run in order, statement by statement, as loop nests are meant.
 *
 * @throws RangeError for a load or a store outside a buffer, ReferenceError for a name that is not known where it is used.
 */
export function evaluateProgram<Value>(buffers: readonly Buffer[], nests: readonly LoopNest[], { scalars, sizes, initial }: Run<Value>): ReadonlyMap<string, Elements<Value | undefined>> {
  const memory = new Map<string, (Value | undefined)[]>();
  for (const buffer of buffers) {
    const count = buffer.shape.reduce<number>((product, size) => product * evaluateInteger(size, sizes), 1);
    const given = buffer.role === 'input' || buffer.role === 'state' ? initial(buffer, count) : buffer.role === 'constant' ? Array.from(buffer.data ?? [], scalars.number) : [];
    memory.set(buffer.id, Array.from({ length: count }, (_, position) => given[position]));
  }
  const integer = (value: Integer, { loops }: Scope<Value>): number => integerValue(value, ({ role, name }) => seen(role === 'size' ? sizes : loops, name));
  const holds = (condition: Condition, scope: Scope<Value>): boolean => {
    const index = integer(condition.index, scope);
    return condition.kind === 'inside' ? index >= 0 && index < integer(condition.extent, scope) : index % condition.divisor === 0;
  };
  const element = <Element>(elements: readonly Element[], name: string, index: number): Exclude<Element, undefined> => {
    const value = elements[index];
    if (!isThere(value)) throw new RangeError(index >= 0 && index < elements.length ? `${name}[${index}] is read before it is written` : `${name} has ${elements.length} elements, and ${index} is asked for`);
    return value;
  };
  /** A part that several share is computed once a statement. */
  let computed = new Map<number, Value>();
  const evaluate = (expression: Expression, scope: Scope<Value>): Value => {
    const known = computed.get(expression.id);
    if (known !== undefined) return known;
    const value = compute(expression, scope);
    computed.set(expression.id, value);
    return value;
  };
  const compute = (expression: Expression, scope: Scope<Value>): Value => {
    switch (expression.kind) {
      case 'constant':
        return scalars.number(expression.value);
      case 'integer':
        return scalars.number(integer(expression.value, scope));
      case 'load':
        return element<Value | undefined>(seen(memory, expression.buffer), expression.buffer, integer(expression.index, scope));
      case 'local':
        return seen(scope.locals, expression.name);
      case 'accumulator':
        return element(seen(scope.accumulators, expression.name), expression.name, integer(expression.element, scope));
      case 'unary':
        return scalars.unary(expression.name, evaluate(expression.operand, scope));
      case 'binary':
        return scalars.binary(expression.name, evaluate(expression.left, scope), evaluate(expression.right, scope));
      case 'select':
        return scalars.select(evaluate(expression.condition, scope), evaluate(expression.whenTrue, scope), evaluate(expression.whenFalse, scope));
      case 'guard':
        return evaluate(expression.conditions.every((condition) => holds(condition, scope)) ? expression.inside : expression.outside, scope);
    }
  };
  const run = (body: readonly Statement[], scope: Scope<Value>): void => {
    for (const statement of body) {
      computed = new Map();
      switch (statement.kind) {
        case 'loop': {
          const extent = integer(statement.extent, scope);
          const inner = { loops: new Map(scope.loops), locals: new Map(scope.locals), accumulators: new Map(scope.accumulators) };
          for (let iteration = 0; iteration < extent; iteration++) {
            inner.loops.set(statement.variable, iteration);
            run(statement.body, inner);
          }
          break;
        }
        case 'let':
          scope.locals.set(statement.name, evaluate(statement.value, scope));
          break;
        case 'accumulator':
          scope.accumulators.set(statement.name, Array.from({ length: statement.count }, () => scalars.number(statement.initial)));
          break;
        case 'accumulate': {
          const gathered = seen(scope.accumulators, statement.name);
          const at = integer(statement.element, scope);
          gathered[at] = scalars.binary(statement.operator, element(gathered, statement.name, at), evaluate(statement.value, scope));
          break;
        }
        case 'store': {
          const array = seen(memory, statement.buffer);
          const at = integer(statement.index, scope);
          if (at < 0 || at >= array.length) throw new RangeError(`${statement.buffer} has ${array.length} elements, and ${at} is written`);
          array[at] = evaluate(statement.value, scope);
        }
      }
    }
  };
  for (const nest of nests) run(nest.body, { loops: new Map(), locals: new Map(), accumulators: new Map() });
  return memory;
}

function isThere<Element>(value: Element): value is Exclude<Element, undefined> {
  return value !== undefined;
}
