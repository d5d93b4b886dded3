import type { Channels } from '../picture.ts';

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** A profile by primaries and curves: light = curve(coded), XYZ = toXyz x light, where white is D50, (0.9642, 1, 0.8249). */
interface MatrixProfile {
  readonly curves: readonly [Curve, Curve, Curve];
  readonly toXyz: Matrix;
}

/** From a coded value of 0 to 1 to light of 0 to 1. */
type Curve = (coded: number) => number;

/** sRGB's primaries in XYZ of D50: a column each. IEC 61966-2-1, adapted as ICC.1 says (Bradford). */
const srgbToXyz: Matrix = [
  [0.436_065_674, 0.385_147_095, 0.143_066_406],
  [0.222_488_403, 0.716_873_169, 0.060_607_91],
  [0.013_916_016, 0.097_076_416, 0.714_096_069],
];

/**
 * Brings 16-bit samples from the space of an ICC profile to sRGB, in place; alpha stays. What lies outside sRGB is
 * clipped. A profile that is damaged, not of red, green and blue, or made of tables instead of primaries and curves
 * leaves the samples as they are.
 *
 * @see ICC.1:2022, sections 10.6 (curv), 10.18 (para), F.3 (three-component matrix-based profiles)
 */
export function iccToSrgb(samples: Uint16Array, channels: Channels, icc: Uint8Array): void {
  const profile = matrixProfile(icc);
  if (profile === undefined) return;
  const [red, green, blue] = profile.curves.map(tabulated);
  if (red === undefined || green === undefined || blue === undefined) return;
  const [toRed, toGreen, toBlue] = product(inverse(srgbToXyz), profile.toXyz);
  const codes = srgbCodes();
  for (let index = 0; index + 2 < samples.length; index += channels) {
    const r = red[samples[index] ?? 0] ?? 0;
    const g = green[samples[index + 1] ?? 0] ?? 0;
    const b = blue[samples[index + 2] ?? 0] ?? 0;
    samples[index] = code(codes, toRed[0] * r + toRed[1] * g + toRed[2] * b);
    samples[index + 1] = code(codes, toGreen[0] * r + toGreen[1] * g + toGreen[2] * b);
    samples[index + 2] = code(codes, toBlue[0] * r + toBlue[1] * g + toBlue[2] * b);
  }
}

/** The light of each of the 65536 samples. */
function tabulated(curve: Curve): Float64Array {
  return Float64Array.from({ length: 65_536 }, (_, sample) => curve(sample / 65_535));
}

const steps = 65_536;

/** sRGB's code, in samples of 16 bits, of light in equal steps. Between steps it is straight to within a thousandth of a sample. */
function srgbCodes(): Float64Array {
  return Float64Array.from({ length: steps + 2 }, (_, step) => {
    const light = step / steps;
    return 65_535 * (light <= 0.003_130_8 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
  });
}

function code(codes: Float64Array, light: number): number {
  const place = Math.min(1, Math.max(0, light)) * steps;
  const step = Math.floor(place);
  const below = codes[step] ?? 0;
  return Math.round(below + (place - step) * ((codes[step + 1] ?? 0) - below));
}

/** The profile's primaries and curves; undefined when it has none, or cannot be read. */
export function matrixProfile(icc: Uint8Array): MatrixProfile | undefined {
  try {
    const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
    if (text(view, 16) !== 'RGB ' || text(view, 20) !== 'XYZ ') return undefined;
    const tags = new Map(Array.from({ length: Math.min(100, view.getUint32(128)) }, (_, index) => [text(view, 132 + 12 * index), view.getUint32(136 + 12 * index)] as const));
    // A profile that has tables too means them: its primaries are for those who read no better.
    if (tags.has('A2B0')) return undefined;
    const [red, green, blue] = ['r', 'g', 'b'].map((letter) => {
      const [colour, curve] = [tags.get(`${letter}XYZ`), tags.get(`${letter}TRC`)];
      return colour === undefined || curve === undefined ? undefined : { colour: xyz(view, colour), curve: curveAt(view, curve) };
    });
    if (red?.curve === undefined || green?.curve === undefined || blue?.curve === undefined) return undefined;
    const row = (axis: 0 | 1 | 2): Vector => [red.colour[axis], green.colour[axis], blue.colour[axis]];
    return { curves: [red.curve, green.curve, blue.curve], toXyz: [row(0), row(1), row(2)] };
  } catch (error) {
    // A DataView refuses to read beyond its end: the profile is cut short.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function text(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(offset + byte)));
}

/** A number of sixteen bits before and sixteen behind the point. */
function fixed(view: DataView, offset: number): number {
  return view.getInt32(offset) / 65_536;
}

function xyz(view: DataView, offset: number): Vector {
  return [fixed(view, offset + 8), fixed(view, offset + 12), fixed(view, offset + 16)];
}

function curveAt(view: DataView, offset: number): Curve | undefined {
  switch (text(view, offset)) {
    case 'curv':
      return sampledCurve(view, offset);
    case 'para':
      return parametricCurve(view, offset);
    default:
      return undefined;
  }
}

/** No samples: the identity. One: an exponent. More: equally spaced, straight between. */
function sampledCurve(view: DataView, offset: number): Curve {
  const count = view.getUint32(offset + 8);
  if (count === 0) return (coded) => coded;
  if (count === 1) {
    const gamma = view.getUint16(offset + 12) / 256;
    return (coded) => coded ** gamma;
  }
  if (count > 65_536) throw new RangeError('a curve of more samples than 16 bits tell apart');
  const samples = Float64Array.from({ length: count }, (_, index) => view.getUint16(offset + 12 + 2 * index) / 65_535);
  return (coded) => {
    const place = coded * (count - 1);
    const below = Math.min(count - 2, Math.floor(place));
    const [low, high] = [samples[below] ?? 0, samples[below + 1] ?? 0];
    return low + (place - below) * (high - low);
  };
}

/**
 * The five kinds of ICC.1, table 68. All are a power above a corner and a straight line below: kinds 0 to 2 know less of
 * the line, kind 3 has (a x + b)^g and c x, and kind 4 adds a number to each.
 */
function parametricCurve(view: DataView, offset: number): Curve | undefined {
  const kind = view.getUint16(offset + 8);
  const parameter = (index: number): number => fixed(view, offset + 12 + 4 * index);
  const g = parameter(0);
  if (kind === 0) return (coded) => coded ** g;
  const [a, b] = [parameter(1), parameter(2)];
  const power = (coded: number): number => Math.max(0, a * coded + b) ** g;
  if (kind === 1) return (coded) => (coded >= -b / a ? power(coded) : 0);
  const c = parameter(3);
  if (kind === 2) return (coded) => (coded >= -b / a ? power(coded) : 0) + c;
  const d = parameter(4);
  if (kind === 3) return (coded) => (coded >= d ? power(coded) : c * coded);
  const [e, f] = [parameter(5), parameter(6)];
  return kind === 4 ? (coded) => (coded >= d ? power(coded) + e : c * coded + f) : undefined;
}

function product(a: Matrix, b: Matrix): Matrix {
  const entry = ([x, y, z]: Vector, column: 0 | 1 | 2): number => x * b[0][column] + y * b[1][column] + z * b[2][column];
  const row = (vector: Vector): Vector => [entry(vector, 0), entry(vector, 1), entry(vector, 2)];
  return [row(a[0]), row(a[1]), row(a[2])];
}

function cross([a, b, c]: Vector, [x, y, z]: Vector): Vector {
  return [b * z - c * y, c * x - a * z, a * y - b * x];
}

/** The columns of the inverse are the cross products of the rows, over the determinant. */
function inverse([first, second, third]: Matrix): Matrix {
  const columns = [cross(second, third), cross(third, first), cross(first, second)] as const;
  const determinant = first[0] * columns[0][0] + first[1] * columns[0][1] + first[2] * columns[0][2];
  const row = (axis: 0 | 1 | 2): Vector => [columns[0][axis] / determinant, columns[1][axis] / determinant, columns[2][axis] / determinant];
  return [row(0), row(1), row(2)];
}
