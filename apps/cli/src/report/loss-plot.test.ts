import { describe, expect, test } from 'vitest';
import { lossPlot, standalone } from './loss-plot.ts';

/** The points of the line, in the plot's units. */
function points(markup: string): readonly (readonly [number, number])[] {
  const [, path = ''] = /<path class="line" d="([^"]*)"/.exec(markup) ?? [];
  return path.split(/[ML]/).slice(1).map((point) => {
    const [x = Number.NaN, y = Number.NaN] = point.split(' ').map(Number);
    return [x, y] as const;
  });
}

describe('the line', () => {
  test('goes from left to right, and down where the loss falls by equal factors by equal lengths', () => {
    const line = points(lossPlot([1, 0.1, 0.01, 0.001]).markup);
    expect(line.length).toBe(4);
    const steps = line.slice(1).map(([x, y], index) => [x - (line[index]?.[0] ?? 0), y - (line[index]?.[1] ?? 0)]);
    for (const [right = 0, down = 0] of steps) {
      expect(right).toBeCloseTo(432 / 3, 0);
      expect(down).toBeCloseTo(272 / 3, 0);
    }
  });

  test('of many losses keeps the least and the largest', () => {
    const losses = Array.from({ length: 50_000 }, (_, step) => (step === 12_345 ? 1e-9 : step === 40_000 ? 1e5 : 1));
    const line = points(lossPlot(losses).markup);
    expect(line.length).toBeLessThanOrEqual(1000);
    const heights = line.map(([, y]) => y);
    const [lowest, highest] = [Math.max(...heights), Math.min(...heights)];
    expect(line.find(([, y]) => y === lowest)?.[0]).toBeCloseTo(92 + (12_345 / 49_999) * 432, 0);
    expect(line.find(([, y]) => y === highest)?.[0]).toBeCloseTo(92 + (40_000 / 49_999) * 432, 0);
  });

  test('leaves out a loss of 0, which has no logarithm', () => {
    for (const losses of [[1, 0.5, 0], [0, 0], [2]]) {
      const { markup } = lossPlot(losses);
      expect(points(markup).length).toBe(losses.filter((loss) => loss > 0).length);
      expect(markup).not.toMatch(/NaN|Infinity/);
    }
  });
});

test('says in words what it shows, and what its axes are', () => {
  const { markup } = lossPlot([0.5, 0.25]);
  expect(markup).toContain('aria-label="The loss over 1 step: 0.5 at first, 0.25 at last."');
  expect(markup).toContain('>steps taken</text>');
  expect(markup).toContain('>mean squared error (target units²)</text>');
});

test('a file of its own has its style inside', () => {
  const text = standalone(lossPlot([1, 0.1]));
  expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg">\n<style>[^]*<\/style>\n<title>/);
});
