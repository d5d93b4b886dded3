import type { NdArray, Storage } from '@xcorr/graph';

/** What the interpreter says of one result: its values and how far a backend's may lie from them. */
export interface Wanted {
  readonly values: { readonly shape: readonly number[]; readonly data: Float64Array };
  readonly bounds: Float64Array;
}

export interface Comparison {
  readonly judged: number;
  readonly unjudged: number;
  /** The first element that is wrong, in words. */
  readonly problem: string | undefined;
}

/** The whole number 0 to 255 as which a value is stored: rounded half to even, saturating. */
function byteOf(value: number): number {
  return Uint8ClampedArray.of(value)[0] ?? 0;
}

/** By how much a stored value may differ; Infinity where the stored values of both ends of the bound are not one. */
const storedBound: Readonly<Record<Storage, (value: number, bound: number) => number>> = {
  float32: (_, bound) => bound,
  float64: (_, bound) => bound,
  uint8: (value, bound) => (byteOf(value - bound) === byteOf(value + bound) ? 0 : Infinity),
};
const stored: Readonly<Record<Storage, (value: number) => number>> = { float32: (value) => value, float64: (value) => value, uint8: byteOf };

const arrayNames: Readonly<Record<Storage, string>> = { float32: 'Float32Array', float64: 'Float64Array', uint8: 'Uint8ClampedArray' };

/** Equal, both zeros being one, or near enough; NaN is NaN. */
function agrees(got: number, want: number, bound: number): boolean {
  return Object.is(got, want) || Math.abs(got - want) <= bound;
}

/** Compares an array that a backend gave with what the interpreter wants. */
export function compareResult(name: string, got: NdArray, want: Wanted, storage: Storage): Comparison {
  const shape = want.values.shape;
  const nothing = { judged: 0, unjudged: want.bounds.length };
  if (got.shape.length !== shape.length || got.shape.some((size, axis) => size !== shape[axis]))
    return { ...nothing, problem: `${name} has the shape [${got.shape.join(', ')}], not [${shape.join(', ')}]` };
  if (got.data.constructor.name !== arrayNames[storage]) return { ...nothing, problem: `${name} is a ${got.data.constructor.name}, not a ${arrayNames[storage]}` };
  let [judged, unjudged] = [0, 0];
  let problem: string | undefined;
  want.values.data.forEach((value, position) => {
    const bound = storedBound[storage](value, want.bounds[position] ?? Infinity);
    // A bound that is not a number is of something that is not judged.
    if (!(bound < Infinity)) {
      unjudged++;
      return;
    }
    judged++;
    const wanted = stored[storage](value);
    const is = got.data[position] ?? Number.NaN;
    if (problem === undefined && !agrees(is, wanted, bound)) problem = `${name}: element ${position} is ${is}, not ${wanted}${bound === 0 ? '' : ` within ${bound.toExponential(2)}`}`;
  });
  return { judged, unjudged, problem };
}

/** The first element in which two arrays differ in their bits, zeros being one; undefined when none does. */
export function differenceOf(name: string, got: NdArray, want: NdArray): string | undefined {
  if (got.data.length !== want.data.length) return `${name} has ${got.data.length} elements, not ${want.data.length}`;
  for (let position = 0; position < want.data.length; position++) {
    const [is, was] = [got.data[position] ?? Number.NaN, want.data[position] ?? Number.NaN];
    if (!agrees(is, was, 0)) return `${name}: element ${position} is ${is}, it was ${was}`;
  }
  return undefined;
}
