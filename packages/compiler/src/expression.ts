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

type Table<Key> = Map<Key, Expression>;

/** The table of one name: a key that is put together of a name and others is hashed anew each time. */
function tableOf<Key>(tables: Map<string, Table<Key>>, name: string): Table<Key> {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const empty: Table<Key> = new Map();
  tables.set(name, empty);
  return empty;
}

export function createExpressions(): Expressions {
  const own = new Set<Expression>();
  const known: Table<string> = new Map();
  const loads = new Map<string, Table<string>>();
  const binaries = new Map<string, Table<number>>();
  const make = <Key>(table: Table<Key>, key: Key, fresh: Expression): Expression => {
    const found = table.get(key);
    if (found !== undefined) return found;
    numbered++;
    own.add(fresh);
    table.set(key, fresh);
    return fresh;
  };
  // Counted from here, the numbers of two operands make one: neither comes near 2^26 while a maker is in use.
  const first = numbered;
  const constant = (value: number): Expression => make(known, `c${Object.is(value, -0) ? '-0' : value}`, { kind: 'constant', value, id: numbered });
  return {
    has: (expression) => own.has(expression),
    constant,
    integer: (value) => (typeof value === 'number' ? constant(value) : make(known, `i${keyOf(value)}`, { kind: 'integer', value, id: numbered })),
    load: (buffer, index) => make(tableOf(loads, buffer), keyOf(index), { kind: 'load', buffer, index, id: numbered }),
    local: (name) => make(known, `v${name}`, { kind: 'local', name, id: numbered }),
    accumulator: (name, element) => make(known, `a${name}[${keyOf(element)}`, { kind: 'accumulator', name, element, id: numbered }),
    unary: (name, operand) => make(known, `${name}(${operand.id}`, { kind: 'unary', name, operand, id: numbered }),
    binary: (name, left, right) =>
      make(tableOf(binaries, name), (left.id - first) * 2 ** 26 + (right.id - first), { kind: 'binary', name, left, right, id: numbered }),
    select: (condition, whenTrue, whenFalse) =>
      make(known, `s${condition.id},${whenTrue.id},${whenFalse.id}`, { kind: 'select', condition, whenTrue, whenFalse, id: numbered }),
    guard: (conditions, inside, outside) =>
      conditions.length === 0
        ? inside
        : make(known, `g${conditions.map(conditionKey).join('&')}?${inside.id}:${outside.id}`, { kind: 'guard', conditions, inside, outside, id: numbered }),
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

/** A function that rewrites expressions, each distinct one once; the results belong to `make`. What it leaves as it is is not made again. */
export function rewriter(make: Expressions, rewrite: Rewrite): (expression: Expression) => Expression {
  const done = new Map<number, Expression>();
  const integer = (value: Integer): Integer => {
    const replaced = rewrite.variable === undefined ? value : substitute(value, rewrite.variable);
    return rewrite.integer?.(replaced) ?? replaced;
  };
  const apply = (expression: Expression): Expression => {
    const known = done.get(expression.id);
    if (known !== undefined) return known;
    const result = rewrite.replace?.(expression) ?? rebuild(expression);
    done.set(expression.id, result);
    return result;
  };
  const rebuild = (expression: Expression): Expression => {
    switch (expression.kind) {
      case 'constant':
        return make.constant(expression.value);
      case 'local':
        return make.local(expression.name);
      case 'integer':
        return make.integer(integer(expression.value));
      case 'load': {
        const index = integer(expression.index);
        return index === expression.index && make.has(expression) ? expression : make.load(expression.buffer, index);
      }
      case 'accumulator':
        return make.accumulator(rewrite.accumulator?.(expression.name) ?? expression.name, integer(expression.element));
      case 'unary':
        return make.unary(expression.name, apply(expression.operand));
      case 'binary': {
        const [left, right] = [apply(expression.left), apply(expression.right)];
        return left === expression.left && right === expression.right && make.has(expression) ? expression : make.binary(expression.name, left, right);
      }
      case 'select':
        return make.select(apply(expression.condition), apply(expression.whenTrue), apply(expression.whenFalse));
      case 'guard':
        return make.guard(
          expression.conditions.map((condition) =>
            condition.kind === 'inside'
              ? { ...condition, index: integer(condition.index), extent: integer(condition.extent) }
              : { ...condition, index: integer(condition.index) },
          ),
          apply(expression.inside),
          apply(expression.outside),
        );
    }
  };
  return apply;
}
