import { expect, test } from 'vitest';
import { encodeFrame, frameReader, type Frame } from './frames.ts';

const frames: readonly Frame[] = [
  { header: { question: 'feed', text: 'ä\n"' }, arrays: { image: Float32Array.of(1.5, -2), target: new Float32Array(0) } },
  { header: { question: 'open' }, arrays: {} },
  // The bytes of this float hold what ends a line.
  { header: {}, arrays: { result: new Float32Array(new Uint8Array([10, 10, 10, 10, 0, 0, 10, 0]).buffer) } },
];

function bytesOf(all: readonly Frame[]): Uint8Array {
  return Uint8Array.from(all.flatMap((frame) => encodeFrame(frame).flatMap((piece) => [...piece])));
}

test.each([1, 3, 7, 64, 10_000])('frames come over in pieces of %d bytes', (size) => {
  const bytes = bytesOf(frames);
  const read: Frame[] = [];
  const reader = frameReader((frame) => read.push(frame));
  for (let at = 0; at < bytes.length; at += size) reader(bytes.subarray(at, at + size));
  expect(read.map(({ arrays }) => arrays)).toEqual(frames.map(({ arrays }) => arrays));
  expect(read).toMatchObject(frames.map(({ header }) => ({ header })));
});

test('what is no frame is refused', () => {
  expect(() => frameReader(() => {})(new TextEncoder().encode('12\n'))).toThrow('no frame');
});
