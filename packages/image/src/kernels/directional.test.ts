import { corr2d, evaluate, ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directionalKernel, type SlopeOperator } from './directional.ts';
import type { Kernel } from './kernel.ts';

const seeded = { seed: 20_261_121, numRuns: 200 };
const degrees = Math.PI / 180;
const operators: readonly SlopeOperator[] = ['central', 'prewitt', 'sobel', 'scharr'];

/** [down, right] at an angle to the right, turning down. */
const vectorAt = (angle: number): readonly [number, number] => [Math.sin(angle), Math.cos(angle)];

/** A 3 x 3 picture about the origin. */
const picture = (at: (row: number, column: number) => number): Kernel => [-1, 0, 1].map((row) => [-1, 0, 1].map((column) => at(row, column)));

/** The response at the middle, in float64. */
function response(kernel: Kernel, image: Kernel): number {
  return kernel.reduce((sum, row, u) => row.reduce((part, tap, v) => part + tap * (image[u]?.[v] ?? 0), sum), 0);
}

/** An edge through the middle, brighter in the direction of the angle, soft as a lens leaves it. */
const edge = (angle: number): Kernel => {
  const [down, right] = vectorAt(angle);
  return picture((row, column) => 1 / (1 + Math.exp(-(row * down + column * right))));
};

describe('the directional kernel of a vector', () => {
  test('of any operator measures the slope of a plane along it: v1 down + v2 right', () => {
    const slope = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(fc.tuple(slope, slope), slope, slope, fc.constantFrom(...operators), ([v1, v2], down, right, operator) => {
        fc.pre(v1 !== 0 || v2 !== 0);
        const plane = picture((row, column) => 7 + down * row + right * column);
        expect(response(directionalKernel([v1, v2], { operator }), plane)).toBeCloseTo(v1 * down + v2 * right, 8);
      }),
      seeded,
    );
  });

  test('in a graph: brighter to the right along [0, 1], brighter below along [1, 0]', () => {
    const plane = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => 10 * i + j));
    expect(evaluate(corr2d(plane, directionalKernel([0, 1], { operator: 'sobel' }))).toNested()).toEqual([[1, 1], [1, 1]]);
    expect(evaluate(corr2d(plane, directionalKernel([1, 0], { operator: 'sobel' }))).toNested()).toEqual([[10, 10], [10, 10]]);
  });

  const turns = Array.from({ length: 72 }, (_, step) => 5 * step);

  test.each(turns)('an edge brighter towards %i degrees: of all vectors, its own normal answers most, and positively', (turn) => {
    const image = edge(turn * degrees);
    const answers = turns.map((each) => response(directionalKernel(vectorAt(each * degrees)), image));
    const strongest = Math.max(...answers);
    expect(turns[answers.indexOf(strongest)]).toBe(turn);
    expect(answers[((turn + 180) % 360) / 5]).toBeCloseTo(-strongest, 12);
    for (const along of [90, 270]) expect(Math.abs(answers[((turn + along) % 360) / 5] ?? Number.NaN)).toBeLessThan(0.01 * strongest);
  });

  test.each(turns)('the vector at %i degrees: of all edges, the one it is normal to answers most', (turn) => {
    const kernel = directionalKernel(vectorAt(turn * degrees));
    const answers = turns.map((each) => response(kernel, edge(each * degrees)));
    expect(turns[answers.indexOf(Math.max(...answers))]).toBe(turn);
    expect(turns[answers.indexOf(Math.min(...answers))]).toBe((turn + 180) % 360);
  });

  test('detects edges in the direction (v2, -v1), and is blind to those along v', () => {
    const [v1, v2] = [2, 3];
    const across = picture((row, column) => Math.tanh((v1 * row + v2 * column) / 8));
    const along = picture((row, column) => Math.tanh((v2 * row - v1 * column) / 8));
    const kernel = directionalKernel([v1, v2]);
    expect(response(kernel, across)).toBeGreaterThan(1);
    expect(Math.abs(response(kernel, along))).toBeLessThan(0.02);
  });

  test('is the negative of its reflection, so its taps add up to 0; linear in the vector', () => {
    const component = fc.double({ min: -10, max: 10, noNaN: true }).map((value) => (Math.abs(value) < 1e-9 ? 0 : value));
    fc.assert(
      fc.property(component, component, fc.constantFrom(...operators), (v1, v2, operator) => {
        fc.pre(v1 !== 0 || v2 !== 0);
        const kernel = directionalKernel([v1, v2], { operator });
        expect(kernel.map((row) => row.toReversed()).toReversed()).toEqual(kernel.map((row) => row.map((tap) => 0 - tap)));
        expect(directionalKernel([2 * v1, 2 * v2], { operator })).toEqual(kernel.map((row) => row.map((tap) => 2 * tap)));
        const exchanged = directionalKernel([v2, v1], { operator });
        kernel.forEach((row, u) => row.forEach((tap, v) => expect(exchanged[v]?.[u]).toBeCloseTo(tap, 14)));
      }),
      seeded,
    );
  });

  test.each([
    [() => directionalKernel([0, -0]), 'directionalKernel: the vector [0, 0] has no direction\n  give at least one component that is not 0'],
    [() => directionalKernel([1, Number.NaN]), 'directionalKernel: component NaN is not a finite number'],
    // @ts-expect-error three components
    [() => directionalKernel([1, 2, 3]), 'directionalKernel: the vector [1, 2, 3] is not [down, right]'],
    // @ts-expect-error an operator that there is not
    [() => directionalKernel([1, 2], { operator: 'canny' }), 'directionalKernel: operator "canny" is unknown; give "central" or "prewitt" or "sobel" or "scharr"'],
  ])('refuses %#', (run, message) => {
    expect(run).toThrow(new ValueError(message));
  });
});
