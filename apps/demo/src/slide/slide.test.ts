import { book } from '@xcorr/golden';
import { evaluate, corr2d } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { read, write } from './address.ts';
import { fieldsOf } from './field.ts';
import { layersOf, outputAxes } from './layers.ts';
import { exampleNames, exampleOf, examples } from './examples.ts';
import { cellText, factorText, numberText } from './number-text.ts';
import { initial, mostOf, settings, type SlideState, withElement, withSetting, withSize } from './state.ts';
import { elementAt, shadedOf, stepOf } from './window.ts';

const matrix = (most: number): fc.Arbitrary<number[][]> =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most })).chain(([rows, columns]) => {
    const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns });
    return fc.array(row, { minLength: rows, maxLength: rows });
  });

const setting = ({ least, most }: { readonly least: number; readonly most: number }): fc.Arbitrary<number> => fc.integer({ min: least, max: most });

const states: fc.Arbitrary<SlideState> = fc.record({
  input: matrix(mostOf.input),
  kernel: matrix(mostOf.kernel),
  stride: setting(settings.stride),
  padding: setting(settings.padding),
  dilation: setting(settings.dilation),
  flip: fc.boolean(),
  layers: setting(settings.layers),
  shaded: fc.record({ layer: setting(settings.layers), row: fc.nat(30), column: fc.nat(30) }),
});

describe("the book's figure", () => {
  const layers = layersOf(initial);

  test('is what the tab starts with', () => {
    expect(layers.maps[1]?.values).toEqual(book.corr2d.y);
    expect(shadedOf(initial, layers)).toMatchObject({ value: 19, top: 0, left: 0 });
    expect(shadedOf(initial, layers)?.terms.map(({ value, tap }) => [value, tap])).toEqual([[0, 0], [1, 1], [3, 2], [4, 3]]);
  });

  test('through two layers, one element sees all of the input', () => {
    const { layers: kernels, onFirst, onInput } = book.receptiveField;
    expect(kernels.map(({ kernel }) => kernel)).toEqual([[2, 2], [2, 2]]);
    const two = layersOf({ ...initial, layers: 2 });
    expect(fieldsOf({ layer: 2, row: 0, column: 0 }, two).map(({ window }) => window)).toEqual([onInput, onFirst]);
  });
});

describe('laws', () => {
  test('the shaded element is the sum of its terms, and the maps have the sizes of the formula', () => {
    fc.assert(
      fc.property(states, (state) => {
        const layers = layersOf(state);
        const shaded = shadedOf(state, layers);
        expect(shaded === undefined).toBe(layers.maps.length === 1);
        const sum = shaded?.terms.reduce((total, { value, tap }) => total + value * tap, 0) ?? 0;
        expect(shaded?.value ?? 0).toBeCloseTo(sum, 3);
        for (const [at, { rows, columns }] of layers.maps.slice(1).entries()) {
          const before = layers.maps[at];
          expect(outputAxes([before?.rows ?? 0, before?.columns ?? 0], state).map(({ result }) => result)).toEqual([rows, columns]);
        }
        expect(layers.maps.length - 1 === state.layers).toBe(layers.misfit === undefined);
      }),
      seeded(100),
    );
  });

  test('the receptive field on the map before is the window', () => {
    fc.assert(
      fc.property(states, (state) => {
        const layers = layersOf(state);
        const shaded = shadedOf(state, layers);
        const field = shaded === undefined ? undefined : fieldsOf(shaded.element, layers).at(-1);
        const inside = (shaded?.terms ?? []).filter(({ isInside }) => isInside).map(({ row, column }) => `${row},${column}`);
        expect([...(field?.elements ?? [])].toSorted()).toEqual(inside.toSorted());
        if (shaded !== undefined) expect(field).toMatchObject({ start: [shaded.top, shaded.left], window: [shaded.height, shaded.width] });
      }),
      seeded(100),
    );
  });

  test('an input and a kernel of equal values stay two things', () => {
    const same = { ...initial, input: initial.kernel, padding: 1 };
    expect(layersOf(same).maps[1]?.values).toEqual(evaluate(corr2d(initial.kernel, initial.kernel, { padding: 1 })).toNested());
    expect(fieldsOf({ layer: 1, row: 0, column: 0 }, layersOf(same))[0]?.elements).toEqual(new Set(['0,0']));
  });

  test('a URL holds every state', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(read(new URLSearchParams(write(state)))).toEqual(state);
      }),
      seeded(100),
    );
    expect(write(initial)).toEqual({});
  });

  test('a URL that anybody typed gives a state within its limits', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('1e999', '-1', '0', '99', '1.5', '1;2,3', '', '1,0,0', '9,9,9', '0,0,0', '__proto__', Array(40).fill('1').join(',')));
    const names = fc.constantFrom('input', 'kernel', 'stride', 'padding', 'dilation', 'flip', 'layers', 'shaded', '__proto__', 'other');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, text)), (pairs) => {
        const state = read(new URLSearchParams(pairs));
        expect(read(new URLSearchParams(write(state)))).toEqual(state);
        for (const values of layersOf(state).maps.flatMap(({ values }) => values.flat())) expect(Number.isFinite(values)).toBe(true);
      }),
      seeded(100),
    );
  });

  test('steps go through a map row by row', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(4), (row, column) => {
        expect(elementAt(stepOf({ row, column }, { columns: 5 }), { columns: 5 })).toEqual({ row, column });
      }),
      seeded(100),
    );
  });
});

describe('changes', () => {
  test('a matrix that grows keeps its elements and counts on', () => {
    expect(withSize(initial, 'kernel', 2, 3).kernel).toEqual([[0, 1, 4], [2, 3, 5]]);
    expect(withSize(initial, 'kernel', 1, 1).kernel).toEqual([[0]]);
    expect(withSize(initial, 'kernel', 0, 1)).toBe(initial);
    expect(withSize(initial, 'kernel', 9, 1)).toBe(initial);
  });

  test('what is out of bounds changes nothing', () => {
    expect(withSetting(initial, 'stride', 0)).toBe(initial);
    expect(withSetting(initial, 'stride', 2.5)).toBe(initial);
    expect(withElement(initial, 'input', 0, 0, 1e9)).toBe(initial);
    expect(withElement(initial, 'input', 0, 1, -7).input[0]).toEqual([0, -7, 2]);
  });

  test('a layer that does not fit is named with its sizes', () => {
    const { maps, misfit } = layersOf({ ...initial, layers: 4 });
    expect(maps).toHaveLength(3);
    expect(misfit).toMatchObject({ layer: 3, rows: { size: 1, taps: 2, result: 0 } });
  });
});

test('numbers are written without noise, factors below zero in parentheses, and cells are short', () => {
  expect([numberText(0.1 + 0.2), numberText(-0), numberText(1234567)]).toEqual(['0.3', '0', '1234567']);
  expect([factorText(2), factorText(-1.5)]).toEqual(['2', '(-1.5)']);
  expect([cellText(-12345), cellText(1 / 3), cellText(1234567), cellText(-2.5e24)]).toEqual(['-12345', '0.333', '1.2e6', '-2.5e24']);
});

test('every example is found again, whichever element is shaded', () => {
  for (const name of exampleNames) expect(exampleOf({ ...examples[name], shaded: { layer: 1, row: 0, column: 0 } })).toBe(name);
  expect(exampleOf({ ...initial, stride: 2 })).toBeUndefined();
});
