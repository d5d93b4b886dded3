import { ValueError } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { domException, FakeCanvas, FakeVideoFrame } from '../../testing/browser.ts';
import { fromCanvas } from './canvas.ts';
import { fromVideoFrame } from './video-frame.ts';

const rgba = [1, 2, 3, 255, 200, 100, 50, 255];
const picture = { width: 2, height: 1, channels: 4, data: Uint8Array.from(rgba) };

describe('a browser whose copyTo converts', () => {
  test.each(['I420', 'BGRA'] as const)('%s becomes RGBA without a canvas, and the frame stays open', async (format) => {
    const frame = new FakeVideoFrame(rgba, 2, 1, { format, converts: true });
    expect(await fromVideoFrame(frame)).toEqual(picture);
    expect(frame.closed).toBe(false);
  });

  test('alpha is not premultiplied', async () => {
    const frame = new FakeVideoFrame([200, 100, 50, 10], 1, 1, { format: 'BGRA', converts: true });
    expect([...(await fromVideoFrame(frame)).data]).toEqual([200, 100, 50, 10]);
  });

  test('a frame that it does not convert is drawn', async () => {
    const frame = new FakeVideoFrame(rgba, 2, 1, { format: null, converts: true });
    expect(await fromVideoFrame(frame, new FakeCanvas(9, 9))).toEqual(picture);
  });

  test('what else goes wrong passes', async () => {
    const frame = new FakeVideoFrame(rgba, 2, 1, { format: 'I420', converts: true, broken: true });
    await expect(fromVideoFrame(frame, new FakeCanvas(2, 1))).rejects.toThrow('the frame is lost');
  });
});

describe('a browser whose copyTo gives the format of the frame', () => {
  test.each(['I420', 'BGRA', null] as const)('%s is drawn, not taken for RGBA', async (format) => {
    const frame = new FakeVideoFrame(rgba, 2, 1, { format, converts: false });
    expect(await fromVideoFrame(frame, new FakeCanvas(9, 9))).toEqual(picture);
    await expect(fromVideoFrame(frame)).rejects.toThrow(new ValueError('fromVideoFrame: there is no canvas here to draw on; give one as the second argument'));
  });
});

describe('a frame that is turned where it is shown', () => {
  const orientations = ([0, 90, 180, 270] as const).flatMap((rotation) => [false, true].map((flip) => ({ rotation, flip })));
  const [y, r, b, g] = [[255, 255, 0, 255], [255, 0, 0, 255], [0, 0, 255, 255], [0, 255, 0, 255]] as const;
  // y y r
  // b b g
  const stored = [y, y, r, b, b, g].flat();

  test.each(orientations)('%j: copied or drawn, it comes as it is stored', async (orientation) => {
    const copied = await fromVideoFrame(new FakeVideoFrame(stored, 3, 2, { format: 'BGRA', converts: true, ...orientation }));
    const drawn = await fromVideoFrame(new FakeVideoFrame(stored, 3, 2, { format: 'BGRA', converts: false, ...orientation }), new FakeCanvas(1, 1));
    expect(copied).toEqual({ width: 3, height: 2, channels: 4, data: Uint8Array.from(stored) });
    expect(drawn).toEqual(copied);
  });

  test('what the canvas shows is turned clockwise, then mirrored', async () => {
    const canvas = new FakeCanvas(1, 1);
    await fromVideoFrame(new FakeVideoFrame(stored, 3, 2, { format: null, converts: true, rotation: 90, flip: true }), canvas);
    // As in the tests of browsers: the first row becomes the first column.
    expect(fromCanvas(canvas)).toEqual({ width: 2, height: 3, channels: 4, data: Uint8Array.from([y, b, y, b, r, g].flat()) });
  });

  test('a frame that is closed while it is tried', async () => {
    const frame = new FakeVideoFrame(stored, 3, 2, { format: 'I420', converts: true, rotation: 90 });
    frame.copyTo = async () => {
      frame.close();
      return Promise.reject(domException('NotSupportedError'));
    };
    expect(await fromVideoFrame(frame, new FakeCanvas(1, 1))).toEqual({ width: 3, height: 2, channels: 4, data: Uint8Array.from(stored) });
  });
});

test('a closed frame is refused', async () => {
  const frame = new FakeVideoFrame(rgba, 2, 1, { format: 'I420', converts: true });
  frame.close();
  await expect(fromVideoFrame(frame)).rejects.toThrow(new ValueError('fromVideoFrame: the frame is closed'));
});
