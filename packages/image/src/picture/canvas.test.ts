import { ValueError } from '@xcorr/graph';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeCanvas, FakeImageBitmap, FakeImageData } from '../../testing/browser.ts';
import type { Picture } from '../picture.ts';
import { fromCanvas, fromImageBitmap, toCanvas } from './canvas.ts';

beforeEach(() => {
  vi.stubGlobal('ImageData', FakeImageData);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const opaque: Picture = { width: 2, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 255, 200, 100, 50, 255) };

describe('there and back', () => {
  test('opaque colours exactly', () => {
    expect(fromCanvas(toCanvas(opaque, new FakeCanvas(2, 1)))).toEqual(opaque);
  });

  test('translucent colours within rounding, of clear ones only zeros', () => {
    const { data } = fromCanvas(toCanvas({ width: 2, height: 1, channels: 4, data: Uint8Array.of(200, 100, 50, 10, 9, 8, 7, 0) }, new FakeCanvas(2, 1)));
    // 10 of 255 parts leave 11 steps of each colour.
    expect([...data]).toEqual([204, 102, 51, 10, 0, 0, 0, 0]);
  });
});

describe('fromCanvas', () => {
  test('a canvas in display-p3 is asked for sRGB', () => {
    const canvas = new FakeCanvas(2, 1, { colorSpace: 'display-p3' });
    expect(fromCanvas(toCanvas(opaque, canvas))).toEqual(opaque);
    expect(canvas.asked).toEqual([{ colorSpace: 'srgb' }]);
  });

  test('an empty canvas, a context of another kind, a picture of another origin', () => {
    expect(() => fromCanvas(new FakeCanvas(0, 3))).toThrow(new ValueError('fromCanvas: the canvas is empty (0 x 3)'));
    expect(() => fromCanvas(new FakeCanvas(1, 1, { context: 'webgl' }))).toThrow(
      new ValueError("fromCanvas: the canvas has a context that is not '2d'\n  draw it on a second canvas: context.drawImage(canvas, 0, 0)"),
    );
    expect(() => fromCanvas(new FakeCanvas(1, 1, { tainted: true }))).toThrow(
      new ValueError("fromCanvas: what is drawn comes from another origin, and browsers do not let it be read\n  load it with crossOrigin = 'anonymous' from a server that allows it"),
    );
  });
});

describe('toCanvas', () => {
  test('the canvas takes the size, and is cleared only for that', () => {
    const canvas = new FakeCanvas(1, 1);
    expect(toCanvas(opaque, canvas)).toBe(canvas);
    expect([canvas.width, canvas.height, canvas.cleared]).toEqual([2, 1, ['width']]);
    toCanvas(opaque, canvas);
    expect(canvas.cleared).toEqual(['width']);
  });

  test('what was there is replaced, not covered', () => {
    const canvas = toCanvas(opaque, new FakeCanvas(2, 1));
    toCanvas({ width: 2, height: 1, channels: 4, data: new Uint8Array(8) }, canvas);
    expect([...fromCanvas(canvas).data]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('a context of another kind', () => {
    expect(() => toCanvas(opaque, new FakeCanvas(2, 1, { context: 'webgl' }))).toThrow(/^toCanvas: the canvas has a context that is not '2d'/);
  });
});

describe('fromImageBitmap', () => {
  const bitmap = (): FakeImageBitmap => new FakeImageBitmap([...opaque.data], 2, 1);

  test('on a canvas that is given: it takes the size, and what was there does not shine through', () => {
    const canvas = toCanvas(opaque, new FakeCanvas(2, 1));
    expect(fromImageBitmap(new FakeImageBitmap([100, 100, 100, 51, 0, 0, 0, 0], 2, 1), canvas).data).toEqual(Uint8Array.of(100, 100, 100, 51, 0, 0, 0, 0));
    const given = bitmap();
    expect(fromImageBitmap(given, new FakeCanvas(7, 7))).toEqual(opaque);
    expect(given.closed).toBe(false);
  });

  test('on an OffscreenCanvas, else on a canvas of the page, else nowhere', () => {
    vi.stubGlobal('document', { createElement: () => new FakeCanvas(300, 150) });
    expect(fromImageBitmap(bitmap())).toEqual(opaque);
    vi.stubGlobal('OffscreenCanvas', FakeCanvas);
    vi.stubGlobal('document', undefined);
    expect(fromImageBitmap(bitmap())).toEqual(opaque);
    vi.stubGlobal('OffscreenCanvas', undefined);
    expect(() => fromImageBitmap(bitmap())).toThrow(new ValueError('fromImageBitmap: there is no canvas here to draw on; give one as the second argument'));
  });

  test('a closed bitmap, and one of another origin', () => {
    const closed = bitmap();
    closed.close();
    expect(() => fromImageBitmap(closed)).toThrow(new ValueError('fromImageBitmap: the bitmap is closed'));
    expect(() => fromImageBitmap(bitmap(), new FakeCanvas(2, 1, { tainted: true }))).toThrow(/^fromImageBitmap: what is drawn comes from another origin/);
  });
});
