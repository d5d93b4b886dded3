import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkGradients } from '../../testing/gradient-check.ts';
import { countOf, innerProduct, point, pseudoRandomPoint } from '../../testing/points.ts';
import { seeded } from '../../testing/seeded.ts';
import { thrown } from '../../testing/thrown.ts';
import { grad } from '../grad.ts';
import { times } from '../integer.ts';
import { evaluate } from '../interpreter/interpret.ts';
import type { BorderMode } from '../primitives.ts';
import { specialise } from '../rebuild.ts';
import type { Tensor } from '../tensor.ts';
import { parse } from '../text/parse.ts';
import { print } from '../text/print.ts';
import { corr2d } from './convolution.ts';
import { mul, sin, square } from './elementwise.ts';
import { borderModes, extend, extendAxis, foldBack, foldBackAll } from './extend.ts';
import { reshape } from './movement.ts';
import { sum } from './reduce.ts';
import { arange, constant, input } from './source.ts';

function values(tensor: Tensor): unknown {
  return evaluate(tensor).toNested();
}

/** The element that stands at an index, inside or not: one step back at a time. */
function stepped(mode: BorderMode, index: number, size: number): number {
  let at = index;
  while (at < 0 || at >= size) {
    if (mode === 'edge') at = at < 0 ? 0 : size - 1;
    else if (mode === 'wrap') at += at < 0 ? size : -size;
    else if (mode === 'symmetric') at = at < 0 ? -1 - at : 2 * size - 1 - at;
    else if (size === 1) at = 0;
    else at = at < 0 ? -at : 2 * (size - 1) - at;
  }
  return at;
}

describe('meaning', () => {
  test.each([
    ['edge', [1, 1, 1, 1, 2, 3, 4, 4, 4, 4]],
    ['symmetric', [3, 2, 1, 1, 2, 3, 4, 4, 3, 2]],
    ['reflect', [4, 3, 2, 1, 2, 3, 4, 3, 2, 1]],
    ['wrap', [2, 3, 4, 1, 2, 3, 4, 1, 2, 3]],
  ] as const)('%s, as its docstring shows it', (mode, expected) => {
    expect(values(extend([1, 2, 3, 4], { mode, low: [3], high: [3] }))).toEqual(expected);
  });

  // What numpy.pad gives for the same arguments.
  test.each([
    ['edge', [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]],
    ['symmetric', [1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2]],
    ['reflect', [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]],
    ['wrap', [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]],
  ] as const)('%s goes on in the same way beyond the length of the axis', (mode, expected) => {
    expect(values(extend([1, 2], { mode, low: [5], high: [5] }))).toEqual(expected);
  });

  test.each(borderModes)('%s of one element is that element everywhere', (mode) => {
    expect(values(extend([7], { mode, low: [3], high: [2] }))).toEqual([7, 7, 7, 7, 7, 7]);
  });

  test.each(borderModes)('%s: any size and any amounts on two axes, element by element', (mode) => {
    const axis = fc.record({ size: fc.integer({ min: 1, max: 5 }), before: fc.nat(13), behind: fc.nat(13) });
    fc.assert(
      fc.property(axis, axis, (down, across) => {
        const x = reshape(arange(down.size * across.size), [down.size, across.size]);
        const extended = evaluate(extend(x, { mode, low: [down.before, across.before], high: [down.behind, across.behind] }));
        const [height, width] = [down, across].map(({ size, before, behind }) => before + size + behind);
        expect(extended.shape).toEqual([height, width]);
        const expected = Array.from(extended.data, (_, index) => {
          const [row, column] = [Math.floor(index / (width ?? 1)) - down.before, (index % (width ?? 1)) - across.before];
          return stepped(mode, row, down.size) * across.size + stepped(mode, column, across.size);
        });
        expect(Array.from(extended.data)).toEqual(expected);
      }),
      seeded(60),
    );
  });

  test('axes without an entry stay, and an extension by nothing is no node', () => {
    const x = constant([[1, 2], [3, 4]]);
    expect(values(extend(x, { mode: 'edge', low: [1] }))).toEqual([[1, 2], [1, 2], [3, 4]]);
    expect(extend(x, { mode: 'wrap' })).toBe(x);
    expect(extend(x, { mode: 'wrap', low: [0, 0], high: [0] })).toBe(x);
    expect(foldBack(x, 1, 'wrap', 0, 0)).toBe(x);
  });
});

describe('sizes that are named', () => {
  const photo = input('photo', ['H', 'W']);
  const [H = 0, W = 0] = photo.shape;

  test.each(borderModes)('%s: a picture of any size, also one that the border outreaches', (mode) => {
    const extended = extend(photo, { mode, low: [2, 1], high: [0, 4] });
    for (const [height, width] of [[1, 1], [1, 3], [4, 2]] as const) {
      const fed = evaluate(reshape(arange(height * width), [height, width]));
      expect(evaluate(extended, { photo: fed })).toEqual(evaluate(extend(fed, { mode, low: [2, 1], high: [0, 4] })));
    }
  });

  test.each(borderModes)('%s: amounts of a named size', (mode) => {
    const extended = extend(photo, { mode, low: [0, W], high: [H, 0] });
    const fed = [[1, 2, 3], [4, 5, 6]];
    expect(evaluate(extended, { photo: fed })).toEqual(evaluate(extend(fed, { mode, low: [0, 3], high: [2, 0] })));
  });

  test('with numbers in their place it is the extension by those numbers', () => {
    const fed = { photo: [[1, 2, 3], [4, 5, 6]] };
    for (const mode of borderModes) {
      const extended = extend(photo, { mode, low: [0, W], high: [H, 0] });
      const slope = grad(sum(square(extended)), [photo])[0];
      const specialised = specialise([extended, slope], new Map([['H', 2], ['W', 3]]));
      for (const node of [extended, slope]) {
        const fixed = specialised.get(node) ?? node;
        expect(fixed.shape.every((size) => typeof size === 'number')).toBe(true);
        expect(evaluate(fixed, fed)).toEqual(evaluate(node, fed));
      }
    }
  });
});

describe('extend and foldBack are adjoint', () => {
  const axes = fc.array(fc.record({ size: fc.integer({ min: 1, max: 4 }), before: fc.nat(9), behind: fc.nat(9) }), { minLength: 1, maxLength: 2 });

  test.each(borderModes)('%s: <y, extend x> = <foldBack y, x>, on whole numbers to the digit', (mode) => {
    fc.assert(
      fc.property(axes, (list) => {
        const [shape, low, high] = [list.map(({ size }) => size), list.map(({ before }) => before), list.map(({ behind }) => behind)];
        const x = point(shape, Array.from({ length: countOf(shape) }, (_, index) => ((index * 5) % 7) - 3));
        const extended = evaluate(extend(constant(x, { dtype: 'float64' }), { mode, low, high }));
        const y = point(extended.shape, Array.from(extended.data, (_, index) => ((index * 3) % 5) - 1));
        const folded = evaluate(foldBackAll(constant(y, { dtype: 'float64' }), { mode, low, high }));
        expect(folded.shape).toEqual(shape);
        expect(innerProduct(folded, x)).toBe(innerProduct(y, extended));
        // And each is the other's gradient.
        const [X, Y] = [input('X', shape, { dtype: 'float64' }), input('Y', extended.shape, { dtype: 'float64' })];
        expect(evaluate(grad(sum(mul(extend(X, { mode, low, high }), Y)), [X])[0], { X: x, Y: y })).toEqual(folded);
        expect(evaluate(grad(sum(mul(foldBackAll(Y, { mode, low, high }), X)), [Y])[0], { X: x, Y: y })).toEqual(extended);
      }),
      seeded(60),
    );
  });

  test('what was added is added to what it repeats', () => {
    const fold = (mode: BorderMode): unknown => values(foldBack(constant([1, 2, 4, 8, 16, 32]), 0, mode, 2, 1));
    expect([fold('edge'), fold('symmetric'), fold('reflect'), fold('wrap')]).toEqual([
      [1 + 2 + 4, 8, 16 + 32],
      [2 + 4, 1 + 8, 16 + 32],
      [4, 2 + 8 + 32, 1 + 16],
      [4 + 32, 1 + 8, 2 + 16],
    ]);
  });

  test('one axis, the others as they are', () => {
    const y = constant([[1, 2, 4], [8, 16, 32]]);
    expect(values(foldBack(y, 1, 'wrap', 1, 1))).toEqual([[7], [56]]);
    expect(values(foldBack(y, 0, 'edge', 0, 1))).toEqual([[9, 18, 36]]);
    expect(values(extendAxis(constant([[1, 2]]), 0, 'edge', 1, 0))).toEqual([[1, 2], [1, 2]]);
  });
});

describe('gradients', () => {
  const kernel = pseudoRandomPoint([3, 2], 5);

  test.each(borderModes)('%s: a filter, by the picture and by the kernel, to second order', (mode) => {
    for (const [size, low, high] of [[[4, 3], [1, 1], [1, 0]], [[1, 2], [2, 5], [3, 4]], [[2, 1], [0, 3], [5, 0]]] as const)
      checkGradients([pseudoRandomPoint(size, 3), kernel], ([x, w]) => corr2d(extend(x, { mode, low, high }), w));
  });

  test.each(borderModes)('%s: behind something that is not linear, and folded back', (mode) => {
    checkGradients([pseudoRandomPoint([3], 1)], ([x]) => sin(extend(x, { mode, low: [4], high: [2] })));
    checkGradients([pseudoRandomPoint([2, 8], 2)], ([y]) => sin(foldBack(y, 1, mode, 4, 2)));
  });

  test.each(borderModes)('%s: of a picture of any size they are those of its size', (mode) => {
    const around = { mode, low: [2, 1], high: [1, 3] };
    const slopeOf = (x: Tensor): Tensor => grad(sum(square(extend(x, around))), [x])[0];
    for (const shape of [[1, 1], [2, 3], [5, 2]]) {
      const photo = pseudoRandomPoint(shape, 4);
      const named = slopeOf(input('photo', ['H', 'W'], { dtype: 'float64' }));
      expect(evaluate(named, { photo })).toEqual(evaluate(slopeOf(input('photo', shape, { dtype: 'float64' })), { photo }));
    }
  });
});

describe('errors', () => {
  const x = input('x', [2, 3]);

  test('amounts that are negative, broken, or of no axis', () => {
    expect(thrown(() => extend(x, { mode: 'edge', low: [0, -1] }))).toMatchInlineSnapshot(`
      "ShapeError: extend: low is -1 for axis 1
        operand  [2, 3]  x  at extend.test.ts:<line>
                     ^ entries belong to the axes from the outermost on, and are whole numbers of at least 0; slice or pad can crop"
    `);
    expect(thrown(() => extend(x, { mode: 'edge', high: [0.5] }))).toMatchInlineSnapshot(`
      "ShapeError: extend: high is 0.5 for axis 0
        operand  [2, 3]  x  at extend.test.ts:<line>
                  ^ entries belong to the axes from the outermost on, and are whole numbers of at least 0; slice or pad can crop"
    `);
    expect(thrown(() => extend(x, { mode: 'edge', high: [0, 0, 1] }))).toMatchInlineSnapshot(`
      "ShapeError: extend: high is 1 for axis 2
        operand  [2, 3]  x  at extend.test.ts:<line>
                        ^ entries belong to the axes from the outermost on, and are whole numbers of at least 0; slice or pad can crop"
    `);
  });

  test('amounts that may be negative', () => {
    const [H = 0] = input('photo', ['H']).shape;
    expect(thrown(() => extend(x, { mode: 'edge', low: [times(-1, H)] }))).toMatchInlineSnapshot(`
      "ShapeError: extend: low is -H for axis 0
        operand  [2, 3]  x  at extend.test.ts:<line>
                  ^ entries belong to the axes from the outermost on, and are whole numbers of at least 0; slice or pad can crop"
    `);
  });

  test('an unknown mode, with what was meant', () => {
    // @ts-expect-error -- what JavaScript lets through
    expect(thrown(() => extend(x, { mode: 'reflected', low: [1] }))).toMatchInlineSnapshot(`
      "ValueError: extend: there is no mode "reflected"
        did you mean "reflect"?"
    `);
    // @ts-expect-error -- what JavaScript lets through
    expect(thrown(() => extend(x, { mode: 'constant', low: [1] }))).toMatchInlineSnapshot(`
      "ValueError: extend: there is no mode "constant"
        the modes are "edge", "reflect", "symmetric", "wrap""
    `);
  });

  test('folding back more than there is', () => {
    expect(thrown(() => foldBack(x, 1, 'wrap', 2, 1))).toMatchInlineSnapshot(`
      "ShapeError: foldBack: 2 before and 1 behind leave 0 elements of axis 1
        operand  [2, 3]  x  at extend.test.ts:<line>
                     ^ both must be whole numbers of at least 0, and one element must be left"
    `);
    expect(thrown(() => foldBack(x, 1, 'wrap', -1, 1))).toMatchInlineSnapshot(`
      "ShapeError: foldBack: -1 before and 1 behind leave 3 elements of axis 1
        operand  [2, 3]  x  at extend.test.ts:<line>
                     ^ both must be whole numbers of at least 0, and one element must be left"
    `);
  });
});

describe('the text form', () => {
  test('is read back as the same graph, gradients too', () => {
    const photo = input('photo', ['H', 'W']);
    const [H = 0, W = 0] = photo.shape;
    for (const mode of borderModes) {
      const extended = extend(photo, { mode, low: [0, W], high: [H, 2] });
      const text = print({ extended, slope: grad(sum(square(extended)), [photo])[0] });
      expect(print(parse(text))).toBe(text);
    }
  });

  test('says the mode and the amounts', () => {
    const x = input('x', ['H', 3]);
    expect(print({ y: extend(x, { mode: 'reflect', low: [1, 0], high: [2, 0] }) })).toMatchInlineSnapshot(`
      "%0 = input("x") : float32 [H, 3]
      %1 = extend(%0, mode="reflect", low=[1, 0], high=[2, 0]) : float32 [H + 3, 3]
      return { "y": %1 }
      "
    `);
    expect(print({ y: foldBack(x, 1, 'wrap', 1, 0) })).toMatchInlineSnapshot(`
      "%0 = input("x") : float32 [H, 3]
      %1 = foldBack(%0, axis=1, mode="wrap", low=1, high=0) : float32 [H, 2]
      return { "y": %1 }
      "
    `);
  });

  test('a mode that is none is refused where it stands', () => {
    const text = print({ y: extend(input('x', [3]), { mode: 'reflect', low: [1] }) });
    expect(thrown(() => parse(text.replace('reflect', 'mirror')))).toMatchInlineSnapshot(`
      "ParseError: line 2: there is no border mode "mirror"
        %1 = extend(%0, mode="mirror", low=[1], high=[0]) : float32 [4]"
    `);
  });
});
