import { CompileError, printInteger } from '@xcorr/graph';
import { walk, type Loop, type LoopNest, type Statement } from '../nest.ts';
import { printDirective, type Directive, type Schedule } from '../schedule/schedule.ts';

/** Statements that a schedule may write out of a nest, about: code beyond that takes long to compile, and longer to run. */
export const mostStatements = 10_000;

/** How many statements a schedule writes a body out to, about. */
export function statementsWritten(body: readonly Statement[], schedule: Schedule): number {
  return body.reduce((count, statement) => count + (statement.kind === 'loop' ? copies(statement, schedule) * statementsWritten(statement.body, schedule) : 1), 0);
}

function copies(loop: Loop, schedule: Schedule): number {
  return schedule.reduce((product, directive) => (directive.loop === loop.variable ? product * copiesBy(directive, loop) : product), 1);
}

function copiesBy(directive: Directive, { extent }: Loop): number {
  switch (directive.kind) {
    case 'peel':
      return 3;
    case 'unroll':
      return typeof extent === 'number' ? extent : 1;
    case 'block':
      return directive.factor + 1;
  }
}

/** Why a directive cannot be carried out, and what would mend it; undefined where it can. */
function misfit(directive: Directive, loop: Loop | undefined, loops: readonly Loop[]): string | undefined {
  const names = (of: readonly Loop[]): string => of.map(({ variable }) => variable).join(', ') || 'none';
  if (loop === undefined) return `there is no loop ${JSON.stringify(directive.loop)}\n  its loops are ${names(loops)}`;
  if (directive.kind === 'block' && loop.role !== 'parallel')
    return `${loop.variable} gathers a sum, whose terms keep their order\n  block a parallel loop: ${names(loops.filter(({ role }) => role === 'parallel'))}`;
  if (directive.kind === 'unroll' && typeof loop.extent !== 'number')
    return `${loop.variable} runs ${printInteger(loop.extent)} times, which is no number\n  unroll a loop of literal extent: ${names(loops.filter(({ extent }) => typeof extent === 'number'))}`;
  return undefined;
}

/**
 * Checks that a schedule can be carried out on a nest.
 *
 * @param nest by the names of loops that the schedule uses
 * @param what what the schedule is called in messages
 * @throws CompileError when it names a loop that is not there, blocks a sum, unrolls a loop of any size, says two things of
 * one loop, or writes out too much.
 */
export function checkFit({ body }: LoopNest, schedule: Schedule, what: string): void {
  const loops = [...walk(body)].flatMap(([statement]) => (statement.kind === 'loop' ? [statement] : []));
  const seen = new Set<string>();
  for (const directive of schedule) {
    const said = `compile: ${what} says ${JSON.stringify(printDirective(directive))}`;
    const reason = misfit(directive, loops.find(({ variable }) => variable === directive.loop), loops);
    if (reason !== undefined) throw new CompileError(`${said}, and ${reason}`);
    const place = `${directive.kind === 'peel'} ${directive.loop}`;
    if (seen.has(place)) throw new CompileError(`${said} beside something else of ${directive.loop}\n  of a loop a schedule says once how it is peeled, and once whether it is unrolled or blocked`);
    seen.add(place);
  }
  const written = statementsWritten(body, schedule);
  if (written > mostStatements) throw new CompileError(`compile: ${what} writes out about ${written} statements, of at most ${mostStatements}\n  unroll fewer loops, or block by less`);
}
