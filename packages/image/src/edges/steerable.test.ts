import { constant, corr2d, evaluate, grad, input, mul, NdArray, ndarray, ShapeError, sum, transpose, ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { steer, steerableResponses } from './steer.ts';
import { interpolationWeights, steerable, steeredKernel, type SteerableName } from './steerable-filter.ts';

const seeded = { seed: 20_261_121, numRuns: 40 };
const names: readonly SteerableName[] = ['G1', 'G2', 'H2'];
const angles = fc.double({ min: -7, max: 7, noNaN: true });
const sigmas = fc.double({ min: 0.5, max: 2.5, noNaN: true });

/** The sum over a kernel of each tap times a function of its place, x to the right and y downwards. */
function moment(kernel: readonly (readonly number[])[], f: (x: number, y: number) => number): number {
  const radius = (kernel.length - 1) / 2;
  return kernel.reduce((rows, row, i) => rows + row.reduce((taps, tap, j) => taps + tap * f(j - radius, i - radius), 0), 0);
}

/** [size, size] of f at x to the right and y downwards of the centre. */
function sampled(size: number, f: (x: number, y: number) => number): NdArray {
  const radius = (size - 1) / 2;
  return new NdArray([size, size], Float64Array.from({ length: size * size }, (_, index) => f((index % size) - radius, Math.floor(index / size) - radius)));
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-6): void {
  expect(actual).toHaveLength(expected.length);
  for (let index = 0; index < expected.length; index++) expect(Math.abs((actual[index] ?? Number.NaN) - (expected[index] ?? Number.NaN))).toBeLessThan(tolerance);
}

describe('the kernel at an angle', () => {
  // The definition, without a basis: a polynomial of u = x cos t + y sin t, times a round Gaussian.
  const polynomials = (sigma: number, variance: number): Readonly<Record<SteerableName, (u: number) => number>> => ({
    G1: (u) => u,
    G2: (u) => u * u - variance,
    H2: (u) => 2 * 2.254 * sigma * sigma * u - u ** 3,
  });

  test.each(names)('%s is its own rotated formula, sampled, but for a factor that does not depend on the angle', (name) => {
    fc.assert(
      fc.property(angles, sigmas, (angle, sigma) => {
        const filter = steerable(name, { sigma });
        const side = Array.from({ length: 2 * filter.radius + 1 }, (_, index) => index - filter.radius);
        const gaussian = (x: number, y = 0): number => Math.exp(-(x * x + y * y) / (2 * sigma * sigma));
        const variance = side.reduce((total, x) => total + x * x * gaussian(x), 0) / side.reduce((total, x) => total + gaussian(x), 0);
        const polynomial = polynomials(sigma, variance)[name];
        const formula = (t: number): number[] => side.flatMap((y) => side.map((x) => polynomial(x * Math.cos(t) + y * Math.sin(t)) * gaussian(x, y)));
        const atZero = steeredKernel(filter, 0).flat();
        const factor = Math.max(...atZero) / Math.max(...formula(0));
        expectClose(steeredKernel(filter, angle).flat(), formula(angle).map((tap) => factor * tap), 1e-12);
      }),
      seeded,
    );
  });

  test('G1 gives 1 to a ramp, and the derivative along the angle of any', () => {
    fc.assert(
      fc.property(angles, sigmas, (angle, sigma) => {
        const kernel = steeredKernel(steerable('G1', { sigma }), angle);
        expect(moment(kernel, (x) => x)).toBeCloseTo(Math.cos(angle), 10);
        expect(moment(kernel, (_, y) => y)).toBeCloseTo(Math.sin(angle), 10);
        expect(moment(kernel, () => 1)).toBeCloseTo(0, 10);
      }),
      seeded,
    );
  });

  test('G2 gives 1 to a parabola, 0 to a ramp and to what is flat', () => {
    fc.assert(
      fc.property(angles, sigmas, (angle, sigma) => {
        const filter = steerable('G2', { sigma });
        expect(moment(steeredKernel(filter, 0), (x) => (x * x) / 2)).toBeCloseTo(1, 10);
        expect(moment(steeredKernel(filter, 0), (_, y) => (y * y) / 2)).toBeCloseTo(0, 10);
        for (const flat of [() => 1, (x: number) => x, (_: number, y: number) => y]) expect(moment(steeredKernel(filter, angle), flat)).toBeCloseTo(0, 10);
      }),
      seeded,
    );
  });

  test('G2 gives 1 to a parabola along any angle: on the axes exactly, elsewhere within what is stated', () => {
    const along = (angle: number, sigma: number): number => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      return moment(steeredKernel(steerable('G2', { sigma }), angle), (x, y) => (x * c + y * s) ** 2 / 2);
    };
    for (const sigma of [0.5, 1, 2, 5, 20]) for (const quarters of [0, 1, 2, 3]) expect(along((quarters * Math.PI) / 2, sigma)).toBeCloseTo(1, 10);
    // It errs most at 45 degrees.
    for (const sigma of [1, 1.3, 2, 5, 10, 20, 40]) {
      expect(Math.abs(along(Math.PI / 4, sigma) - 1)).toBeLessThan(0.004);
      expect(Math.abs(along(0.4, sigma) - 1)).toBeLessThan(0.004);
    }
    expect(Math.abs(along(Math.PI / 4, 0.5) - 1)).toBeGreaterThan(0.004);
    expect(along(Math.PI / 4, 2)).not.toBeCloseTo(1, 4);
  });

  test('G2 and H2 are the published pair: sampled finely, each tap is the published formula by one factor', () => {
    const sigma = 8;
    const [second, third] = [steeredKernel(steerable('G2', { sigma }), 0), steeredKernel(steerable('H2', { sigma }), 0)];
    const middle = (kernel: readonly (readonly number[])[], x: number): number => kernel[32]?.[32 + x] ?? Number.NaN;
    const factor = middle(second, 0) / -0.9213;
    for (const x of [-20, -8, -3, 0, 5, 13, 24]) {
      const u = x / (Math.SQRT2 * sigma);
      // Published kernels are convolved: flipped, an odd one changes its sign.
      const published = [0.9213 * (2 * u * u - 1) * Math.exp(-u * u), -0.978 * (u ** 3 - 2.254 * u) * Math.exp(-u * u)];
      expectClose([middle(second, x) / factor, middle(third, x) / factor], published, 1e-3);
    }
  });

  test('the interpolation functions of G2 are cos^2, 2 cos sin and sin^2', () => {
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    expectClose(interpolationWeights(1, 0.7), [c, s], 1e-15);
    expectClose(interpolationWeights(2, 0.7), [c * c, 2 * c * s, s * s], 1e-15);
    expectClose(interpolationWeights(3, 0.7), [c ** 3, 3 * c * c * s, 3 * c * s * s, s ** 3], 1e-15);
  });
});

describe('steered responses', () => {
  const brightness = fc.double({ min: -1, max: 1, noNaN: true });
  const images = fc.array(fc.array(brightness, { minLength: 9, maxLength: 9 }), { minLength: 8, maxLength: 8 });

  test.each(names)('steering the responses of %s is correlating with its rotated kernel', (name) => {
    const filter = steerable(name, { radius: 3 });
    fc.assert(
      fc.property(images, angles, (values, angle) => {
        const image = constant(values, { dtype: 'float64' });
        const rotated = evaluate(corr2d(image, steeredKernel(filter, angle)));
        const responses = steerableResponses(image, filter);
        expectClose(evaluate(steer(responses, angle)).data, rotated.data, 1e-10);
        expectClose(evaluate(steer(responses, constant(angle, { dtype: 'float64' }))).data, rotated.data, 1e-10);
      }),
      seeded,
    );
  });

  test.each(names)('%s of the transposed picture is the transposed response at the mirrored angle', (name) => {
    const filter = steerable(name, { radius: 2 });
    fc.assert(
      fc.property(images, angles, (values, angle) => {
        const image = constant(values, { dtype: 'float64' });
        const mirrored = evaluate(transpose(steer(steerableResponses(transpose(image), filter), Math.PI / 2 - angle)));
        expectClose(mirrored.data, evaluate(steer(steerableResponses(image, filter), angle)).data, 1e-10);
      }),
      seeded,
    );
  });

  test('each element may be steered by an angle of its own', () => {
    const filter = steerable('G2', { radius: 2 });
    const image = sampled(6, (x, y) => Math.sin(x) + x * y);
    const responses = steerableResponses(constant(image, { dtype: 'float64' }), filter);
    const each = evaluate(steer(responses, [[0, 1], [2, 3]])).data;
    expectClose(each, [0, 1, 2, 3].map((angle, index) => evaluate(steer(responses, angle)).data[index] ?? Number.NaN), 1e-9);
  });

  test.each(names)('the derivative of %s with respect to the angle is that of the difference quotient, at 0 too', (name) => {
    const image = sampled(7, (x, y) => Math.sin(1.3 * x + 0.4) * Math.cos(y - 0.2));
    const t = input('t', [], { dtype: 'float64' });
    const response = sum(steer(steerableResponses(constant(image, { dtype: 'float64' }), steerable(name, { radius: 2 })), t));
    const [slope] = grad(response, [t]);
    const at = (angle: number): number => evaluate(response, { t: angle }).item();
    for (const angle of [0, Math.PI / 2, 1, -2.5]) expect(evaluate(slope, { t: angle }).item()).toBeCloseTo((at(angle + 1e-5) - at(angle - 1e-5)) / 2e-5, 6);
  });
});

describe('measuring an orientation', () => {
  const degrees = Array.from({ length: 180 }, (_, index) => index);

  /** What a filter answers in the middle of a picture at the angles of 0 to 179 degrees. */
  const answers = (name: SteerableName, f: (x: number, y: number) => number): readonly number[] => {
    const responses = steerableResponses(constant(sampled(33, f), { dtype: 'float64' }), steerable(name, { sigma: 2, radius: 16 }));
    return [...evaluate(steer(responses, [degrees.map((degree) => (degree * Math.PI) / 180)])).data];
  };

  /** The degree at which the value is largest. */
  const strongest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

  test.each([0, 17, 45, 90, 131])('the energy of G2 and H2 is largest across a grating turned by %i degrees, in any phase', (degree) => {
    const direction = (degree * Math.PI) / 180;
    const energies = [0, 0.8, Math.PI / 2, 2.5].map((phase) => {
      const grating = (x: number, y: number): number => Math.cos(0.7 * (x * Math.cos(direction) + y * Math.sin(direction)) + phase);
      const odd = answers('H2', grating);
      const energy = answers('G2', grating).map((even, at) => even ** 2 + (odd[at] ?? Number.NaN) ** 2);
      expect(strongest(energy)).toBe(degree);
      return Math.max(...energy);
    });
    // Where G2 answers most, the published H2 answers with 0.93 of it.
    expect(Math.max(...energies) / Math.min(...energies)).toBeLessThan(1 / 0.92 ** 2);
  });

  test.each([0, 30, 64, 118])('G1 is largest along the gradient of an edge turned by %i degrees', (degree) => {
    const direction = (degree * Math.PI) / 180;
    expect(strongest(answers('G1', (x, y) => Math.tanh(x * Math.cos(direction) + y * Math.sin(direction))))).toBe(degree);
  });

  test('G2 is largest across a dark line, smallest across a bright one, and so largest along it', () => {
    const bright = (x: number, y: number): number => Math.exp(-((x * Math.cos(1) + y * Math.sin(1)) ** 2));
    expect(strongest(answers('G2', (x, y) => -bright(x, y)))).toBe(57);
    expect(strongest(answers('G2', bright))).toBe(147);
  });
});

describe('what is refused', () => {
  test('filters that there are not', () => {
    // @ts-expect-error -- JavaScript may name any
    expect(() => steerable('G4')).toThrow(new ValueError('steerable: there is no filter "G4"; the filters are G1, G2, H2'));
    expect(() => steerable('G1', { sigma: 0.1 })).toThrow(new ValueError('steerable: sigma is 0.1; taps one element apart show no Gaussian below 0.3'));
    expect(() => steerable('G1', { sigma: Number.NaN })).toThrow(ValueError);
    expect(() => steerable('G1', { sigma: 1e6 })).toThrow(
      new ValueError('steerable: the radius is 4000000; it must be a whole number from 1 to 1000, by itself it is 4 sigma'),
    );
    expect(() => steerable('G1', { radius: 1.5 })).toThrow(ValueError);
    expect(() => steeredKernel(steerable('G1'), Number.NaN)).toThrow(new ValueError('steeredKernel: the angle is NaN; a finite number of radians is expected'));
  });

  test('images that are smaller than the kernel, and lists that are no responses', () => {
    expect(() => steerableResponses(ndarray([[1, 2], [3, 4]]), steerable('G1'))).toThrow(ShapeError);
    expect(() => steer([mul(constant([[1]]), 2)], 0)).toThrow(
      new ShapeError('steer: 1 response; give all that steerableResponses made: 2 of G1, 3 of G2, 4 of H2'),
    );
  });
});
