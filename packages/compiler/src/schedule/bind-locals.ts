import { variablesOf, type Integer } from '@xcorr/graph';
import { integersOf, operandsOf, rewriter, type Expression, type Expressions } from '../expression.ts';
import { valueOf, type LoopNest, type Statement } from '../nest.ts';

/** Names of loop variables and accumulators whose values are known at a place. */
interface Known {
  readonly loops: ReadonlySet<string>;
  readonly accumulators: ReadonlySet<string>;
}

/** How an expression is used below a block. */
interface Usage {
  readonly expression: Expression;
  /** The first expression or statement that has it as a part; x * x has it twice. */
  readonly user: number;
  /** True when others have it too. */
  isShared: boolean;
  /** The first statement of the block that uses it. */
  first: number;
  /** True when a loop inside the block would compute it again and again. */
  inLoop: boolean;
  /** True when it is computed whatever conditions hold. */
  unconditional: boolean;
}

/**
 * Gives names to what is used more than once and to what does not change in the loop that uses it, each in the
 * outermost block in which its value is known, before the first statement that uses it.
 *
 * A value that is used under conditions alone keeps its place: its loads may be valid only there. A load always means
 * what the buffer held before the nest ran (in-place updates are made only where that is so), so loads may move.
 */
export function bindLocals(nest: LoopNest, make: Expressions): LoopNest {
  let count = 0;
  const bind = (body: readonly Statement[], around: Known): readonly Statement[] => {
    const known: Known = {
      loops: around.loops,
      accumulators: new Set([...around.accumulators, ...body.flatMap((each) => (each.kind === 'accumulator' ? [each.name] : []))]),
    };
    const isKnown = knowledge(known);
    const chosen = usagesIn(body, isKnown)
      .filter((usage) => usage.unconditional && (usage.inLoop || usage.isShared))
      .sort((a, b) => a.expression.id - b.expression.id);
    const names = new Map(chosen.map(({ expression }) => [expression.id, `t${count++}`]));
    const withNames = (self?: Expression): ((expression: Expression) => Expression) =>
      rewriter(make, {
        replace: (each) => {
          const name = each === self ? undefined : names.get(each.id);
          return name === undefined ? undefined : make.local(name);
        },
      });
    const rewrite = names.size === 0 ? undefined : withNames();
    return body.flatMap((statement, position): readonly Statement[] => {
      const lets = chosen
        .filter((usage) => usage.first === position)
        .map(({ expression }): Statement => ({ kind: 'let', name: names.get(expression.id) ?? '', value: withNames(expression)(expression) }));
      return [...lets, within(statement, rewrite, (inner, variable) => bind(inner, { ...known, loops: new Set([...known.loops, variable]) }))];
    });
  };
  return { ...nest, body: bind(nest.body, { loops: new Set(), accumulators: new Set() }) };
}

/** A statement with its expressions rewritten, if any have names, then the bodies of its loops bound. */
function within(
  statement: Statement,
  rewrite: ((expression: Expression) => Expression) | undefined,
  bind: (body: readonly Statement[], variable: string) => readonly Statement[],
): Statement {
  switch (statement.kind) {
    case 'loop': {
      const rewritten = rewrite === undefined ? statement.body : statement.body.map((each) => within(each, rewrite, (body) => body));
      return { ...statement, body: bind(rewritten, statement.variable) };
    }
    case 'accumulator':
      return statement;
    case 'let':
    case 'accumulate':
    case 'store':
      return rewrite === undefined ? statement : { ...statement, value: rewrite(statement.value) };
  }
}

/** Tells whether an expression's value is known where these names are. */
function knowledge(known: Known): (expression: Expression) => boolean {
  const answers = new Map<number, boolean>();
  const integer = (value: Integer): boolean => variablesOf(value).every((variable) => variable.role === 'size' || known.loops.has(variable.name));
  const isKnown = (expression: Expression): boolean => {
    const answer = answers.get(expression.id);
    if (answer !== undefined) return answer;
    const result =
      integersOf(expression).every(integer) &&
      (expression.kind !== 'accumulator' || known.accumulators.has(expression.name)) &&
      operandsOf(expression).every(isKnown);
    answers.set(expression.id, result);
    return result;
  };
  return isKnown;
}

/** What needs no name: it costs nothing to write it again. */
function isLeaf({ kind }: Expression): boolean {
  return kind === 'constant' || kind === 'integer' || kind === 'local' || kind === 'accumulator';
}

/** How the expressions that are known at a block are used in it and in the loops inside. */
function usagesIn(body: readonly Statement[], isKnown: (expression: Expression) => boolean): readonly Usage[] {
  const usages = new Map<number, Usage>();
  const visited = new Set<number>();
  // Users are numbers: 4 x expression + operand, and below 0 the statements.
  const visit = (expression: Expression, user: number, position: number, inLoop: boolean, conditional: boolean): void => {
    if (isLeaf(expression)) return;
    const known = isKnown(expression);
    if (known) {
      const usage = usages.get(expression.id) ?? { expression, user, isShared: false, first: position, inLoop: false, unconditional: false };
      usages.set(expression.id, usage);
      usage.isShared ||= usage.user !== user;
      usage.inLoop ||= inLoop;
      usage.unconditional ||= !conditional;
    }
    const key = 4 * expression.id + (inLoop ? 2 : 0) + (conditional ? 1 : 0);
    if (visited.has(key)) return;
    visited.add(key);
    // Inside something known, a part is computed where the whole is: outside the loops.
    const again = inLoop && !known;
    const own = 4 * expression.id;
    if (expression.kind === 'guard') {
      visit(expression.inside, own, position, again, true);
      visit(expression.outside, own, position, again, true);
      return;
    }
    let side = 0;
    for (const operand of operandsOf(expression)) visit(operand, own + side++, position, again, conditional);
  };
  let statements = -1;
  const enter = (each: Statement, position: number, inLoop: boolean): void => {
    const value = valueOf(each);
    if (value !== undefined) visit(value, statements--, position, inLoop, false);
    if (each.kind === 'loop') for (const inner of each.body) enter(inner, position, true);
  };
  body.forEach((each, position) => enter(each, position, false));
  return [...usages.values()];
}
