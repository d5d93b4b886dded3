/** How far a result may lie from its reference: in float32 units in the last place, or by |got - want| <= atol + rtol * |want|. */
export type Tolerance = { readonly ulp: number } | { readonly rtol: number; readonly atol: number };

const float32 = new Float32Array(1);
const bits = new Int32Array(float32.buffer);

/** The place of a float32 in the order of all float32 values; both zeros have place 0. */
function ordinal(value: number): number {
  float32[0] = value;
  const [pattern = 0] = bits;
  return pattern < 0 ? -(pattern & 0x7fffffff) : pattern;
}

/** How many float32 values lie between two numbers, the second one counted. */
export function ulpDistance(a: number, b: number): number {
  return Math.abs(ordinal(a) - ordinal(b));
}

function fault(got: number, want: number, tolerance: Tolerance): string | undefined {
  if (Object.is(got, want)) return undefined;
  if (!Number.isFinite(got) || !Number.isFinite(want)) return 'they must be the same';
  if ('ulp' in tolerance) {
    const distance = ulpDistance(got, want);
    return distance <= tolerance.ulp ? undefined : `${distance} ulp apart, ${tolerance.ulp} allowed`;
  }
  const distance = Math.abs(got - want);
  const allowed = tolerance.atol + tolerance.rtol * Math.abs(want);
  return distance <= allowed ? undefined : `${distance} apart, ${allowed} allowed`;
}

/** The first element outside the tolerance, in words; undefined when every element is inside. */
export function mismatch(got: ArrayLike<number>, want: ArrayLike<number>, tolerance: Tolerance): string | undefined {
  if (got.length !== want.length) return `${got.length} elements, not ${want.length}`;
  for (let index = 0; index < want.length; index++) {
    const [is, expected] = [got[index] ?? Number.NaN, want[index] ?? Number.NaN];
    const reason = fault(is, expected, tolerance);
    if (reason !== undefined) return `element ${index} is ${is}, not ${expected}: ${reason}`;
  }
  return undefined;
}
