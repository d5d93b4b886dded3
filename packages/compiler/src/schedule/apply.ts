import { floorDivide, loopVariable, minus, plus, times } from '@xcorr/graph';
import { createExpressions, type Expression, type Expressions } from '../expression.ts';
import { withLaws } from '../laws.ts';
import { expressionsIn, type Loop, type LoopNest, type Statement } from '../nest.ts';
import { bindLocals } from './bind-locals.ts';
import { peelLoops, unsplit } from './peel.ts';
import { bindVariable, createApart, replicate, rewriteStatements, type Writing } from './replicate.ts';
import type { Directive, Schedule } from './schedule.ts';

/**
 * The nest with its schedule carried out and its shared values named. Each directive names a loop of the nest as it
 * was made. Elements of constant buffers whose place becomes known become literals.
 */
export function applySchedule(nest: LoopNest, schedule: Schedule, constants: ReadonlyMap<string, Float64Array> = new Map()): LoopNest {
  const make = withLaws(createExpressions());
  const writing: Writing = { make, apart: createApart() };
  const peels = new Map(schedule.flatMap((directive) => (directive.kind === 'peel' ? [[directive.loop, directive] as const] : [])));
  const directives = new Map<string, Directive>(schedule.flatMap((directive) => (directive.kind === 'peel' ? [] : [[directive.loop, directive] as const])));
  /** In the first and last iterations of peeled loops results are told apart as they are between them: sums live in registers. */
  const directiveFor = ({ variable, role }: Loop): Directive | undefined => {
    const around = role === 'parallel' ? directives.get(unsplit(variable)) : undefined;
    return directives.get(variable) ?? (around?.kind === 'unroll' ? around : undefined);
  };
  const carry = (body: readonly Statement[]): readonly Statement[] =>
    body.flatMap((statement): readonly Statement[] => {
      if (statement.kind !== 'loop') return [statement];
      const directive = directiveFor(statement);
      if (directive?.kind === 'block') return block(statement, directive.factor, writing).map((part) => ({ ...part, body: carry(part.body) }));
      if (directive?.kind === 'unroll') return unroll(statement, carry, writing);
      return [{ ...statement, body: carry(statement.body) }];
    });
  const own = rewriteStatements(nest.body, make, {});
  const isLiteral = expressionsIn(own).some((each) => each.kind === 'load' && constants.has(each.buffer));
  const carried = carry(peels.size === 0 ? own : peelLoops(own, peels, make));
  const body = isLiteral ? rewriteStatements(carried, make, { replace: (each) => literal(each, constants, make) }) : carried;
  return bindLocals({ ...nest, body: withoutZeros(body) }, make);
}

/** x + 0 = x: a tap that is 0 adds nothing. */
function withoutZeros(body: readonly Statement[]): readonly Statement[] {
  return body
    .filter((each) => !(each.kind === 'accumulate' && each.operator === 'add' && each.value.kind === 'constant' && each.value.value === 0))
    .map((each) => (each.kind === 'loop' ? { ...each, body: withoutZeros(each.body) } : each));
}

/** The element of a constant buffer at a place that is known. */
function literal(expression: Expression, constants: ReadonlyMap<string, Float64Array>, make: Expressions): Expression | undefined {
  if (expression.kind !== 'load' || typeof expression.index !== 'number') return undefined;
  const value = constants.get(expression.buffer)?.[expression.index];
  return value === undefined ? undefined : make.constant(value);
}

function unroll(loop: Loop, carry: (body: readonly Statement[]) => readonly Statement[], writing: Writing): readonly Statement[] {
  if (typeof loop.extent !== 'number') return [{ ...loop, body: carry(loop.body) }];
  const body = carry(loop.body);
  const iterations = Array.from({ length: loop.extent }, (_, iteration) => iteration);
  return replicate(loop, body, iterations, writing);
}

/**
 * for i < n  ->  for i < floor(n / factor): iterations factor*i … factor*i + factor - 1 together;
 *                for i' < n - factor * floor(n / factor): the rest, one by one
 */
function block(loop: Loop, factor: number, writing: Writing): readonly Loop[] {
  const whole = floorDivide(loop.extent, factor);
  const rest = minus(loop.extent, times(factor, whole));
  const parts: Loop[] = [];
  if (whole !== 0) {
    const first = times(loopVariable(loop.variable), factor);
    const values = Array.from({ length: factor }, (_, offset) => plus(first, offset));
    parts.push({ ...loop, extent: whole, body: replicate(loop, loop.body, values, writing) });
  }
  if (rest !== 0) {
    const variable = `${loop.variable}_rest`;
    const value = plus(times(factor, whole), loopVariable(variable));
    parts.push({ ...loop, variable, extent: rest, body: rewriteStatements(loop.body, writing.make, { variable: bindVariable(loop.variable, value) }) });
  }
  return parts;
}
