import { add, evaluate, grad, input, ShapeError, sum, ValueError } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { positions, type Kernel } from './kernel.ts';
import { sixChannelCode, sixChannels, type CodingChannel } from './six-channels.ts';

const size = 72;

/** A wave over a square picture. */
const grating = (wavelength: number, orientation: number): Kernel =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => Math.cos((2 * Math.PI * (j * Math.cos(orientation) + i * Math.sin(orientation))) / wavelength)));

const strength = (data: Iterable<number>): number => {
  const values = Array.from(data);
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
};

const directResponse = ({ kernel }: CodingChannel, image: Kernel, top: number, left: number): number =>
  kernel.reduce((sum, row, u) => row.reduce((part, tap, v) => part + tap * (image[top + u]?.[left + v] ?? Number.NaN), sum), 0);

describe('six channels', () => {
  test('are three scales an octave apart, upright and lying', () => {
    expect(sixChannels().map(({ wavelength, orientation, phase }) => [wavelength, orientation, phase])).toEqual(
      [4, 8, 16].flatMap((wavelength) => [0, Math.PI / 2].map((orientation) => [wavelength, orientation, 'even'])),
    );
  });

  test.each([{}, { wavelength: 3 }, { wavelength: 5, spacing: 1 / 4 }, { bandwidth: 1.4 }])('%o: samples stand at a distance in proportion to the size of the sensor', (options) => {
    const channels = sixChannels(options);
    const shares = channels.map(({ stride, sigma }) => stride / sigma);
    for (const share of shares) expect(share).toBeCloseTo(shares[0] ?? Number.NaN, 12);
    // A kernel reaches to three sigmas, rounded up to whole elements.
    for (const { kernel, sigma } of channels) expect((kernel.length - 1) / 2).toBe(Math.ceil(3 * sigma));
    expect(channels.every(({ stride }) => Number.isInteger(stride) && stride >= 1)).toBe(true);
  });

  test('each map is the correlation with its sensor, taken where the samples stand', () => {
    const image = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => Math.sin(i * i * 0.01 + j * 0.7)));
    const maps = sixChannelCode(image).map((map) => evaluate(map));
    expect(maps.length).toBe(6);
    sixChannels().forEach((channel, index) => {
      const [rows, columns] = maps[index]?.shape ?? [];
      const side = channel.kernel.length;
      expect([rows, columns]).toEqual([Math.floor((size - side) / channel.stride) + 1, Math.floor((size - side) / channel.stride) + 1]);
      for (const place of positions(rows ?? 0).keys())
        expect(maps[index]?.data[place * (columns ?? 0) + place]).toBeCloseTo(directResponse(channel, image, place * channel.stride, place * channel.stride), 4);
    });
  });

  test.each([0, 1, 2, 3, 4, 5])('channel %i answers most to its own grating', (own) => {
    const channel = sixChannels()[own];
    const image = grating(channel?.wavelength ?? 0, channel?.orientation ?? 0);
    // With both phases, so that it does not matter where the wave stands.
    const codes = (['even', 'odd'] as const).map((phase) => sixChannelCode(image, { phase }).map((map) => strength(evaluate(map).data)));
    const strengths = [0, 1, 2, 3, 4, 5].map((index) => Math.hypot(...codes.map((code) => code[index] ?? 0)));
    expect(strengths.indexOf(Math.max(...strengths))).toBe(own);
    expect(strengths[own]).toBeCloseTo(1, 1);
    expect(strengths.filter((value) => value > 0.25).length).toBe(1);
  });

  test('what is flat is coded as 0', () => {
    const flat = Array.from({ length: 60 }, () => Array.from({ length: 60 }, () => 0.7));
    for (const phase of ['even', 'odd'] as const)
      for (const map of sixChannelCode(flat, { phase })) expect(Math.max(...evaluate(map).data.map(Math.abs))).toBeLessThan(1e-6);
  });

  test('a code of a picture of any size can be differentiated, and padded', () => {
    const photo = input('photo', ['H', 'W']);
    const maps = sixChannelCode(photo, { padding: 'same' });
    const [slope] = grad(maps.map((map) => sum(map)).reduce((total, each) => add(total, each)), [photo]);
    expect(slope.shape).toEqual(photo.shape);
    const image = grating(8, 0);
    expect(evaluate(maps[0] ?? photo, { photo: image }).shape).toEqual([36, 36]);
    expect(evaluate(maps[5] ?? photo, { photo: image }).shape).toEqual([9, 9]);
  });

  test('refusals', () => {
    expect(() => sixChannels({ spacing: 0 })).toThrow(new ValueError('sixChannels: spacing 0 is not a finite number above 0'));
    expect(() => sixChannels({ wavelength: 2 })).toThrow(ValueError);
    expect(() => sixChannelCode(grating(4, 0).slice(0, 20))).toThrow(ShapeError);
  });
});
