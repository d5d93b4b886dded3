import { printInteger, type BinaryName } from '@xcorr/graph';
import type { Condition, Expression } from '../expression.ts';
import type { LoopNest, Statement } from '../nest.ts';

/** What buffers are called in the text. */
export type BufferName = (id: string) => string;

const operators: Partial<Record<BinaryName, string>> = { add: '+', sub: '-', mul: '*', div: '/', less: '<', lessEqual: '<=', equal: '==' };

function printCondition(condition: Condition): string {
  const index = printInteger(condition.index);
  return condition.kind === 'inside' ? `0 <= ${index} < ${printInteger(condition.extent)}` : `(${index}) % ${condition.divisor} == 0`;
}

/** An expression as text; parts in parentheses unless they are whole in themselves. */
export function printExpression(expression: Expression, name: BufferName): string {
  const part = (each: Expression): string => {
    const text = printExpression(each, name);
    return each.kind === 'binary' && operators[each.name] !== undefined ? `(${text})` : text;
  };
  switch (expression.kind) {
    case 'constant':
      return String(expression.value);
    case 'integer':
      return `number(${printInteger(expression.value)})`;
    case 'load':
      return `${name(expression.buffer)}[${printInteger(expression.index)}]`;
    case 'local':
      return expression.name;
    case 'accumulator':
      return expression.element === 0 ? expression.name : `${expression.name}[${printInteger(expression.element)}]`;
    case 'unary':
      return expression.name === 'neg' ? `-${part(expression.operand)}` : `${expression.name}(${printExpression(expression.operand, name)})`;
    case 'binary': {
      const operator = operators[expression.name];
      if (operator !== undefined) return `${part(expression.left)} ${operator} ${part(expression.right)}`;
      return `${expression.name}(${printExpression(expression.left, name)}, ${printExpression(expression.right, name)})`;
    }
    case 'select':
      return `select(${[expression.condition, expression.whenTrue, expression.whenFalse].map((each) => printExpression(each, name)).join(', ')})`;
    case 'guard':
      return `guard(${expression.conditions.map(printCondition).join(' and ')}, ${printExpression(expression.inside, name)}, ${printExpression(expression.outside, name)})`;
  }
}

function printStatement(statement: Statement, name: BufferName, indent: string): readonly string[] {
  const value = (each: Expression): string => printExpression(each, name);
  switch (statement.kind) {
    case 'loop': {
      const role = statement.role === 'reduce' ? 'reduce' : 'for';
      const head = `${indent}${role} ${statement.variable} < ${printInteger(statement.extent)}`;
      return [head, ...statement.body.flatMap((each) => printStatement(each, name, `${indent}  `))];
    }
    case 'let':
      return [`${indent}let ${statement.name} = ${value(statement.value)}`];
    case 'accumulator':
      return [`${indent}accumulator ${statement.name}${statement.count === 1 ? '' : `[${statement.count}]`} = ${statement.initial}`];
    case 'accumulate': {
      const target = statement.element === 0 ? statement.name : `${statement.name}[${printInteger(statement.element)}]`;
      return [`${indent}${target} ${statement.operator === 'add' ? '+=' : 'max='} ${value(statement.value)}`];
    }
    case 'store':
      return [`${indent}${name(statement.buffer)}[${printInteger(statement.index)}] = ${value(statement.value)}`];
  }
}

/** A loop nest as text: one statement a line, bodies indented. */
export function printNest(nest: LoopNest, name: BufferName = (id) => id): string {
  return [nest.name, ...nest.body.flatMap((each) => printStatement(each, name, '  '))].join('\n');
}
