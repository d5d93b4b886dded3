import { applySchedule, constantsOf, walk, type Backend, type Condition, type Expression, type Loop, type LoopNest, type Program, type Statement } from '@xcorr/compiler';
import { binaryMeaning, CompileError, unaryMeaning, type BinaryName, type Factor, type Integer, type Reflected, type Storage, type TypedArray, type UnaryName } from '@xcorr/graph';

/** What every part of a scheduled nest does. A fault is one of these that does something else. */
export interface Semantics {
  readonly constant: (value: number) => number;
  readonly unary: Readonly<Record<UnaryName, (x: number) => number>>;
  readonly binary: Readonly<Record<BinaryName, (a: number, b: number) => number>>;
  readonly isTrue: (condition: number) => boolean;
  readonly select: (isTrue: boolean, whenTrue: () => number, whenFalse: () => number) => number;
  readonly guard: (holds: boolean, inside: () => number, outside: () => number) => number;
  readonly floorDivide: (a: number, b: number) => number;
  readonly clamped: (value: number, limit: number) => number;
  readonly reflected: (mode: Reflected['mode'], index: number, size: number) => number;
  /** How often a loop runs, given its extent. */
  readonly iterations: (loop: Loop, extent: number) => number;
  /** Which iteration a loop runs as this one of so many. */
  readonly iteration: (loop: Loop, iteration: number, count: number) => number;
  /** The flat index of a load or a store. */
  readonly place: (index: number) => number;
  readonly declare: (accumulator: Float64Array, initial: number) => void;
  readonly gather: Readonly<Record<'add' | 'max', (total: number, value: number) => number>>;
  /** What is written into an array of this storage. */
  readonly stored: (value: number, storage: Storage) => number;
}

export const semantics: Semantics = {
  constant: (value) => value,
  unary: unaryMeaning,
  binary: binaryMeaning,
  isTrue: (condition) => condition !== 0,
  select: (isTrue, whenTrue, whenFalse) => (isTrue ? whenTrue() : whenFalse()),
  guard: (holds, inside, outside) => (holds ? inside() : outside()),
  floorDivide: (a, b) => Math.floor(a / b),
  clamped: (value, limit) => Math.min(Math.max(value, 0), limit),
  reflected: (mode, index, size) => {
    const [period, offset] = mode === 'symmetric' ? [2 * size, 1] : [Math.max(1, 2 * size - 2), 0];
    const place = index - period * Math.floor(index / period);
    return place < size ? place : period - offset - place;
  },
  iterations: (_, extent) => extent,
  iteration: (_, iteration) => iteration,
  place: (index) => index,
  declare: (accumulator, initial) => accumulator.fill(initial),
  gather: { add: (total, value) => total + value, max: Math.max },
  stored: (value) => value,
};

type Value = () => number;
type Action = () => void;

/** What the closures of a program work on in one run. */
interface Memory {
  arrays: readonly TypedArray[];
  sizes: readonly number[];
}

/** Numbers for names, in the order in which they come. */
function createSlots(known: readonly string[] = []): (name: string) => number {
  const slots = new Map(known.map((name, position) => [name, position]));
  return (name) => {
    const slot = slots.get(name) ?? slots.size;
    slots.set(name, slot);
    return slot;
  };
}

function product(values: readonly Value[], coefficient: number): Value {
  return () => values.reduce((total, value) => total * value(), coefficient);
}

/** A nest as closures over memory: names become places, nothing else is done. */
function closures(nest: LoopNest, { buffers, sizes }: Program, memory: Memory, does: Semantics): Action {
  const bufferAt = createSlots(buffers.map(({ id }) => id));
  const sizeAt = createSlots(sizes);
  const [loopAt, localAt, accumulatorAt] = [createSlots(), createSlots(), createSlots()];
  const loops: number[] = [];
  const locals: number[] = [];
  const accumulators: Float64Array[] = [];

  const factor = (each: Factor): Value => {
    switch (each.kind) {
      case 'variable': {
        const slot = each.role === 'size' ? sizeAt(each.name) : loopAt(each.name);
        return each.role === 'size' ? () => memory.sizes[slot] ?? Number.NaN : () => loops[slot] ?? Number.NaN;
      }
      case 'floor': {
        const [numerator, divisor] = [integer(each.numerator), integer(each.divisor)];
        return () => does.floorDivide(numerator(), divisor());
      }
      case 'element': {
        const index = integer(each.index);
        return () => each.table[index()] ?? Number.NaN;
      }
      case 'clamp': {
        const [value, limit] = [integer(each.value), integer(each.limit)];
        return () => does.clamped(value(), limit());
      }
      case 'reflected': {
        const [index, size] = [integer(each.index), integer(each.size)];
        return () => does.reflected(each.mode, index(), size());
      }
    }
  };
  const integer = (value: Integer): Value => {
    if (typeof value === 'number') return () => value;
    const terms = value.terms.map(({ coefficient, factors }) => product(factors.map(factor), coefficient));
    return () => terms.reduce((total, term) => total + term(), 0);
  };
  const holds = (condition: Condition): (() => boolean) => {
    const index = integer(condition.index);
    if (condition.kind === 'multiple') return () => index() % condition.divisor === 0;
    const extent = integer(condition.extent);
    return () => index() >= 0 && index() < extent();
  };
  const done = new Map<number, Value>();
  const value = (expression: Expression): Value => {
    const known = done.get(expression.id);
    if (known !== undefined) return known;
    const made = make(expression);
    done.set(expression.id, made);
    return made;
  };
  const make = (expression: Expression): Value => {
    switch (expression.kind) {
      case 'constant': {
        const held = does.constant(expression.value);
        return () => held;
      }
      case 'integer':
        return integer(expression.value);
      case 'load': {
        const [slot, index] = [bufferAt(expression.buffer), integer(expression.index)];
        return () => element(memory.arrays[slot], does.place(index()), expression.buffer);
      }
      case 'local': {
        const slot = localAt(expression.name);
        return () => locals[slot] ?? Number.NaN;
      }
      case 'accumulator': {
        const [slot, index] = [accumulatorAt(expression.name), integer(expression.element)];
        return () => element(accumulators[slot], index(), expression.name);
      }
      case 'unary': {
        const [apply, operand] = [does.unary[expression.name], value(expression.operand)];
        return () => apply(operand());
      }
      case 'binary': {
        const [apply, left, right] = [does.binary[expression.name], value(expression.left), value(expression.right)];
        return () => apply(left(), right());
      }
      case 'select': {
        const [condition, whenTrue, whenFalse] = [value(expression.condition), value(expression.whenTrue), value(expression.whenFalse)];
        return () => does.select(does.isTrue(condition()), whenTrue, whenFalse);
      }
      case 'guard': {
        const [conditions, inside, outside] = [expression.conditions.map(holds), value(expression.inside), value(expression.outside)];
        return () => does.guard(conditions.every((each) => each()), inside, outside);
      }
    }
  };
  const action = (statement: Statement): Action => {
    switch (statement.kind) {
      case 'loop': {
        const [slot, extent, inner] = [loopAt(statement.variable), integer(statement.extent), body(statement.body)];
        return () => {
          const end = does.iterations(statement, extent());
          for (let iteration = 0; iteration < end; iteration++) {
            loops[slot] = does.iteration(statement, iteration, end);
            inner();
          }
        };
      }
      case 'let': {
        const [slot, held] = [localAt(statement.name), value(statement.value)];
        return () => void (locals[slot] = held());
      }
      case 'accumulator': {
        const slot = accumulatorAt(statement.name);
        accumulators[slot] = new Float64Array(statement.count).fill(statement.initial);
        return () => does.declare(accumulators[slot] ?? new Float64Array(), statement.initial);
      }
      case 'accumulate': {
        const [slot, index, term, gather] = [accumulatorAt(statement.name), integer(statement.element), value(statement.value), does.gather[statement.operator]];
        return () => {
          const gathered = accumulators[slot] ?? new Float64Array();
          gathered[index()] = gather(element(gathered, index(), statement.name), term());
        };
      }
      case 'store': {
        const [slot, index, held] = [bufferAt(statement.buffer), integer(statement.index), value(statement.value)];
        const { storage } = buffers[slot] ?? { storage: 'float32' };
        return () => {
          const array = memory.arrays[slot] ?? new Float32Array();
          const place = does.place(index());
          element(array, place, statement.buffer);
          array[place] = does.stored(held(), storage);
        };
      }
    }
  };
  const body = (statements: readonly Statement[]): Action => {
    const actions = statements.map(action);
    return () => {
      for (const each of actions) each();
    };
  };
  return body(nest.body);
}

function element(array: ArrayLike<number> | undefined, index: number, name: string): number {
  const value = array?.[index];
  if (value === undefined) throw new RangeError(`${name} has ${array?.length ?? 0} elements, and ${index} is asked for`);
  return value;
}

function scheduled(program: Program): readonly LoopNest[] {
  const constants = constantsOf(program);
  return program.nests.map(({ nest, schedule }) => applySchedule(nest, schedule, constants));
}

const mark = 'program of the model';

/** What stands for code, which nobody runs: buffers and nests. */
export function codeOf({ buffers, nests }: Program): string {
  return [mark, ...buffers.map(({ id, role, storage }) => `${id} ${role} ${storage}`), ...nests.map(({ nest }) => `${nest.name} ${[...walk(nest.body)].map(([each]) => each.kind).join(' ')}`)].join('\n');
}

/**
 * A backend that is right and obvious: it runs scheduled nests statement by statement, and refuses to read or write
 * outside an array. What a part of a nest does can be made something else, to see that the suite finds it.
 *
 * @param change  what is run in the place of a scheduled nest
 */
export function model(changes: Partial<Semantics> = {}, change: (nest: LoopNest) => LoopNest = (nest) => nest): Backend<'sync'> {
  return {
    name: 'model',
    mode: 'sync',
    machine: { registers: 16, lanes: 1, literalSizes: false },
    detect: () => undefined,
    emit: (program) => ({ program, code: codeOf(program) }),
    load: ({ program, code }) => {
      if (typeof code !== 'string' || !code.includes(mark)) throw new CompileError('model: the artifact was emitted by another backend');
      const memory: Memory = { arrays: [], sizes: [] };
      const actions = scheduled(program).map((nest) => closures(change(nest), program, memory, { ...semantics, ...changes }));
      return {
        ranOn: 'model',
        run: (arrays, sizes) => {
          memory.arrays = arrays;
          memory.sizes = sizes;
          for (const each of actions) each();
        },
      };
    },
  };
}
