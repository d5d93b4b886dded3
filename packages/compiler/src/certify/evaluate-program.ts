import { evaluateInteger, integerValue, type Integer, type Variable } from '@xcorr/graph';
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

/** Where the names of a nest hold their values while it runs. */
interface Frame<Value> {
  readonly loops: Map<string, number>;
  readonly locals: Map<string, Value>;
  readonly accumulators: Map<string, Value[]>;
}

type Step<Result> = () => Result;

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
  for (const nest of nests) runNest(nest, { scalars, sizes, memory });
  return memory;
}

function element<Element>(elements: readonly (Element | undefined)[], name: string, index: number): Element {
  const value = elements[index];
  if (value === undefined) throw new RangeError(index >= 0 && index < elements.length ? `${name}[${index}] is read before it is written` : `${name} has ${elements.length} elements, and ${index} is asked for`);
  return value;
}

interface Setting<Value> {
  readonly scalars: Scalars<Value>;
  readonly sizes: ReadonlyMap<string, number>;
  readonly memory: ReadonlyMap<string, (Value | undefined)[]>;
}

/** Makes a step of each statement and expression, once, and runs them. */
function runNest<Value>(nest: LoopNest, { scalars, sizes, memory }: Setting<Value>): void {
  const frame: Frame<Value> = { loops: new Map(), locals: new Map(), accumulators: new Map() };
  const valueOf = ({ role, name }: Variable): number => seen(role === 'size' ? sizes : frame.loops, name);
  const integer = (value: Integer): Step<number> => (typeof value === 'number' ? () => value : () => integerValue(value, valueOf));
  const condition = (each: Condition): Step<boolean> => {
    const index = integer(each.index);
    if (each.kind === 'multiple') return () => index() % each.divisor === 0;
    const extent = integer(each.extent);
    return () => {
      const at = index();
      return at >= 0 && at < extent();
    };
  };
  /** Counts statements that were run: what several parts of one share is computed once in it. */
  let now = 0;
  const steps = new Map<number, Step<Value>>();
  const value = (expression: Expression): Step<Value> => {
    const known = steps.get(expression.id);
    if (known !== undefined) return known;
    const compute = computation(expression);
    let [at, result]: [number, Value | undefined] = [-1, undefined];
    const step = (): Value => {
      if (at === now && result !== undefined) return result;
      const fresh = compute();
      at = now;
      result = fresh;
      return fresh;
    };
    steps.set(expression.id, step);
    return step;
  };
  const computation = (expression: Expression): Step<Value> => {
    switch (expression.kind) {
      case 'constant': {
        const constant = scalars.number(expression.value);
        return () => constant;
      }
      case 'integer': {
        const step = integer(expression.value);
        return () => scalars.number(step());
      }
      case 'load': {
        const [array, index] = [seen(memory, expression.buffer), integer(expression.index)];
        return () => element(array, expression.buffer, index());
      }
      case 'local':
        return () => seen(frame.locals, expression.name);
      case 'accumulator': {
        const index = integer(expression.element);
        return () => element(seen(frame.accumulators, expression.name), expression.name, index());
      }
      case 'unary': {
        const operand = value(expression.operand);
        return () => scalars.unary(expression.name, operand());
      }
      case 'binary': {
        const [left, right] = [value(expression.left), value(expression.right)];
        return () => scalars.binary(expression.name, left(), right());
      }
      case 'select': {
        const [test, whenTrue, whenFalse] = [value(expression.condition), value(expression.whenTrue), value(expression.whenFalse)];
        return () => scalars.select(test(), whenTrue(), whenFalse());
      }
      case 'guard': {
        const conditions = expression.conditions.map(condition);
        const [inside, outside] = [value(expression.inside), value(expression.outside)];
        return () => (conditions.every((each) => each()) ? inside() : outside());
      }
    }
  };
  const body = (statements: readonly Statement[]): Step<void> => {
    const each = statements.map(step);
    return () => {
      for (const statement of each) {
        now++;
        statement();
      }
    };
  };
  const step = (statement: Statement): Step<void> => {
    switch (statement.kind) {
      case 'loop': {
        const [extent, inner] = [integer(statement.extent), body(statement.body)];
        return () => {
          const end = extent();
          for (let iteration = 0; iteration < end; iteration++) {
            frame.loops.set(statement.variable, iteration);
            inner();
          }
          frame.loops.delete(statement.variable);
        };
      }
      case 'let': {
        const assigned = value(statement.value);
        return () => void frame.locals.set(statement.name, assigned());
      }
      case 'accumulator': {
        const first = scalars.number(statement.initial);
        return () => void frame.accumulators.set(statement.name, Array.from({ length: statement.count }, () => first));
      }
      case 'accumulate': {
        const [at, term] = [integer(statement.element), value(statement.value)];
        const gather = statement.operator === 'add' ? scalars.gathered : (total: Value, each: Value): Value => scalars.binary('max', total, each);
        return () => {
          const gathered = seen(frame.accumulators, statement.name);
          const index = at();
          gathered[index] = gather(element(gathered, statement.name, index), term());
        };
      }
      case 'store': {
        const [array, at, stored] = [seen(memory, statement.buffer), integer(statement.index), value(statement.value)];
        return () => {
          const index = at();
          if (index < 0 || index >= array.length) throw new RangeError(`${statement.buffer} has ${array.length} elements, and ${index} is written`);
          array[index] = stored();
        };
      }
    }
  };
  body(nest.body)();
}
