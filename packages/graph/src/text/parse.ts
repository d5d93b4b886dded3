import { digestOf } from '../digest.ts';
import type { DType, Storage } from '../dtype.ts';
import { XcorrError } from '../errors.ts';
import { binary, cast, select, stopGradient, unary } from '../ops/elementwise.ts';
import { borderModes, extend, foldBack } from '../ops/extend.ts';
import { broadcast, flip, pad, reshape, slice, transpose } from '../ops/movement.ts';
import { checkedShape, constantOf } from '../ops/operand.ts';
import { concat, overlapAdd, scatter, take, windows } from '../ops/rearrange.ts';
import { correlate } from '../ops/correlate.ts';
import { reduceMax, sum } from '../ops/reduce.ts';
import { input, sizeValue, state } from '../ops/source.ts';
import { NdArray } from '../ndarray.ts';
import { binaryNames, unaryNames, type BorderMode, type PrimitiveName } from '../primitives.ts';
import { equalShapes, literalShape, printShape, type Shape } from '../shape.ts';
import { tabulate } from '../table.ts';
import type { Tensor } from '../tensor.ts';
import { createWanted, readArguments, type Arguments, type Wanted } from './arguments.ts';
import { createReader, type Reader, type Value } from './reader.ts';
import { decodeTable } from './tables.ts';
import { ParseError, printToken, tokensOf } from './tokens.ts';

/** What a line says of a node, and how to read it. */
interface Line extends Arguments {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly wanted: Wanted;
  readonly operand: (position: number) => Tensor;
  /** The elements that a value holds, row-major. */
  readonly data: (value: Value | undefined) => Float64Array;
  readonly fail: (text: string) => never;
}

const storages: readonly Storage[] = ['uint8', 'float32', 'float64'];

/** How each primitive is made again from its line. */
const makers: Readonly<Record<PrimitiveName, (line: Line) => Tensor>> = {
  ...tabulate(unaryNames, (name) => ({ operand }: Line) => unary(name, operand(0))),
  ...tabulate(binaryNames, (name) => ({ operand }: Line) => binary(name, operand(0), operand(1))),
  input: ({ values: [name], named, dtype, shape, wanted, fail }) => {
    const storage = named.get('storage');
    const known = storage === undefined ? dtype : storages.find((each) => each === wanted.text(storage));
    return input(wanted.text(name), shape, { dtype, storage: known ?? fail('the storage is unknown') });
  },
  state: ({ values: [name, initial], dtype, shape, wanted, data, fail }) =>
    state(wanted.text(name), new NdArray(literalShape(shape) ?? fail('a state has literal sizes'), data(initial)), { dtype }),
  constant: ({ values: [value], shape, dtype, data }) => constantOf(data(value), shape, dtype),
  size: ({ values: [value], dtype, wanted }) => sizeValue(wanted.size(value), dtype),
  select: ({ operand }) => select(operand(0), operand(1), operand(2)),
  broadcast: ({ operand, shape }) => broadcast(operand(0), shape),
  reshape: ({ operand, shape }) => reshape(operand(0), shape),
  transpose: ({ operand, values: [permutation], wanted }) => transpose(operand(0), wanted.numbers(permutation)),
  flip: ({ operand, values: [axes], wanted }) => flip(operand(0), wanted.numbers(axes)),
  slice: ({ operand, named, wanted }) =>
    slice(operand(0), { start: wanted.sizes(named.get('start')), stop: wanted.sizes(named.get('stop')), step: wanted.numbers(named.get('step')) }),
  pad: ({ operand, named, wanted }) =>
    pad(operand(0), {
      low: wanted.sizes(named.get('low')),
      high: wanted.sizes(named.get('high')),
      interior: wanted.numbers(named.get('interior')),
      value: wanted.number(named.get('value')),
    }),
  extend: ({ operand, named, wanted, fail }) =>
    extend(operand(0), { mode: readMode(wanted.text(named.get('mode')), fail), low: wanted.sizes(named.get('low')), high: wanted.sizes(named.get('high')) }),
  foldBack: ({ operand, named, wanted, fail }) =>
    foldBack(operand(0), wanted.number(named.get('axis')), readMode(wanted.text(named.get('mode')), fail), wanted.size(named.get('low')), wanted.size(named.get('high'))),
  cast: ({ operand, dtype }) => cast(operand(0), dtype),
  stopGradient: ({ operand }) => stopGradient(operand(0)),
  concat: ({ operands, named, wanted }) => concat(operands, wanted.number(named.get('axis'))),
  take: ({ operand, named, wanted }) => take(operand(0), wanted.numbers(named.get('map')), wanted.number(named.get('axis'))),
  scatter: ({ operand, named, wanted, fail }) => {
    const [map, axis, size] = [wanted.numbers(named.get('map')), wanted.number(named.get('axis')), wanted.number(named.get('size'))];
    const fits = operand(0).shape[axis] === map.length && Number.isSafeInteger(size) && size > 0 && map.every((target) => Number.isInteger(target) && target >= 0 && target < size);
    return fits ? scatter(operand(0), map, axis, size) : fail('the index map does not fit the axis');
  },
  windows: ({ operand, named, wanted }) =>
    windows(operand(0), wanted.sizes(named.get('window')), { strides: wanted.numbers(named.get('strides')), dilations: wanted.numbers(named.get('dilations')) }),
  overlapAdd: ({ operand, named, wanted }) =>
    overlapAdd(operand(0), wanted.sizes(named.get('size')), { strides: wanted.numbers(named.get('strides')), dilations: wanted.numbers(named.get('dilations')) }),
  reduceMax: ({ operand, values: [axes], wanted }) => reduceMax(operand(0), { axes: wanted.numbers(axes) }),
  sum: ({ operand, values: [axes], wanted }) => sum(operand(0), { axes: wanted.numbers(axes) }),
  correlate: ({ operand, named, wanted }) =>
    correlate(operand(0), operand(1), {
      strides: wanted.numbers(named.get('strides')),
      padding: wanted.pairs(named.get('padding')),
      dilations: wanted.numbers(named.get('dilations')),
      inputDilations: wanted.numbers(named.get('inputDilations')),
      groups: wanted.number(named.get('groups')),
    }),
};

function readMode(text: string, fail: Line['fail']): BorderMode {
  return borderModes.find((mode) => mode === text) ?? fail(`there is no border mode ${JSON.stringify(text)}`);
}

function isPrimitive(name: string): name is PrimitiveName {
  return Object.hasOwn(makers, name);
}

/**
 * Reads a graph from the text that `print` writes. Inputs and states are new ones; nothing in the text is run.
 *
 * @returns the graph's results, by name
 * @throws ParseError naming the line and what is wrong with it.
 * @example
 * const text = print({ y: mul(constant([1, 2]), 3) });
 * evaluate(parse(text).y).toNested(); // => [3, 6]
 */
export function parse(text: string): Record<string, Tensor> {
  const lines = text.split('\n');
  const tables = readTables(lines);
  const nodes: Tensor[] = [];
  for (const [position, line] of lines.entries()) {
    const fail = (reason: string): never => {
      throw new ParseError(`line ${position + 1}: ${reason}\n  ${line.length > 100 ? `${line.slice(0, 100)}…` : line}`);
    };
    if (line.trim() === '' || line.startsWith('#')) continue;
    const reader = createReader(tokensOf(line, fail), fail);
    if (reader.accept('return')) return readResults(reader, nodes, fail);
    try {
      nodes.push(readNode(reader, nodes, tables, fail));
    } catch (error) {
      if (error instanceof XcorrError && !(error instanceof ParseError)) fail(error.message);
      throw error;
    }
  }
  throw new ParseError('the text ends without a line that begins with "return"');
}

function readTables(lines: readonly string[]): ReadonlyMap<string, Float64Array> {
  const tables = new Map<string, Float64Array>();
  for (const [position, line] of lines.entries()) {
    if (!line.startsWith('#')) continue;
    const match = /^#([0-9a-f]{16}) = ([0-9a-f]+)\s*$/.exec(line);
    const data = match?.[2] === undefined ? undefined : decodeTable(match[2]);
    if (match?.[1] === undefined || data === undefined || digestOf(data) !== match[1])
      throw new ParseError(`line ${position + 1}: the table is damaged: its digest is not that of its numbers`);
    tables.set(match[1], data);
  }
  return tables;
}

function nodeAt(nodes: readonly Tensor[], index: number, fail: (text: string) => never): Tensor {
  return nodes[index] ?? fail(`%${index} is not defined above`);
}

function readNode(reader: Reader, nodes: readonly Tensor[], tables: ReadonlyMap<string, Float64Array>, fail: (text: string) => never): Tensor {
  const target = reader.next();
  if (target.kind !== 'node' || target.index !== nodes.length) return fail(`%${nodes.length} is expected first, not ${printToken(target)}`);
  reader.expect('=');
  const name = reader.next();
  if (name.kind !== 'word' || !isPrimitive(name.text)) return fail(`${printToken(name)} is no primitive`);
  reader.expect('(');
  const given = readArguments(reader, (index) => nodeAt(nodes, index, fail), fail);
  reader.expect(':');
  const dtype = reader.next();
  if (dtype.kind !== 'word' || (dtype.text !== 'float32' && dtype.text !== 'float64')) return fail(`${printToken(dtype)} is no dtype`);
  const wanted = createWanted(fail);
  const shape = checkedShape(wanted.sizes(reader.value()), name.text);
  if (reader.peek().kind !== 'end') fail(`the line goes on with ${printToken(reader.peek())}`);
  const line: Line = {
    ...given,
    dtype: dtype.text,
    shape,
    wanted,
    fail,
    operand: (position) => given.operands[position] ?? fail(`operand ${position + 1} is missing`),
    data: (value) => readData(value, shape, tables, fail),
  };
  const made = makers[name.text](line);
  if (made.primitive !== name.text && made.primitive !== 'constant') return fail(`this ${name.text} changes nothing and stands in no printed graph`);
  if (!equalShapes(made.shape, shape) || made.dtype !== dtype.text)
    return fail(`the node is ${made.dtype} ${printShape(made.shape)}, the line says ${dtype.text} ${printShape(shape)}`);
  return made;
}

function readData(value: Value | undefined, shape: Shape, tables: ReadonlyMap<string, Float64Array>, fail: (text: string) => never): Float64Array {
  const literal = literalShape(shape) ?? fail('data has literal sizes');
  if (value?.kind === 'digest') {
    const data = tables.get(value.text) ?? fail(`there is no table #${value.text}`);
    return data.length === literal.reduce((product, size) => product * size, 1) ? data : fail(`the table has ${data.length} numbers`);
  }
  const found: number[] = [];
  const visit = (each: Value | undefined, axis: number): void => {
    const size = literal[axis];
    if (size === undefined) {
      if (each?.kind === 'integer' && typeof each.value === 'number') found.push(each.value);
      else fail('a number is expected');
      return;
    }
    if (each?.kind !== 'list' || each.items.length !== size) fail(`a list of ${size} elements is expected`);
    else for (const item of each.items) visit(item, axis + 1);
  };
  visit(value, 0);
  return Float64Array.from(found);
}

function readResults(reader: Reader, nodes: readonly Tensor[], fail: (text: string) => never): Record<string, Tensor> {
  const results: Record<string, Tensor> = {};
  reader.expect('{');
  if (!reader.accept('}')) {
    do {
      const name = reader.next();
      if (name.kind !== 'string') return fail(`the name of a result is expected, not ${printToken(name)}`);
      if (Object.hasOwn(results, name.text)) return fail(`two results are named ${JSON.stringify(name.text)}`);
      reader.expect(':');
      const node = reader.next();
      if (node.kind !== 'node') return fail(`a node is expected, not ${printToken(node)}`);
      // An own property, whatever the name: `__proto__` is a name like any other.
      Object.defineProperty(results, name.text, { value: nodeAt(nodes, node.index, fail), enumerable: true, configurable: true, writable: true });
    } while (reader.accept(','));
    reader.expect('}');
  }
  if (reader.peek().kind !== 'end') fail(`the line goes on with ${printToken(reader.peek())}`);
  return results;
}

