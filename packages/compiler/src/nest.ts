import type { Integer } from '@xcorr/graph';
import { partsOf, type Expression } from './expression.ts';

/** `parallel`: iterations are independent. `reduce`: they gather into accumulators, in order. */
export type LoopRole = 'parallel' | 'reduce';

/** Counts `variable` from 0 to extent - 1. */
export interface Loop {
  readonly kind: 'loop';
  /** Unique within a program. */
  readonly variable: string;
  readonly extent: Integer;
  readonly role: LoopRole;
  readonly body: readonly Statement[];
}

/** Names a value that is used more than once, or outside the loop that uses it. */
export interface Let {
  readonly kind: 'let';
  readonly name: string;
  readonly value: Expression;
}

/** Declares a register, or a small array of them, in double precision. */
export interface Accumulator {
  readonly kind: 'accumulator';
  readonly name: string;
  readonly count: number;
  readonly initial: number;
}

/** accumulator[element] = accumulator[element] (operator) value */
export interface Accumulate {
  readonly kind: 'accumulate';
  readonly name: string;
  readonly element: Integer;
  readonly operator: 'add' | 'max';
  readonly value: Expression;
}

/** buffer[index] = value, rounded to the buffer's storage type. */
export interface Store {
  readonly kind: 'store';
  readonly buffer: string;
  readonly index: Integer;
  readonly value: Expression;
}

export type Statement = Loop | Let | Accumulator | Accumulate | Store;

/**
 * A tree of loops and statements over scalar expressions: what is computed and in which order sums are taken.
 * How it runs (unrolled, blocked, in lanes) is said by a Schedule beside it.
 */
export interface LoopNest {
  readonly name: string;
  readonly body: readonly Statement[];
}

/** Every statement, outer before inner, with the loops around it. */
export function walk(body: readonly Statement[], around: readonly Loop[] = []): readonly (readonly [Statement, readonly Loop[]])[] {
  const found: (readonly [Statement, readonly Loop[]])[] = [];
  collectStatements(body, around, found);
  return found;
}

function collectStatements(body: readonly Statement[], around: readonly Loop[], found: (readonly [Statement, readonly Loop[]])[]): void {
  for (const statement of body) {
    found.push([statement, around]);
    if (statement.kind === 'loop') collectStatements(statement.body, [...around, statement], found);
  }
}

/** The value that a statement computes itself. */
export function valueOf(statement: Statement): Expression | undefined {
  return statement.kind === 'loop' || statement.kind === 'accumulator' ? undefined : statement.value;
}

/** The distinct expressions of some statements and of those inside, parts included. */
export function expressionsIn(body: readonly Statement[]): readonly Expression[] {
  const seen = new Set<Expression>();
  const enter = (statement: Statement): void => {
    const value = valueOf(statement);
    if (value !== undefined) partsOf(value, seen);
    if (statement.kind === 'loop') statement.body.forEach(enter);
  };
  body.forEach(enter);
  return [...seen];
}

/** The integer by which a statement addresses what it writes. */
export function targetOf(statement: Statement): Integer | undefined {
  if (statement.kind === 'store') return statement.index;
  return statement.kind === 'accumulate' ? statement.element : undefined;
}
