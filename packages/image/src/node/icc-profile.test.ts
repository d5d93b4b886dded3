import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { iccToSrgb, matrixProfile } from './icc-profile.ts';

type Numbers = readonly number[];

/** s15Fixed16Numbers. */
const fixed = (numbers: Numbers): Numbers => numbers.flatMap((number) => uint(Math.round(number * 65_536) >>> 0, 4));
const uint = (number: number, bytes: number): Numbers => Array.from({ length: bytes }, (_, index) => Math.floor(number / 256 ** (bytes - 1 - index)) % 256);
const ascii = (text: string): Numbers => Array.from(text, (character) => character.charCodeAt(0));

const xyz = (numbers: Numbers): Numbers => [...ascii('XYZ \0\0\0\0'), ...fixed(numbers)];
const gamma = (exponent: number): Numbers => [...ascii('curv\0\0\0\0'), ...uint(1, 4), ...uint(Math.round(exponent * 256), 2), 0, 0];
const table = (samples: Numbers): Numbers => [...ascii('curv\0\0\0\0'), ...uint(samples.length, 4), ...samples.flatMap((sample) => uint(sample, 2)), ...(samples.length % 2 === 1 ? [0, 0] : [])];
const parametric = (kind: number, parameters: Numbers): Numbers => [...ascii('para\0\0\0\0'), ...uint(kind, 2), 0, 0, ...fixed(parameters)];

const srgbCurve = parametric(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.040_45]);
const srgb = { rXYZ: xyz([0.436_07, 0.222_49, 0.013_92]), gXYZ: xyz([0.385_15, 0.716_87, 0.097_08]), bXYZ: xyz([0.143_07, 0.060_61, 0.714_1]) };
const adobe = { rXYZ: xyz([0.609_74, 0.311_11, 0.019_47]), gXYZ: xyz([0.205_28, 0.625_67, 0.060_87]), bXYZ: xyz([0.149_19, 0.063_22, 0.744_57]) };

function profile(tags: Readonly<Record<string, Numbers>>, space = 'RGB ', connection = 'XYZ '): Uint8Array {
  const entries = Object.entries(tags);
  const header = [...new Array<number>(16).fill(0), ...ascii(space), ...ascii(connection), ...new Array<number>(104).fill(0)];
  let offset = 132 + 12 * entries.length;
  const directory = entries.flatMap(([name, data]) => {
    const entry = [...ascii(name), ...uint(offset, 4), ...uint(data.length, 4)];
    offset += data.length;
    return entry;
  });
  return Uint8Array.from([...header, ...uint(entries.length, 4), ...directory, ...entries.flatMap(([, data]) => data)]);
}

const withCurve = (primaries: Readonly<Record<string, Numbers>>, curve: Numbers): Uint8Array => profile({ ...primaries, rTRC: curve, gTRC: curve, bTRC: curve });

function converted(samples: Numbers, icc: Uint8Array, channels: 3 | 4 = 3): Numbers {
  const words = Uint16Array.from(samples);
  iccToSrgb(words, channels, icc);
  return [...words];
}

const farthest = (a: Numbers, b: Numbers): number => Math.max(...a.map((number, index) => Math.abs(number - (b[index] ?? 0))));

test('sRGB is left as it is', () => {
  const samples = Array.from({ length: 3000 }, (_, index) => (index * 40_503) % 65_536);
  expect(farthest(converted(samples, withCurve(srgb, srgbCurve)), samples)).toBeLessThanOrEqual(8);
});

test('Adobe RGB: white and black stay, its green is clipped, a muted colour is known', () => {
  const icc = withCurve(adobe, gamma(563 / 256));
  expect(farthest(converted([65_535, 65_535, 65_535, 0, 0, 0], icc), [65_535, 65_535, 65_535, 0, 0, 0])).toBeLessThanOrEqual(8);
  expect(farthest(converted([0, 65_535, 0], icc), [0, 65_535, 0])).toBeLessThanOrEqual(8);
  // (0.6, 0.5, 0.4) of Adobe RGB, by the matrices and curves of both standards: light (0.3252, 0.2178, 0.1333).
  const light = [0.6, 0.5, 0.4].map((value) => value ** (563 / 256));
  const [r = 0, g = 0, b = 0] = light;
  const inSrgb = [1.398_28 * r - 0.398_28 * g, g, -0.042_94 * g + 1.042_94 * b];
  const expected = inSrgb.map((value) => 65_535 * (1.055 * value ** (1 / 2.4) - 0.055));
  expect(farthest(converted([0.6, 0.5, 0.4].map((value) => Math.round(65_535 * value)), icc), expected)).toBeLessThanOrEqual(60);
});

test('alpha stays', () => {
  const icc = withCurve(adobe, gamma(2.2));
  const [red, green, blue] = converted([40_000, 30_000, 20_000], icc);
  expect(converted([40_000, 30_000, 20_000, 123, 40_000, 30_000, 20_000, 65_535], icc, 4)).toEqual([red, green, blue, 123, red, green, blue, 65_535]);
});

test('a profile that other programs wrote', async () => {
  const file = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } }).withIccProfile('p3').png().toBuffer();
  const { icc } = await sharp(file).metadata();
  const light = (code: number): number => ((code + 0.055) / 1.055) ** 2.4;
  const code = (light: number): number => 1.055 * light ** (1 / 2.4) - 0.055;
  const [r, g, b] = [light(0.6), light(0.5), light(0.4)];
  // The matrix from Display P3 to sRGB of CSS Color 4.
  const inSrgb = [1.224_940_2 * r - 0.224_940_2 * g, -0.042_057 * r + 1.042_057 * g, -0.019_637_6 * r - 0.078_636 * g + 1.098_273_6 * b];
  const samples = [0.6, 0.5, 0.4].map((value) => Math.round(65_535 * value));
  expect(farthest(converted(samples, icc ?? new Uint8Array()), inSrgb.map((value) => 65_535 * code(value)))).toBeLessThanOrEqual(60);
});

describe('curves', () => {
  const at = (curve: Numbers, coded: number): number => matrixProfile(withCurve(srgb, curve))?.curves[0](coded) ?? Number.NaN;

  test.each<[string, Numbers, (x: number) => number]>([
    ['none', table([]), (x) => x],
    ['an exponent', gamma(2.5), (x) => x ** 2.5],
    ['two samples', table([0, 65_535]), (x) => x],
    ['samples', table([0, 0, 65_535]), (x) => Math.max(0, 2 * x - 1)],
    ['kind 0', parametric(0, [2]), (x) => x ** 2],
    ['kind 1', parametric(1, [2, 2, -0.5]), (x) => (x >= 0.25 ? (2 * x - 0.5) ** 2 : 0)],
    ['kind 2', parametric(2, [2, 2, -0.5, 0.125]), (x) => (x >= 0.25 ? (2 * x - 0.5) ** 2 : 0) + 0.125],
    ['kind 3', parametric(3, [2, 1, 0, 0.5, 0.5]), (x) => (x >= 0.5 ? x ** 2 : 0.5 * x)],
    ['kind 4', parametric(4, [2, 1, 0, 0.5, 0.5, 0.25, 0.125]), (x) => (x >= 0.5 ? x ** 2 + 0.25 : 0.5 * x + 0.125)],
  ])('%s', (_, curve, expected) => {
    for (const coded of [0, 0.1, 0.25, 0.3, 0.5, 0.8, 1]) expect(at(curve, coded)).toBeCloseTo(expected(coded), 4);
  });
});

describe('no profile by primaries and curves', () => {
  const whole = withCurve(srgb, gamma(1));

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['of grey', profile({ ...srgb, kTRC: gamma(1) }, 'GRAY')],
    ['of tables', profile({ ...srgb, rTRC: gamma(1), gTRC: gamma(1), bTRC: gamma(1), A2B0: [0, 0, 0, 0] })],
    ['connected by Lab', profile({ ...srgb, rTRC: gamma(1), gTRC: gamma(1), bTRC: gamma(1) }, 'RGB ', 'Lab ')],
    ['without a curve', profile({ ...srgb, rTRC: gamma(1), gTRC: gamma(1) })],
    ['with a curve of a kind that there is not', withCurve(srgb, parametric(5, [1, 1, 1, 1, 1, 1, 1]))],
    ['with a curve of more samples than there are', withCurve(srgb, [...ascii('curv\0\0\0\0'), ...uint(2 ** 32 - 1, 4)])],
  ])('%s: the samples stay', (_, icc) => {
    expect(matrixProfile(icc)).toBeUndefined();
    expect(converted([1, 20_000, 65_535], icc)).toEqual([1, 20_000, 65_535]);
  });

  test('cut short at any length', () => {
    expect(matrixProfile(whole)).toBeDefined();
    // Behind the one number of the last curve there are two bytes that fill up.
    for (let length = 0; length < whole.length - 2; length++) expect(matrixProfile(whole.subarray(0, length))).toBeUndefined();
  });
});
