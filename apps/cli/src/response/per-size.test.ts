import type { Picture } from '@xcorr/image';
import { expect, test } from 'vitest';
import { perSize } from './per-size.ts';

function picture(width: number): Picture {
  return { width, height: 1, channels: 1, data: new Uint8Array(width) };
}

test('four sizes keep their code; what is used longest ago is given back, when another was made', async () => {
  const calls: string[] = [];
  const render = perSize(([, width = 0]) =>
    Promise.resolve({
      run: () => Promise.resolve({ picture: picture(width) }),
      programs: ['a', 'b'].map((name) => ({ dispose: () => Promise.resolve(void calls.push(`${width}${name}`)) })),
    }),
  );
  for (const width of [1, 2, 3, 4, 1]) await render(picture(width));
  expect(calls).toEqual([]);
  expect((await render(picture(5))).picture.width).toBe(5);
  expect(calls).toEqual(['2a', '2b']);
  expect((await render(picture(1))).compiled).toBe(0);
  await render(picture(2));
  expect(calls).toEqual(['2a', '2b', '3a', '3b']);
});

test('a size that cannot be compiled leaves the others', async () => {
  const render = perSize(([, width = 0]) => (width === 2 ? Promise.reject(new RangeError('no')) : Promise.resolve({ run: () => Promise.resolve({ picture: picture(width) }), programs: [] })));
  await render(picture(1));
  await expect(render(picture(2))).rejects.toThrow('no');
  expect((await render(picture(1))).compiled).toBe(0);
});
