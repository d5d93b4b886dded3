import { namedSize } from '../integer.ts';
import type { Shape, Size } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { Reader, Value } from './reader.ts';

/** What stands in a node's parentheses: operands, values in order, values by name. */
export interface Arguments {
  readonly operands: readonly Tensor[];
  readonly values: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

type Fail = (text: string) => never;

export function readArguments(reader: Reader, node: (index: number) => Tensor, fail: Fail): Arguments {
  const operands: Tensor[] = [];
  const values: Value[] = [];
  const named = new Map<string, Value>();
  if (reader.accept(')')) return { operands, values, named };
  do {
    const token = reader.peek();
    const value = reader.value();
    if (reader.accept('=')) {
      if (token.kind !== 'word') fail('the name of an attribute is expected before =');
      else named.set(token.text, readAttribute(reader));
    } else if (value.kind === 'node') operands.push(node(value.index));
    else values.push(value);
  } while (reader.accept(','));
  reader.expect(')');
  return { operands, values, named };
}

function readAttribute(reader: Reader): Value {
  const token = reader.peek();
  // `storage=uint8` is a word and no size.
  if (token.kind === 'word' && ['uint8', 'float32', 'float64'].includes(token.text)) {
    reader.next();
    return { kind: 'string', text: token.text };
  }
  return reader.value();
}

/** Reads values as what a primitive needs; what does not fit fails. */
export interface Wanted {
  readonly size: (value: Value | undefined) => Size;
  readonly number: (value: Value | undefined) => number;
  readonly text: (value: Value | undefined) => string;
  readonly sizes: (value: Value | undefined) => Shape;
  readonly numbers: (value: Value | undefined) => readonly number[];
  readonly pairs: (value: Value | undefined) => readonly (readonly [Size, Size])[];
}

export function createWanted(fail: Fail): Wanted {
  const list = (value: Value | undefined): readonly Value[] => (value?.kind === 'list' ? value.items : fail('a list is expected'));
  const size = (value: Value | undefined): Size => {
    if (value?.kind === 'integer') return value.value;
    return value?.kind === 'string' ? namedSize(value.text) : fail('a size is expected');
  };
  const number = (value: Value | undefined): number => {
    const read = size(value);
    return typeof read === 'number' ? read : fail('a number is expected');
  };
  return {
    size,
    number,
    text: (value) => (value?.kind === 'string' ? value.text : fail('a string is expected')),
    sizes: (value) => list(value).map(size),
    numbers: (value) => list(value).map(number),
    pairs: (value) =>
      list(value).map((each) => {
        const [low, high] = list(each);
        return [size(low), size(high)] as const;
      }),
  };
}
