import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constant, evaluate, NdArray } from '@xcorr/graph';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Picture } from '../picture.ts';
import { cannyGradients, type CannyAperture, type Gradients } from './canny-gradients.ts';
import { cannyFromGradients } from './canny.ts';
import type { GradientNorm } from './gradient-norm.ts';

// What OpenCV found, as packages/image/recorded/record-canny.py recorded it: every element, borders included.

const folder = join(import.meta.dirname, '../../recorded/canny');

interface Recording {
  readonly aperture: CannyAperture;
  readonly norm: GradientNorm;
  readonly low: number;
  readonly high: number;
}

/** The words `3 L1 50 150` as both recordings write them. */
function recording([aperture, norm, low, high]: readonly string[]): Recording {
  return { aperture: aperture === '5' ? 5 : 3, norm: norm === 'L2' ? 'L2' : 'L1', low: Number(low), high: Number(high) };
}

async function greyPicture(file: string): Promise<Picture> {
  const { data, info } = await sharp(join(folder, file)).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(1);
  return { width: info.width, height: info.height, channels: 1, data: new Uint8Array(data) };
}

function gradientsOf({ width, height, data }: Picture, aperture: CannyAperture): Gradients<NdArray> {
  const { dx, dy } = cannyGradients(constant(new NdArray([height, width], data)), { aperture });
  return { dx: evaluate(dx), dy: evaluate(dy) };
}

/** One line a row, # for an edge. */
function drawn({ width, data }: Picture): readonly string[] {
  const characters = Array.from(data, (value) => (value === 255 ? '#' : value === 0 ? '.' : '?')).join('');
  return Array.from({ length: data.length / width }, (_, row) => characters.slice(row * width, (row + 1) * width));
}

describe('on the photograph', async () => {
  const photograph = await greyPicture('alpine-landscape.png');
  const gradients = { 3: gradientsOf(photograph, 3), 5: gradientsOf(photograph, 5) };
  const files = readdirSync(folder).filter((file) => file.startsWith('edges-'));

  test('there are recordings of both apertures and both norms', () => {
    for (const parameters of ['3-L1', '3-L2', '5-L1', '5-L2']) expect(files.filter((file) => file.startsWith(`edges-${parameters}-`)).length).toBeGreaterThan(1);
  });

  test.each(files)('%s', async (file) => {
    const { aperture, ...options } = recording(file.replace('.png', '').split('-').slice(1));
    const { dx, dy } = gradients[aperture];
    expect(drawn(cannyFromGradients(dx, dy, options))).toEqual(drawn(await greyPicture(file)));
  });
});

test('on small pictures, where neighbours tie and every element is near a border', () => {
  const lines = readFileSync(join(folder, 'small-pictures.txt'), 'utf8').trimEnd().split('\n');
  let gradients: Readonly<Record<CannyAperture, Gradients<NdArray>>> | undefined;
  for (const line of lines) {
    const [what, ...words] = line.split(' ');
    const rows = (words.at(-1) ?? '').split('|');
    if (what === 'picture') {
      const data = Uint8Array.from(Buffer.from(rows.join(''), 'hex'));
      const picture: Picture = { width: data.length / rows.length, height: rows.length, channels: 1, data };
      gradients = { 3: gradientsOf(picture, 3), 5: gradientsOf(picture, 5) };
    } else if (gradients !== undefined) {
      const { aperture, ...options } = recording(words);
      const { dx, dy } = gradients[aperture];
      expect(drawn(cannyFromGradients(dx, dy, options)), line).toEqual(rows);
    }
  }
  expect(lines.filter((line) => line.startsWith('edges ') && line.includes('#')).length).toBeGreaterThan(300);
});
