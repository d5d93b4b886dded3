import { keyOf, substitute, type BinaryName, type Integer, type UnaryName, type Variable } from '@xcorr/graph';

/** A condition on an index: it lies in 0 … extent - 1, or it is a multiple of a divisor. */
export type Condition =
  | { readonly kind: 'inside'; readonly index: Integer; readonly extent: Integer }
  | { readonly kind: 'multiple'; readonly index: Integer; readonly divisor: number };

/**
 * A scalar that a statement computes. Expressions form a DAG in which equal meanings are one object
 * (see `createExpressions`): a shared part is computed once, at the place that `bindLocals` chooses.
 */
export type Expression = { readonly id: number } & (
  | { readonly kind: 'constant'; readonly value: number }
  /** An integer over sizes and loop variables, as a number. */
  | { readonly kind: 'integer'; readonly value: Integer }
  /** The element of a buffer at a flat row-major index. */
  | { readonly kind: 'load'; readonly buffer: string; readonly index: Integer }
  | { readonly kind: 'local'; readonly name: string }
  /** What an accumulator has gathered; read only behind the loops that gather. */
  | { readonly kind: 'accumulator'; readonly name: string; readonly element: Integer }
  | { readonly kind: 'unary'; readonly name: UnaryName; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly name: BinaryName; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'select'; readonly condition: Expression; readonly whenTrue: Expression; readonly whenFalse: Expression }
  /** `inside` where all conditions hold, `outside` elsewhere; `inside` is not computed where one fails. */
  | { readonly kind: 'guard'; readonly conditions: readonly Condition[]; readonly inside: Expression; readonly outside: Expression }
);

/** Makes expressions; within one maker, equal meanings are one object. Operands have smaller ids than their users. */
export interface Expressions {
  /** True for what this maker has made. */
  readonly has: (expression: Expression) => boolean;
  readonly constant: (value: number) => Expression;
  readonly integer: (value: Integer) => Expression;
  readonly load: (buffer: string, index: Integer) => Expression;
  readonly local: (name: string) => Expression;
  readonly accumulator: (name: string, element: Integer) => Expression;
  readonly unary: (name: UnaryName, operand: Expression) => Expression;
  readonly binary: (name: BinaryName, left: Expression, right: Expression) => Expression;
  readonly select: (condition: Expression, whenTrue: Expression, whenFalse: Expression) => Expression;
  readonly guard: (conditions: readonly Condition[], inside: Expression, outside: Expression) => Expression;
}

let numbered = 0;

/** Expressions of one kind, by what they are made of. */
type Table<Key> = Map<Key, Expression>;

/** The table of one name: keys put together of names and numbers would be hashed anew at each question. */
function tableOf<Name, Key>(tables: Map<Name, Table<Key>>, name: Name): Table<Key> {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const empty: Table<Key> = new Map();
  tables.set(name, empty);
  return empty;
}

/** An integer as a key: numbers are their own. */
const integerKey = (value: Integer): number | string => (typeof value === 'number' ? value : value.key);

export function createExpressions(): Expressions {
  const own = new Set<Expression>();
  const constants: Table<number | string> = new Map();
  const integers: Table<string> = new Map();
  const loads = new Map<string, Table<number | string>>();
  const locals: Table<string> = new Map();
  const accumulators = new Map<string, Table<number | string>>();
  const unaries = new Map<UnaryName, Table<number>>();
  const binaries = new Map<BinaryName, Table<number>>();
  const branches: Table<string> = new Map();
  const keep = <Key>(table: Table<Key>, key: Key, fresh: Expression): Expression => {
    own.add(fresh);
    table.set(key, fresh);
    return fresh;
  };
  // Counted from here, the numbers of two operands make one: neither comes near 2^26 while a maker is in use.
  const first = numbered;
  const pairKey = (left: Expression, right: Expression): number => (left.id - first) * 2 ** 26 + (right.id - first);
  const constant = (value: number): Expression => {
    const key = Object.is(value, -0) ? '-0' : value;
    return constants.get(key) ?? keep(constants, key, { kind: 'constant', value, id: numbered++ });
  };
  return {
    has: (expression) => own.has(expression),
    constant,
    integer: (value) => (typeof value === 'number' ? constant(value) : (integers.get(value.key) ?? keep(integers, value.key, { kind: 'integer', value, id: numbered++ }))),
    load: (buffer, index) => {
      const [table, key] = [tableOf(loads, buffer), integerKey(index)];
      return table.get(key) ?? keep(table, key, { kind: 'load', buffer, index, id: numbered++ });
    },
    local: (name) => locals.get(name) ?? keep(locals, name, { kind: 'local', name, id: numbered++ }),
    accumulator: (name, element) => {
      const [table, key] = [tableOf(accumulators, name), integerKey(element)];
      return table.get(key) ?? keep(table, key, { kind: 'accumulator', name, element, id: numbered++ });
    },
    unary: (name, operand) => {
      const table = tableOf(unaries, name);
      return table.get(operand.id) ?? keep(table, operand.id, { kind: 'unary', name, operand, id: numbered++ });
    },
    binary: (name, left, right) => {
      const [table, key] = [tableOf(binaries, name), pairKey(left, right)];
      return table.get(key) ?? keep(table, key, { kind: 'binary', name, left, right, id: numbered++ });
    },
    select: (condition, whenTrue, whenFalse) => {
      const key = `${condition.id},${whenTrue.id},${whenFalse.id}`;
      return branches.get(key) ?? keep(branches, key, { kind: 'select', condition, whenTrue, whenFalse, id: numbered++ });
    },
    guard: (conditions, inside, outside) => {
      if (conditions.length === 0) return inside;
      const key = `${conditions.map(conditionKey).join('&')}?${inside.id}:${outside.id}`;
      return branches.get(key) ?? keep(branches, key, { kind: 'guard', conditions, inside, outside, id: numbered++ });
    },
  };
}

function conditionKey(condition: Condition): string {
  return condition.kind === 'inside'
    ? `${keyOf(condition.index)}<${keyOf(condition.extent)}`
    : `${keyOf(condition.index)}|${condition.divisor}`;
}

/** The direct parts of an expression. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'constant':
    case 'integer':
    case 'load':
    case 'local':
    case 'accumulator':
      return [];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'select':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'guard':
      return [expression.inside, expression.outside];
  }
}

/** An expression and its parts, each distinct one once, wholes before parts; those in `seen` are left out, the others put there. */
export function partsOf(expression: Expression, seen: Set<Expression> = new Set()): readonly Expression[] {
  const found: Expression[] = [];
  const visit = (part: Expression): void => {
    if (seen.has(part)) return;
    seen.add(part);
    found.push(part);
    for (const operand of operandsOf(part)) visit(operand);
  };
  visit(expression);
  return found;
}

/** The integers that stand in an expression itself, not in its parts. */
export function integersOf(expression: Expression): readonly Integer[] {
  switch (expression.kind) {
    case 'integer':
      return [expression.value];
    case 'load':
      return [expression.index];
    case 'accumulator':
      return [expression.element];
    case 'guard':
      return expression.conditions.flatMap((condition) => (condition.kind === 'inside' ? [condition.index, condition.extent] : [condition.index]));
    case 'constant':
    case 'local':
    case 'unary':
    case 'binary':
    case 'select':
      return [];
  }
}

/** What a rewrite of an expression changes: its integers, its leaves, its accumulators' names. */
export interface Rewrite {
  readonly variable?: (variable: Variable) => Integer | undefined;
  /** Another form of an integer, after its variables are replaced. */
  readonly integer?: (value: Integer) => Integer;
  readonly accumulator?: (name: string) => string;
  /** Replaces a whole expression, before its parts are looked at. */
  readonly replace?: (expression: Expression) => Expression | undefined;
}

/**
 * A function that rewrites expressions, each distinct one once; the results belong to `make`. What stays as it is and belongs
 * to `make` already is not made again.
 */
export function rewriter(make: Expressions, rewrite: Rewrite): (expression: Expression) => Expression {
  const done = new Map<Expression, Expression>();
  const { variable, integer: changed } = rewrite;
  const integer = (value: Integer): Integer => {
    const replaced = variable === undefined ? value : substitute(value, variable);
    return changed === undefined ? replaced : changed(replaced);
  };
  const apply = (expression: Expression): Expression => {
    const known = done.get(expression);
    if (known !== undefined) return known;
    const result = rewrite.replace?.(expression) ?? rebuild(expression, make.has(expression));
    done.set(expression, result);
    return result;
  };
  const rebuild = (expression: Expression, isOwn: boolean): Expression => {
    switch (expression.kind) {
      case 'constant':
        return isOwn ? expression : make.constant(expression.value);
      case 'local':
        return isOwn ? expression : make.local(expression.name);
      case 'integer': {
        const value = integer(expression.value);
        return isOwn && value === expression.value ? expression : make.integer(value);
      }
      case 'load': {
        const index = integer(expression.index);
        return isOwn && index === expression.index ? expression : make.load(expression.buffer, index);
      }
      case 'accumulator': {
        const name = rewrite.accumulator?.(expression.name) ?? expression.name;
        const element = integer(expression.element);
        return isOwn && name === expression.name && element === expression.element ? expression : make.accumulator(name, element);
      }
      case 'unary': {
        const operand = apply(expression.operand);
        return isOwn && operand === expression.operand ? expression : make.unary(expression.name, operand);
      }
      case 'binary': {
        const left = apply(expression.left);
        const right = apply(expression.right);
        return isOwn && left === expression.left && right === expression.right ? expression : make.binary(expression.name, left, right);
      }
      case 'select':
        return make.select(apply(expression.condition), apply(expression.whenTrue), apply(expression.whenFalse));
      case 'guard':
        return make.guard(
          expression.conditions.map((condition): Condition =>
            condition.kind === 'inside'
              ? { kind: 'inside', index: integer(condition.index), extent: integer(condition.extent) }
              : { kind: 'multiple', index: integer(condition.index), divisor: condition.divisor },
          ),
          apply(expression.inside),
          apply(expression.outside),
        );
    }
  };
  return apply;
}
