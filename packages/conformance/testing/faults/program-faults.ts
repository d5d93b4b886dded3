import type { Program } from '@xcorr/compiler';
import { clamp, floorDivide, integerOf, minus, plus, printShape, reflected, termsOf, times, type Integer } from '@xcorr/graph';
import type { SetName } from '../../src/case.ts';
import type { CheckName } from '../../src/suite/checks.ts';
import { firstExpression, firstStatement, fresh, withBufferIn, type Damage } from './damage.ts';
import { inFirstIndex } from './index-damage.ts';

/** Something that goes wrong between a graph and its nests. */
export interface ProgramFault {
  /** The random graphs that must find it. */
  readonly set: SetName;
  /** The check that must find it, too. */
  readonly check: CheckName;
  readonly damage: Damage;
}

interface LoopTerm {
  readonly coefficient: number;
  readonly variable: Integer;
}

/** The terms of an index that are loop variables, with their coefficients. */
function loopTerms(index: Integer): readonly LoopTerm[] {
  return termsOf(index).flatMap(({ coefficient, factors: [factor, another] }) =>
    another === undefined && factor?.kind === 'variable' && factor.role === 'loop' ? [{ coefficient, variable: integerOf(factor) }] : [],
  );
}

const loopTerm = (index: Integer): LoopTerm | undefined => loopTerms(index)[0];

const byBuffer = (role: string, { buffers }: Program): ReadonlySet<string> => new Set(buffers.filter((each) => each.role === role).map((each) => each.id));

/** What can go wrong between a graph and its nests. The certificate alone finds each. */
export const programFaults: Readonly<Record<string, ProgramFault>> = {
  'a loop variable has the wrong sign in an index': {
    set: 'exact',
    check: 'nests: maps',
    damage: firstExpression((each) => {
      const term = each.kind === 'load' ? loopTerm(each.index) : undefined;
      return each.kind !== 'load' || term === undefined ? undefined : fresh({ ...each, index: minus(each.index, times(2 * term.coefficient, term.variable)) });
    }),
  },
  'a stride is one too large': {
    set: 'exact',
    check: 'nests: maps',
    damage: firstExpression((each) => {
      const term = each.kind === 'load' ? loopTerm(each.index) : undefined;
      return each.kind !== 'load' || term === undefined || term.coefficient < 2 ? undefined : fresh({ ...each, index: plus(each.index, term.variable) });
    }),
  },
  'an element is read instead of its neighbour': {
    set: 'exact',
    check: 'nests: correlations',
    damage: firstExpression((each) => (each.kind === 'load' ? fresh({ ...each, index: plus(each.index, 1) }) : undefined)),
  },
  'a guard is dropped': {
    set: 'exact',
    check: 'nests: guards',
    damage: firstExpression((each) => (each.kind === 'guard' ? each.inside : undefined)),
  },
  'a guard reaches one too far': {
    set: 'exact',
    check: 'nests: guards',
    damage: firstExpression((each) => {
      if (each.kind !== 'guard') return undefined;
      const [first, ...rest] = each.conditions;
      return first?.kind === 'inside' ? fresh({ ...each, conditions: [{ ...first, extent: plus(first.extent, 1) }, ...rest] }) : undefined;
    }),
  },
  'a padded position has another value': {
    set: 'exact',
    check: 'nests: guards',
    damage: firstExpression((each) => (each.kind === 'guard' && each.outside.kind === 'constant' ? fresh({ ...each, outside: fresh({ ...each.outside, value: each.outside.value + 1 }) }) : undefined)),
  },
  'the operands of a difference are exchanged': {
    set: 'exact',
    check: 'functions: sub',
    damage: firstExpression((each) => (each.kind === 'binary' && each.name === 'sub' ? fresh({ ...each, left: each.right, right: each.left }) : undefined)),
  },
  'the branches of a select are exchanged': {
    set: 'exact',
    check: 'functions: select',
    damage: firstExpression((each) => (each.kind === 'select' ? fresh({ ...each, whenTrue: each.whenFalse, whenFalse: each.whenTrue }) : undefined)),
  },
  'less is taken for less or equal': {
    set: 'exact',
    check: 'functions: less',
    damage: firstExpression((each) => (each.kind === 'binary' && each.name === 'less' ? fresh({ ...each, name: 'lessEqual' }) : undefined)),
  },
  'a select takes the other branch where both sides are equal': {
    set: 'exact',
    check: 'nests: maps',
    damage: firstExpression((each) =>
      each.kind === 'select' && each.condition.kind === 'binary' && each.condition.name === 'lessEqual' ? fresh({ ...each, condition: fresh({ ...each.condition, name: 'less' }) }) : undefined,
    ),
  },
  'max is taken for min': {
    set: 'exact',
    check: 'functions: max',
    damage: firstExpression((each) => (each.kind === 'binary' && each.name === 'max' ? fresh({ ...each, name: 'min' }) : undefined)),
  },
  'a negation is lost': {
    set: 'exact',
    check: 'functions: neg',
    damage: firstExpression((each) => (each.kind === 'unary' && each.name === 'neg' ? each.operand : undefined)),
  },
  'a number in the code is wrong': {
    set: 'exact',
    check: 'functions: constants',
    damage: firstExpression((each) => (each.kind === 'constant' ? fresh({ ...each, value: each.value + 0.5 }) : undefined)),
  },
  'a number in a constant is wrong': {
    set: 'exact',
    check: 'functions: constants',
    damage: (program) => ({
      ...program,
      buffers: program.buffers.map((each) => (each.role === 'constant' && each.data !== undefined ? { ...each, data: each.data.with(0, (each.data[0] ?? 0) + 0.5) } : each)),
    }),
  },
  'a term of a sum is dropped': {
    set: 'exact',
    check: 'nests: sums',
    damage: firstStatement((each) => (each.kind === 'accumulate' ? [] : undefined)),
  },
  'a sum starts at 1': {
    set: 'exact',
    check: 'nests: sums',
    damage: firstStatement((each) => (each.kind === 'accumulator' && each.initial === 0 ? [{ ...each, initial: 1 }] : undefined)),
  },
  'the largest element is summed': {
    set: 'exact',
    check: 'nests: largest elements',
    damage: firstStatement((each) => (each.kind === 'accumulate' && each.operator === 'max' ? [{ ...each, operator: 'add' }] : undefined)),
  },
  'a loop ends one too early': {
    set: 'exact',
    check: 'nests: maps',
    damage: firstStatement((each) => (each.kind === 'loop' ? [{ ...each, extent: minus(each.extent, 1) }] : undefined)),
  },
  'a state stays as it was': {
    set: 'exact',
    check: 'states: updates',
    damage: (program) => {
      const kept = new Set([...byBuffer('state', program), ...byBuffer('next', program)]);
      return firstStatement((each) => (each.kind === 'store' && kept.has(each.buffer) ? [] : undefined))(program);
    },
  },
  'a state is overwritten while it is still read': {
    set: 'exact',
    check: 'states: updates',
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
    check: 'nests: several in a row',
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
    check: 'accuracy: long sums',
    damage: firstStatement((each) =>
      each.kind === 'store'
        ? [{ ...each, value: fresh({ kind: 'binary', id: 0, name: 'mul', left: each.value, right: fresh({ kind: 'constant', id: 0, value: 1 + 2 ** -14 }) }) }]
        : undefined,
    ),
  },
  'the strides of two loops are exchanged': {
    set: 'exact',
    check: 'nests: maps',
    damage: firstExpression((each) => {
      const [one, other] = each.kind === 'load' ? loopTerms(each.index) : [];
      if (each.kind !== 'load' || one === undefined || other === undefined || one.coefficient === other.coefficient) return undefined;
      const by = other.coefficient - one.coefficient;
      return fresh({ ...each, index: plus(each.index, times(by, one.variable), times(-by, other.variable)) });
    }),
  },
  'the last term of a sum is left out': {
    set: 'exact',
    check: 'nests: sums',
    damage: firstStatement((each) => (each.kind === 'loop' && each.role === 'reduce' ? [{ ...each, extent: minus(each.extent, 1) }] : undefined)),
  },
  'what is made of a sum is never made': {
    set: 'exact',
    check: 'nests: epilogues',
    damage: (program) => {
      const position = program.nests.findIndex(({ nest: { body } }) => body.some((each) => each.kind === 'loop' && each.role === 'reduce') && body.at(-1)?.kind !== 'accumulator');
      return { ...program, nests: program.nests.map((each, at) => (at === position ? { ...each, nest: { ...each.nest, body: each.nest.body.slice(0, -1) } } : each)) };
    },
  },
  'a result is written one place too far': {
    set: 'exact',
    check: 'nests: maps',
    damage: firstStatement((each) => (each.kind === 'store' ? [{ ...each, index: plus(each.index, 1) }] : undefined)),
  },
  'a largest element is at least 0': {
    set: 'exact',
    check: 'nests: largest elements',
    damage: firstStatement((each) => (each.kind === 'accumulator' && each.initial === -Infinity ? [{ ...each, initial: 0 }] : undefined)),
  },
  'a border is mirrored one too far': {
    set: 'exact',
    check: 'borders: reflect',
    damage: inFirstIndex((factor) => (factor.kind === 'reflected' ? reflected(factor.mode === 'reflect' ? 'symmetric' : 'reflect', factor.index, factor.size) : undefined)),
  },
  'a border repeats the element before the last': {
    set: 'exact',
    check: 'borders: edge',
    damage: inFirstIndex((factor) => (factor.kind === 'clamp' && factor.limit !== 0 ? clamp(factor.value, minus(factor.limit, 1)) : undefined)),
  },
  'a floor is taken of a quotient by the next number': {
    set: 'exact',
    check: 'borders: wrap',
    damage: inFirstIndex((factor) => (factor.kind === 'floor' ? floorDivide(factor.numerator, plus(factor.divisor, 1)) : undefined)),
  },
  'every third element is taken for every second': {
    set: 'exact',
    check: 'nests: guards',
    damage: firstExpression((each) => {
      if (each.kind !== 'guard') return undefined;
      const at = each.conditions.findIndex(({ kind }) => kind === 'multiple');
      const condition = each.conditions[at];
      return condition?.kind === 'multiple' ? fresh({ ...each, conditions: each.conditions.with(at, { ...condition, divisor: condition.divisor + 1 }) }) : undefined;
    }),
  },
  'a power is one too large': {
    set: 'real',
    check: 'gradients: first order',
    damage: firstExpression((each) => (each.kind === 'binary' && each.name === 'pow' ? fresh({ kind: 'binary', id: 0, name: 'mul', left: each, right: each.left }) : undefined)),
  },
};
