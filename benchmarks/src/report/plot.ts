import { labelOf, printDuration, type Row } from '../row.ts';

// Bars on a logarithmic scale, a block a workload, the fastest first. Colours follow the reader's scheme.

const width = 760;
const left = 150;
const right = 90;
const barHeight = 14;
const pitch = 18;
const blockGap = 34;

const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .peer { fill: #9aa7b4; }
  .hand { fill: #c69026; }
  .own { fill: #2f81f7; }
  .grid { stroke: #d0d7de; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .peer { fill: #6e7b88; }
    .grid { stroke: #3d444d; }
  }`;

function kindOf(contender: string): 'own' | 'hand' | 'peer' {
  if (contender.startsWith('xcorr')) return 'own';
  return contender.startsWith('hand') ? 'hand' : 'peer';
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

type Measured = Row & { readonly milliseconds: number };

function isMeasured(row: Row): row is Measured {
  return row.milliseconds !== null && row.milliseconds > 0;
}

/** An SVG of the rows that have figures. */
export function plot(title: string, rows: readonly Row[]): string {
  const measured = rows.filter(isMeasured);
  const blocks = [...new Set(measured.map(({ workload }) => workload))].map((workload) => ({
    workload,
    bars: measured.filter((row) => row.workload === workload).toSorted((a, b) => a.milliseconds - b.milliseconds),
  }));
  const logs = measured.map(({ milliseconds }) => Math.log10(milliseconds));
  // Each decade has a line; the first is well below the fastest, so that no bar has no length.
  const low = Math.floor(Math.min(...logs) - 0.3);
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
  const xOf = (log: number): number => left + ((log - low) / (high - low)) * (width - left - right);
  const lines: string[] = [];
  let y = 34;
  for (const { workload, bars } of blocks) {
    lines.push(`<text class="title" x="${left}" y="${y}">${escaped(workload)}</text>`);
    y += 8;
    for (const row of bars) {
      const { contender, milliseconds } = row;
      const end = xOf(Math.log10(milliseconds));
      lines.push(
        `<text x="${left - 8}" y="${y + 11}" text-anchor="end">${escaped(labelOf(row))}</text>`,
        `<rect class="${kindOf(contender)}" x="${left}" y="${y}" width="${Math.max(1, end - left).toFixed(1)}" height="${barHeight}"/>`,
        `<text x="${(end + 6).toFixed(1)}" y="${y + 11}">${printDuration(milliseconds)}</text>`,
      );
      y += pitch;
    }
    y += blockGap - 8;
  }
  const grid = Array.from({ length: high - low + 1 }, (_, at) => {
    const x = xOf(low + at).toFixed(1);
    return `<line class="grid" x1="${x}" x2="${x}" y1="20" y2="${y - blockGap + 8}"/><text x="${x}" y="14" text-anchor="middle">${printDuration(10 ** (low + at))}</text>`;
  });
  const height = y - blockGap + 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}: shorter is faster, each line ten times the one before">`,
    `<style>${style}\n</style>`,
    ...grid,
    ...lines,
    '</svg>\n',
  ].join('\n');
}
