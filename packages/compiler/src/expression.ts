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

type Unnumbered<E> = E extends unknown ? Omit<E, 'id'> : never;

/** Makes expressions; within one maker, equal meanings are one object. Operands have smaller ids than their users. */
export interface Expressions {
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

export function createExpressions(): Expressions {
  const known = new Map<string, Expression>();
  const make = (key: string, parts: Unnumbered<Expression>): Expression => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const fresh: Expression = { ...parts, id: numbered++ };
    known.set(key, fresh);
    return fresh;
  };
  const constant = (value: number): Expression => make(`c${Object.is(value, -0) ? '-0' : value}`, { kind: 'constant', value });
  return {
    constant,
    integer: (value) => (typeof value === 'number' ? constant(value) : make(`i${keyOf(value)}`, { kind: 'integer', value })),
    load: (buffer, index) => make(`l${buffer}[${keyOf(index)}`, { kind: 'load', buffer, index }),
    local: (name) => make(`v${name}`, { kind: 'local', name }),
    accumulator: (name, element) => make(`a${name}[${keyOf(element)}`, { kind: 'accumulator', name, element }),
    unary: (name, operand) => make(`${name}(${operand.id}`, { kind: 'unary', name, operand }),
    binary: (name, left, right) => make(`${name}(${left.id},${right.id}`, { kind: 'binary', name, left, right }),
    select: (condition, whenTrue, whenFalse) =>
      make(`s${condition.id},${whenTrue.id},${whenFalse.id}`, { kind: 'select', condition, whenTrue, whenFalse }),
    guard: (conditions, inside, outside) =>
      conditions.length === 0
        ? inside
        : make(`g${conditions.map(conditionKey).join('&')}?${inside.id}:${outside.id}`, { kind: 'guard', conditions, inside, outside }),
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
export function* partsOf(expression: Expression, seen: Set<Expression> = new Set()): Generator<Expression> {
  if (seen.has(expression)) return;
  seen.add(expression);
  yield expression;
  for (const operand of operandsOf(expression)) yield* partsOf(operand, seen);
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

/** A function that rewrites expressions, each distinct one once; the results belong to `make`. */
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
      case 'load':
        return make.load(expression.buffer, integer(expression.index));
      case 'accumulator':
        return make.accumulator(rewrite.accumulator?.(expression.name) ?? expression.name, integer(expression.element));
      case 'unary':
        return make.unary(expression.name, apply(expression.operand));
      case 'binary':
        return make.binary(expression.name, apply(expression.left), apply(expression.right));
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
