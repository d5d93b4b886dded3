import { loopVariable, minus, substitute, variablesOf, type Integer } from '@xcorr/graph';
import { rewriter, type Expression, type Expressions } from '../expression.ts';
import type { Accumulate, Loop, LoopNest, Statement } from '../nest.ts';
import type { Buffer } from '../program.ts';
import { bindVariable } from '../schedule/replicate.ts';
import { countOf, isCounted, type CountedLoop } from './sum-chain.ts';

/** Folded, kernels of more taps stay loops, where products are not what takes the time. */
const mostTaps = 100;

/** A tap times what lies under it. */
interface Term {
  readonly tap: Expression & { readonly kind: 'load' };
  readonly under: Expression;
}

/** Loops, each alone in the one before it, and the sum that they gather. */
interface Chain {
  readonly outer: readonly CountedLoop[];
  /** The innermost. */
  readonly along: CountedLoop;
  readonly accumulate: Accumulate;
  readonly term: Term;
}

type Constants = ReadonlyMap<string, Float64Array>;

/** k * x as its parts; also where x counts under conditions alone: guard(c, k * x, 0) = k * guard(c, x, 0). */
function termOf(value: Expression, constants: Constants, make: Expressions): Term | undefined {
  if (value.kind === 'guard' && value.outside.kind === 'constant' && value.outside.value === 0) {
    const inside = termOf(value.inside, constants, make);
    return inside === undefined ? undefined : { tap: inside.tap, under: make.guard(value.conditions, inside.under, value.outside) };
  }
  if (value.kind !== 'binary' || value.name !== 'mul') return undefined;
  const { left, right } = value;
  if (left.kind === 'load' && constants.has(left.buffer)) return { tap: left, under: right };
  return right.kind === 'load' && constants.has(right.buffer) ? { tap: right, under: left } : undefined;
}

function chainOf(loop: Loop, constants: Constants, make: Expressions): Chain | undefined {
  const [only, another] = loop.body;
  if (loop.role !== 'reduce' || !isCounted(loop) || only === undefined || another !== undefined) return undefined;
  if (only.kind === 'accumulate') {
    const term = only.operator === 'add' ? termOf(only.value, constants, make) : undefined;
    return term === undefined ? undefined : { outer: [], along: loop, accumulate: only, term };
  }
  const inner = only.kind === 'loop' ? chainOf(only, constants, make) : undefined;
  return inner === undefined ? undefined : { ...inner, outer: [loop, ...inner.outer] };
}

/**
 * 1 where the taps read the same from both ends of the innermost loop, whatever the other loops' iterations are, -1 where those
 * from the other end are negative; undefined where neither holds, or all are 0.
 */
function symmetryOf({ outer, along, term: { tap } }: Chain, constants: Constants): 1 | -1 | undefined {
  const data = constants.get(tap.buffer);
  const used = variablesOf(tap.index).map((variable) => (variable.role === 'loop' ? [...outer, along].find((loop) => loop.variable === variable.name) : undefined));
  const loops = used.filter((loop) => loop !== undefined);
  if (data === undefined || loops.length < used.length || !loops.includes(along) || along.extent < 2 || countOf(loops) > mostTaps) return undefined;
  let [same, opposite, some] = [true, true, false];
  const visit = (rest: readonly CountedLoop[], at: Integer, mirrored: Integer): void => {
    const [loop, ...behind] = rest;
    if (loop === undefined) {
      const [tap, other] = typeof at === 'number' && typeof mirrored === 'number' ? [data[at] ?? NaN, data[mirrored] ?? NaN] : [NaN, NaN];
      same &&= tap === other;
      opposite &&= tap === -other;
      some ||= tap !== 0;
      return;
    }
    for (let iteration = 0; iteration < loop.extent; iteration++) {
      const across = loop === along ? loop.extent - 1 - iteration : iteration;
      visit(behind, substitute(at, bindVariable(loop.variable, iteration)), substitute(mirrored, bindVariable(loop.variable, across)));
    }
  };
  visit(loops, tap.index, tap.index);
  if (!some) return undefined;
  return same ? 1 : opposite ? -1 : undefined;
}

/**
 * The sum over the innermost loop of a chain, folded:
 *   sum_{v < n} k(v) x(v) = sum_{v < n/2} k(v) (x(v) + x(n-1-v)), and k(m) x(m) at the middle where n = 2m + 1;
 *   x(v) - x(n-1-v) where k(n-1-v) = -k(v): the middle is 0 there.
 */
function folded({ outer, along, accumulate, term: { tap, under } }: Chain, symmetry: 1 | -1, make: Expressions): Statement {
  const iteration = (value: Integer): ((expression: Expression) => Expression) => rewriter(make, { variable: bindVariable(along.variable, value) });
  const half = Math.floor(along.extent / 2);
  const across = iteration(minus(along.extent - 1, loopVariable(along.variable)));
  const gather = (value: Expression): Statement => ({ ...accumulate, value });
  const pairs: Statement = { ...along, extent: half, body: [gather(make.binary('mul', make.binary(symmetry === 1 ? 'add' : 'sub', under, across(under)), tap))] };
  const middle = iteration(half);
  const body = [pairs, ...(along.extent % 2 === 1 && symmetry === 1 ? [gather(make.binary('mul', middle(under), middle(tap)))] : [])];
  return outer.reduceRight<readonly Statement[]>((inner, loop) => [{ ...loop, body: inner }], body)[0] ?? pairs;
}

/**
 * Sums whose constant taps are symmetric, or symmetric but for the sign, along the innermost of several loops: what lies under
 * equal taps is added first, and one product serves both.
 *
 * Where the model says so: measured in V8 on 1080p, symmetric kernels of 3 x 3, 5 x 5, 7 x 7 and 9 x 9 take 0.8, 0.76, 0.87 and
 * 0.5 of the time. Folded along rows too, too many sums wait for one another (3 x 3: 1.25), and along a single loop, as in
 * the passes of a separated kernel, the pairs lie too far apart (15 taps of a row: 1.13). On machines that multiply and add
 * in one step nothing would be gained.
 */
export function foldSymmetric(nests: readonly LoopNest[], buffers: readonly Buffer[], make: Expressions): readonly LoopNest[] {
  const constants = new Map(buffers.flatMap(({ id, role, data }) => (role === 'constant' && data !== undefined ? [[id, data] as const] : [])));
  const fold = (body: readonly Statement[]): readonly Statement[] =>
    body.map((each): Statement => {
      if (each.kind !== 'loop') return each;
      const chain = chainOf(each, constants, make);
      const symmetry = chain === undefined || chain.outer.length === 0 ? undefined : symmetryOf(chain, constants);
      return chain === undefined || symmetry === undefined ? { ...each, body: fold(each.body) } : folded(chain, symmetry, make);
    });
  return constants.size === 0 ? nests : nests.map((nest) => ({ ...nest, body: fold(nest.body) }));
}
