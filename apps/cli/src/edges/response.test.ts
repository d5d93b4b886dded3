import { constant, evaluate } from '@xcorr/graph';
import { grey, toValues, type Picture } from '@xcorr/image';
import { expect, test } from 'vitest';
import { filterNamed, filters } from './filter.ts';
import { respond } from './response.ts';

/** A picture in which neighbours differ, so that a shifted tap would show. */
const data = Uint8Array.from({ length: 9 * 7 * 3 }, (_, index) => (index * 73 + (index % 5) * 31) % 256);
const coloured: Picture = { width: 9, height: 7, channels: 3, data };
const single: Picture = { width: 9, height: 7, channels: 1, data: data.slice(0, 63) };

test.each(filters)('$name is what the reference interpreter says', (filter) => {
  for (const picture of [coloured, single]) {
    const values = constant(toValues(picture));
    const expected = evaluate(filter.respond(picture.channels === 1 ? values : grey(values)));
    const { values: response } = respond(picture, filter);
    expect(response.shape).toEqual([7 - filter.size[0] + 1, 9 - filter.size[1] + 1]);
    response.data.forEach((value, index) => expect(Math.abs(value - (expected.data[index] ?? Number.NaN))).toBeLessThan(1e-5));
  }
});

test('no response is larger than the largest', () => {
  for (const filter of filters) {
    const checkered: Picture = { width: 8, height: 8, channels: 1, data: Uint8Array.from({ length: 64 }, (_, index) => ((index * 37) % 64 > 31 ? 255 : 0)) };
    const strongest = Math.max(...respond(checkered, filter).values.data.map(Math.abs));
    expect(strongest).toBeLessThanOrEqual(filter.largest + 1e-6);
  }
});

test('a picture smaller than the kernel is refused, one as large gives one element', () => {
  const line: Picture = { width: 9, height: 2, channels: 1, data: new Uint8Array(18) };
  expect(() => respond(line, filterNamed('sobel'))).toThrow('the picture is 9 x 2, sobel needs at least 3 x 3\n  give a larger picture, or take a smaller kernel');
  expect(respond({ width: 3, height: 3, channels: 1, data: new Uint8Array(9) }, filterNamed('sobel')).values.shape).toEqual([1, 1]);
});
