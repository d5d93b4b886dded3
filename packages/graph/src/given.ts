import { roundTo, defaultDType, type DType } from './dtype.ts';
import { ValueError } from './errors.ts';

// Programs without types may give anything in the place of what is asked for: it is refused by name where it is given.

/** How error messages name a value. @example describeValue('5'); // => 'the text "5"' */
export function describeValue(value: unknown): string {
  if (typeof value === 'number' || value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (typeof value === 'object' && 'primitive' in value) return 'a tensor';
  return typeof value === 'string' ? `the text ${JSON.stringify(value)}` : `a value of type ${typeof value}`;
}

/**
 * A list, as it was given.
 *
 * @throws ValueError when it is none.
 * @example
 * givenList([1, 2], 'reshape: the shape', 'give a size for each axis'); // => [1, 2]
 */
export function givenList<List extends readonly unknown[]>(list: List, what: string, mend: string): List {
  if (!Array.isArray(list)) throw new ValueError(`${what} is ${describeValue(list)}, no list; ${mend}`);
  return list;
}

/**
 * Options, as they were given.
 *
 * @throws ValueError when they are no object.
 * @example
 * givenOptions({ axes: 0 }, 'sum', '{ axes: 0 }'); // => { axes: 0 }
 */
export function givenOptions<Options extends object>(options: Options, operation: string, example: string): Options {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new ValueError(`${operation}: the options are ${describeValue(options)}, no object; give them by name: ${example}`);
  return options;
}

/** The dtype that options ask for. @throws ValueError when there is none of that name. */
export function givenDType(options: { readonly dtype?: DType }, operation: string): DType {
  const { dtype = defaultDType } = givenOptions(options, operation, "{ dtype: 'float64' }");
  return checkedDType(dtype, operation);
}

export function checkedDType(dtype: DType, operation: string): DType {
  if (!Object.hasOwn(roundTo, dtype)) throw new ValueError(`${operation}: ${describeValue(dtype)} is no dtype; give 'float32' or 'float64'`);
  return dtype;
}
