import type { Program } from '@xcorr/compiler';
import { integerOf, minus, plus, printShape, termsOf, times, type Integer } from '@xcorr/graph';
import type { SetName } from '../src/case.ts';
import { firstExpression, firstStatement, fresh, withBufferIn, type Damage } from './damage.ts';

interface Fault {
  /** The set that must find it. */
  readonly set: SetName;
  readonly damage: Damage;
}

/** The first term of an index that is a loop variable, with its coefficient. */
function loopTerm(index: Integer): { readonly coefficient: number; readonly variable: Integer } | undefined {
  for (const { coefficient, factors } of termsOf(index)) {
    const [factor, another] = factors;
    if (another === undefined && factor?.kind === 'variable' && factor.role === 'loop') return { coefficient, variable: integerOf(factor) };
  }
  return undefined;
}

const byBuffer = (role: string, { buffers }: Program): ReadonlySet<string> => new Set(buffers.filter((each) => each.role === role).map((each) => each.id));

/** What can go wrong between a graph and its code. */
export const faults: Readonly<Record<string, Fault>> = {
  'a loop variable has the wrong sign in an index': {
    set: 'exact',
    damage: firstExpression((each) => {
      const term = each.kind === 'load' ? loopTerm(each.index) : undefined;
      return each.kind !== 'load' || term === undefined ? undefined : fresh({ ...each, index: minus(each.index, times(2 * term.coefficient, term.variable)) });
    }),
  },
  'a stride is one too large': {
    set: 'exact',
    damage: firstExpression((each) => {
      const term = each.kind === 'load' ? loopTerm(each.index) : undefined;
      return each.kind !== 'load' || term === undefined || term.coefficient < 2 ? undefined : fresh({ ...each, index: plus(each.index, term.variable) });
    }),
  },
  'an element is read instead of its neighbour': {
    set: 'exact',
    damage: firstExpression((each) => (each.kind === 'load' ? fresh({ ...each, index: plus(each.index, 1) }) : undefined)),
  },
  'a guard is dropped': {
    set: 'exact',
    damage: firstExpression((each) => (each.kind === 'guard' ? each.inside : undefined)),
  },
  'a guard reaches one too far': {
    set: 'exact',
    damage: firstExpression((each) => {
      if (each.kind !== 'guard') return undefined;
      const [first, ...rest] = each.conditions;
      return first?.kind === 'inside' ? fresh({ ...each, conditions: [{ ...first, extent: plus(first.extent, 1) }, ...rest] }) : undefined;
    }),
  },
  'a padded position has another value': {
    set: 'exact',
    damage: firstExpression((each) => (each.kind === 'guard' && each.outside.kind === 'constant' ? fresh({ ...each, outside: fresh({ ...each.outside, value: each.outside.value + 1 }) }) : undefined)),
  },
  'the operands of a difference are exchanged': {
    set: 'exact',
    damage: firstExpression((each) => (each.kind === 'binary' && each.name === 'sub' ? fresh({ ...each, left: each.right, right: each.left }) : undefined)),
  },
  'the branches of a select are exchanged': {
    set: 'exact',
    damage: firstExpression((each) => (each.kind === 'select' ? fresh({ ...each, whenTrue: each.whenFalse, whenFalse: each.whenTrue }) : undefined)),
  },
  'less is taken for less or equal': {
    set: 'exact',
    damage: firstExpression((each) => (each.kind === 'binary' && each.name === 'less' ? fresh({ ...each, name: 'lessEqual' }) : undefined)),
  },
  'max is taken for min': {
    set: 'exact',
    damage: firstExpression((each) => (each.kind === 'binary' && each.name === 'max' ? fresh({ ...each, name: 'min' }) : undefined)),
  },
  'a negation is lost': {
    set: 'exact',
    damage: firstExpression((each) => (each.kind === 'unary' && each.name === 'neg' ? each.operand : undefined)),
  },
  'a number in the code is wrong': {
    set: 'exact',
    damage: firstExpression((each) => (each.kind === 'constant' ? fresh({ ...each, value: each.value + 0.5 }) : undefined)),
  },
  'a number in a constant is wrong': {
    set: 'exact',
    damage: (program) => ({
      ...program,
      buffers: program.buffers.map((each) => (each.role === 'constant' && each.data !== undefined ? { ...each, data: each.data.with(0, (each.data[0] ?? 0) + 0.5) } : each)),
    }),
  },
  'a term of a sum is dropped': {
    set: 'exact',
    damage: firstStatement((each) => (each.kind === 'accumulate' ? [] : undefined)),
  },
  'a sum starts at 1': {
    set: 'exact',
    damage: firstStatement((each) => (each.kind === 'accumulator' && each.initial === 0 ? [{ ...each, initial: 1 }] : undefined)),
  },
  'the largest element is summed': {
    set: 'exact',
    damage: firstStatement((each) => (each.kind === 'accumulate' && each.operator === 'max' ? [{ ...each, operator: 'add' }] : undefined)),
  },
  'a loop ends one too early': {
    set: 'exact',
    damage: firstStatement((each) => (each.kind === 'loop' ? [{ ...each, extent: minus(each.extent, 1) }] : undefined)),
  },
  'a state stays as it was': {
    set: 'exact',
    damage: (program) => {
      const kept = new Set([...byBuffer('state', program), ...byBuffer('next', program)]);
      return firstStatement((each) => (each.kind === 'store' && kept.has(each.buffer) ? [] : undefined))(program);
    },
  },
  'a state is overwritten while it is still read': {
    set: 'exact',
    damage: (program) => {
      const places = new Map(program.buffers.flatMap((each) => (each.role === 'next' && each.state !== undefined ? [[each.id, each.state] as const] : [])));
      const nests = firstStatement((each) => (each.kind === 'store' && places.has(each.buffer) ? [{ ...each, buffer: places.get(each.buffer) ?? each.buffer }] : undefined))(program).nests;
      const written = new Set(program.nests.flatMap(({ nest }, position) => (nest === nests[position]?.nest ? [] : [position])));
      // The nest that overwrites comes first.
      return { ...program, nests: [...nests.filter((_, position) => written.has(position)), ...nests.filter((_, position) => !written.has(position))] };
    },
  },
  'two temporaries share a place while both are needed': {
    set: 'exact',
    damage: (program) => {
      const shapeOf = new Map(program.buffers.map((each) => [each.id, `${each.storage}${printShape(each.shape)}`]));
      for (const one of program.lifetimes)
        for (const other of program.lifetimes)
          if (one.first < other.first && other.first < one.last && shapeOf.get(one.buffer) === shapeOf.get(other.buffer)) return withBufferIn(program, other.buffer, one.buffer);
      return program;
    },
  },
  'a result is right to 14 bits alone': {
    set: 'real',
    damage: firstStatement((each) =>
      each.kind === 'store'
        ? [{ ...each, value: fresh({ kind: 'binary', id: 0, name: 'mul', left: each.value, right: fresh({ kind: 'constant', id: 0, value: 1 + 2 ** -14 }) }) }]
        : undefined,
    ),
  },
};
