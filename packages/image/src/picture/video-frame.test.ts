import { ValueError } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { FakeCanvas, FakeVideoFrame } from '../../testing/browser.ts';
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

test('a closed frame is refused', async () => {
  const frame = new FakeVideoFrame(rgba, 2, 1, { format: 'I420', converts: true });
  frame.close();
  await expect(fromVideoFrame(frame)).rejects.toThrow(new ValueError('fromVideoFrame: the frame is closed'));
});
