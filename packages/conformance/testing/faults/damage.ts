import type { Backend, Expression, Loop, LoopNest, Program, Statement } from '@xcorr/compiler';

/** Something that a compiler or a backend could get wrong, as a change to a program. */
export type Damage = (program: Program) => Program;

/** What a single node becomes; undefined: this fault cannot strike there. */
export type ExpressionDamage = (expression: Expression) => Expression | undefined;
export type StatementDamage = (statement: Statement, around: readonly Loop[]) => readonly Statement[] | undefined;

/** Expressions made here have ids that no other has. */
let made = 0;
export function fresh<E extends Expression>(expression: E): E {
  return { ...expression, id: --made };
}

function withOperands(expression: Expression, change: (operand: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'constant':
    case 'integer':
    case 'load':
    case 'local':
    case 'accumulator':
      return expression;
    case 'unary':
      return { ...expression, operand: change(expression.operand) };
    case 'binary':
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case 'select':
      return { ...expression, condition: change(expression.condition), whenTrue: change(expression.whenTrue), whenFalse: change(expression.whenFalse) };
    case 'guard':
      return { ...expression, inside: change(expression.inside), outside: change(expression.outside) };
  }
}

/** Every nest rewritten, statement by statement. */
function throughNests(program: Program, change: (statement: Statement, around: readonly Loop[]) => readonly Statement[]): Program {
  const within = (body: readonly Statement[], around: readonly Loop[]): readonly Statement[] =>
    body.flatMap((statement) =>
      change(statement, around).map((each) => (each.kind === 'loop' ? { ...each, body: within(each.body, [...around, each]) } : each)),
    );
  const nest = (each: LoopNest): LoopNest => ({ ...each, body: within(each.body, []) });
  return { ...program, nests: program.nests.map((each) => ({ ...each, nest: nest(each.nest) })) };
}

/** Damages the first statement that a fault can strike. */
export function firstStatement(damage: StatementDamage): Damage {
  return (program) => {
    let isDone = false;
    return throughNests(program, (statement, around) => {
      const damaged = isDone ? undefined : damage(statement, around);
      isDone ||= damaged !== undefined;
      return damaged ?? [statement];
    });
  };
}

/** Every expression rewritten, users before operands; what is shared stays shared. */
function throughExpressions(program: Program, damage: ExpressionDamage): Program {
  const done = new Map<number, Expression>();
  const change = (expression: Expression): Expression => {
    const known = done.get(expression.id);
    if (known !== undefined) return known;
    const result = damage(expression) ?? withOperands(expression, change);
    const changed = result === expression ? expression : fresh(result);
    done.set(expression.id, changed);
    return changed;
  };
  return throughNests(program, (statement) => (statement.kind === 'loop' || statement.kind === 'accumulator' ? [statement] : [{ ...statement, value: change(statement.value) }]));
}

/** Damages the first expression that a fault can strike, wherever it is shared. */
export function firstExpression(damage: ExpressionDamage): Damage {
  return (program) => {
    let isDone = false;
    return throughExpressions(program, (expression) => {
      const damaged = isDone ? undefined : damage(expression);
      isDone ||= damaged !== undefined;
      return damaged;
    });
  };
}

/** Puts one buffer in the place of another everywhere. */
export function withBufferIn(program: Program, from: string, to: string): Program {
  const loads = throughExpressions(program, (each) => (each.kind === 'load' && each.buffer === from ? { ...each, buffer: to } : undefined));
  return throughNests(loads, (each) => [each.kind === 'store' && each.buffer === from ? { ...each, buffer: to } : each]);
}

/** A backend whose programs are damaged before it sees them. */
export function damaged(backend: Backend<'sync'>, damage: Damage): Backend<'sync'> {
  return { ...backend, emit: (program, target) => backend.emit(damage(program), target) };
}
