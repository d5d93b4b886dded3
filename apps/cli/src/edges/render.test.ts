import { NdArray, ndarray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { filterNamed } from './filter.ts';
import { render, strongEdge } from './render.ts';

describe('what is white', () => {
  test('the response that one element in a hundred exceeds', () => {
    const ramp = new NdArray([10, 100], Float32Array.from({ length: 1000 }, (_, index) => (index - 500) / 500));
    expect(strongEdge(ramp)).toBeCloseTo(0.99, 2);
  });

  test('of few strong elements among weak ones, the weak ones are not made strong', () => {
    const line = new Float32Array(10_000).fill(0.001);
    line[0] = 1;
    expect(strongEdge(new NdArray([100, 100], line))).toBe(0.25);
  });

  test('a flat response stays black', () => {
    const flat = ndarray([[0, 0]]);
    expect([...render(flat, filterNamed('sobel'), {}).data]).toEqual([0, 0]);
    expect([...render(flat, filterNamed('book'), { show: 'signed' }).data]).toEqual([128, 128]);
  });
});

describe('how a response is shown', () => {
  const response = ndarray([[-1, 0, 0.5, 1]]);

  test('absolute: 0 is black; signed: 0 is mid-grey', () => {
    const book = filterNamed('book');
    expect([...render(response, book, { scale: 'kernel' }).data]).toEqual([255, 0, 128, 255]);
    expect([...render(response, book, { show: 'absolute', scale: 'picture' }).data]).toEqual([255, 0, 128, 255]);
    expect([...render(response, book, { show: 'signed', scale: 'kernel' }).data]).toEqual([0, 128, 191, 255]);
  });

  test('scaled by the kernel, no response is too strong to be told from another', () => {
    expect([...render(ndarray([[8, -4]]), filterNamed('laplacian-8'), { scale: 'kernel' }).data]).toEqual([255, 128]);
  });

  test('the response of a smoothing kernel is shown as it is', () => {
    expect([...render(ndarray([[-0.5, 0.2, 1.5]]), filterNamed('sharpen'), {}).data]).toEqual([0, 51, 255]);
  });

  test('options that make no sense are refused', () => {
    expect(() => render(response, filterNamed('box-3'), { show: 'absolute' })).toThrow(
      '--show is for edges, and the response of box-3 is a picture: it is shown as it is\n  leave --show out',
    );
    expect(() => render(response, filterNamed('roberts'), { show: 'signed' })).toThrow(
      '--show signed: roberts is a length, which has no sign\n  take one of its kernels alone, such as roberts-main',
    );
  });
});
