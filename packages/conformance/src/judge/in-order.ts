import type { Condition, Expression, LoopNest, Program, Statement } from '@xcorr/compiler';
import { binaryMeaning, evaluateInteger, integerValue, unaryMeaning, type Integer, type Storage } from '@xcorr/graph';

/** What is stored in an array of each type. */
const stored: Readonly<Record<Storage, (length: number) => Float32Array | Float64Array | Uint8ClampedArray>> = {
  float32: (length) => new Float32Array(length),
  float64: (length) => new Float64Array(length),
  uint8: (length) => new Uint8ClampedArray(length),
};

type Memory = ReadonlyMap<string, { [index: number]: number }>;

function of<Value>(table: ReadonlyMap<string, Value>, name: string): Value {
  const value = table.get(name);
  if (value === undefined) throw new ReferenceError(`${name} is not known here`);
  return value;
}

/** Runs the statements of a nest as they stand, before any schedule: loops count upwards, accumulators are in double precision. */
function runNest({ body }: LoopNest, memory: Memory): void {
  const loops = new Map<string, number>();
  const [locals, accumulators] = [new Map<string, number>(), new Map<string, Float64Array>()];
  const integer = (value: Integer): number => integerValue(value, ({ name }) => of(loops, name));
  const holds = (condition: Condition): boolean => {
    const index = integer(condition.index);
    return condition.kind === 'multiple' ? index % condition.divisor === 0 : index >= 0 && index < integer(condition.extent);
  };
  const value = (each: Expression): number => {
    switch (each.kind) {
      case 'constant':
        return each.value;
      case 'integer':
        return integer(each.value);
      case 'load':
        return of(memory, each.buffer)[integer(each.index)] ?? Number.NaN;
      case 'local':
        return of(locals, each.name);
      case 'accumulator':
        return of(accumulators, each.name)[integer(each.element)] ?? Number.NaN;
      case 'unary':
        return unaryMeaning[each.name](value(each.operand));
      case 'binary':
        return binaryMeaning[each.name](value(each.left), value(each.right));
      case 'select':
        return value(value(each.condition) !== 0 ? each.whenTrue : each.whenFalse);
      case 'guard':
        return value(each.conditions.every(holds) ? each.inside : each.outside);
    }
  };
  const run = (statement: Statement): void => {
    switch (statement.kind) {
      case 'loop': {
        const end = integer(statement.extent);
        for (let iteration = 0; iteration < end; iteration++) {
          loops.set(statement.variable, iteration);
          statement.body.forEach(run);
        }
        return;
      }
      case 'let':
        return void locals.set(statement.name, value(statement.value));
      case 'accumulator':
        return void accumulators.set(statement.name, new Float64Array(statement.count).fill(statement.initial));
      case 'accumulate': {
        const [gathered, element] = [of(accumulators, statement.name), integer(statement.element)];
        gathered[element] = binaryMeaning[statement.operator](gathered[element] ?? Number.NaN, value(statement.value));
        return;
      }
      case 'store':
        of(memory, statement.buffer)[integer(statement.index)] = value(statement.value);
    }
  };
  body.forEach(run);
}

/**
 * What a program of literal sizes gives, by the names of its outputs, when its nests run in order and every sum is taken
 * term by term as its nest says. States hold what they hold at first.
 */
export function resultsInOrder({ buffers, nests }: Program, feeds: Readonly<Record<string, ArrayLike<number>>>): Readonly<Record<string, ArrayLike<number>>> {
  const arrays = new Map(
    buffers.map(({ id, role, label, shape, storage, data }) => {
      const array = stored[storage](shape.reduce<number>((product, size) => product * evaluateInteger(size, new Map()), 1));
      array.set((role === 'input' ? feeds[label] : data) ?? []);
      return [id, array] as const;
    }),
  );
  for (const { nest } of nests) runNest(nest, arrays);
  return Object.fromEntries(buffers.flatMap(({ id, role, label }) => (role === 'output' ? [[label, of(arrays, id)] as const] : [])));
}
