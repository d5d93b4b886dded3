/** Concrete values of one node in float64, row-major. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The element at a position, which must lie inside. */
export function at(values: Values, position: readonly number[]): number {
  let offset = 0;
  values.shape.forEach((size, axis) => {
    const index = position[axis] ?? 0;
    if (index < 0 || index >= size) throw new RangeError(`position [${position.join(', ')}] lies outside [${values.shape.join(', ')}]`);
    offset = offset * size + index;
  });
  return values.data[offset] ?? Number.NaN;
}

/** Every position of a shape in row-major order. */
export function* positions(shape: readonly number[]): Generator<readonly number[]> {
  const position = shape.map(() => 0);
  for (let remaining = countOf(shape); remaining > 0; remaining--) {
    yield [...position];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (position[axis] ?? 0) + 1;
      position[axis] = next < (shape[axis] ?? 0) ? next : 0;
      if (position[axis] !== 0) break;
    }
  }
}

/** Values of a shape, each computed from its position. */
export function generate(shape: readonly number[], element: (position: readonly number[]) => number): Values {
  const data = new Float64Array(countOf(shape));
  let offset = 0;
  for (const position of positions(shape)) data[offset++] = element(position);
  return { shape, data };
}
