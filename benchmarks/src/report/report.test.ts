import { describe, expect, test } from 'vitest';
import { measuredRow, rowWithout, type Row } from '../row.ts';
import { figuresSection, table } from './markdown.ts';
import { plot } from './plot.ts';
import { withSection } from './section.ts';

const named = (workload: string, contender: string) => ({ workload, contender, threads: 1 });
const rows: readonly Row[] = [
  measuredRow(named('filter-3x3-1080p', 'xcorr/js'), { milliseconds: 10, low: 9, high: 12 }, 1e-8),
  measuredRow(named('filter-3x3-1080p', 'naive'), { milliseconds: 51.26, low: 50, high: 60 }, 1e-8),
  rowWithout(named('filter-3x3-1080p', 'sharp'), 'not installed'),
  measuredRow(named('learn-book', 'naive'), { milliseconds: 0.005, low: 0.004, high: 0.006 }, 1e-8),
];

describe('the section of a page', () => {
  test('is replaced, and nothing else', () => {
    expect(withSection('a\n<!-- x -->\nold\n<!-- /x -->\nb\n', 'x', 'new\n')).toBe('a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb\n');
  });

  test('must be there', () => {
    expect(() => withSection('a <!-- x --> b', 'x', 'new')).toThrow('<!-- /x -->');
    expect(() => withSection('<!-- /x --> <!-- x -->', 'x', 'new')).toThrow('no section');
  });
});

test('a table has the contenders that have figures, the fastest in bold', () => {
  expect(table(rows)).toBe(['| ms | xcorr/js | naive |', '|---|---|---|', '| filter-3x3-1080p | **10.0** | 51.3 |', '| learn-book | - | **0.00500** |'].join('\n'));
});

test('the page says machine, spread, and what was missed', () => {
  const machine = { processor: 'A processor', cores: 2, gigabytes: 8, system: 'linux', node: 'v20' };
  const page = figuresSection({ command: "npm run bench -- --only '^learn|3x3'", machine, versions: { naive: 'v20' }, rounds: 9, rows, memory: [], bytes: [] });
  for (const text of ['A processor, 2 cores', "`npm run bench -- --only '^learn|3x3'`: 9 rounds", '30 % of its median in the middle row, and 40 %', 'naive v20', '- sharp: not installed', 'benchmarks/filters.svg']) expect(page).toContain(text);
});

describe('a plot', () => {
  const drawn = plot('Filters & more', rows);

  test('has a bar for each figure, in the order of time, longer where it took longer', () => {
    const bars = [...drawn.matchAll(/<rect class="(\w+)" .* width="([\d.]+)"/g)].map(([, kind, length]) => [kind, Number(length)] as const);
    expect(bars.map(([kind]) => kind)).toEqual(['own', 'peer', 'peer']);
    expect(bars[0][1]).toBeLessThan(bars[1][1]);
    expect(bars[2][1]).toBeLessThan(bars[0][1]);
  });

  test('is well-formed, and follows the reader\'s scheme', () => {
    expect(drawn).toContain('Filters &amp; more');
    expect(drawn).toContain('prefers-color-scheme: dark');
    expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
  });
});
