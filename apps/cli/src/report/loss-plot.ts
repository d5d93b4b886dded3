import { decadesAround, linearTicks, logarithmicTicks } from './axis.ts';
import { html, type Markup } from './markup.ts';

/** The plot in units of its own; a page scales it. */
const width = 560;
const height = 340;
const area = { left: 92, top: 14, right: width - 36, bottom: height - 54 } as const;

/** How many places along the axis of steps are told apart. */
const columns = 500;

/** Of many losses those that can be told apart in the plot: the least and the largest of each column, in their order. */
function thinned(losses: readonly number[]): readonly (readonly [step: number, loss: number])[] {
  const points = losses.flatMap((loss, step) => (loss > 0 ? [[step, loss] as const] : []));
  if (points.length <= 2 * columns) return points;
  const size = Math.ceil(points.length / columns);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, column) => points.slice(column * size, (column + 1) * size)).flatMap((within) => {
    const sorted = [...within].sort((a, b) => a[1] - b[1]);
    const ends = [sorted[0], sorted.at(-1)].filter((point) => point !== undefined);
    return [...new Set(ends)].sort((a, b) => a[0] - b[0]);
  });
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

/** The losses of all steps as a line over a logarithmic axis. A loss of 0 has no place on such an axis: the line ends before it. */
export function lossPlot(losses: readonly number[]): Markup {
  const points = thinned(losses);
  const last = Math.max(1, losses.length - 1);
  const decades = points.length === 0 ? { lowest: -1, highest: 0 } : decadesAround(points.map(([, loss]) => loss));
  const x = (step: number): number => round(area.left + (step / last) * (area.right - area.left));
  const y = (loss: number): number => round(area.bottom - ((Math.log10(loss) - decades.lowest) / (decades.highest - decades.lowest)) * (area.bottom - area.top));
  const middle = { x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2 };
  const [first] = losses;
  const steps = losses.length - 1;
  const about = `The loss over ${steps} step${steps === 1 ? '' : 's'}: ${print(first)} at first, ${print(losses.at(-1))} at last.`;
  return html`<svg class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="${about}" xmlns="http://www.w3.org/2000/svg">
<title>${about}</title>
${logarithmicTicks(decades).map(({ value, text }) => html`<line class="grid" x1="${area.left}" y1="${y(value)}" x2="${area.right}" y2="${y(value)}"/><text class="tick" x="${area.left - 8}" y="${y(value) + 4}" text-anchor="end">${text}</text>
`)}${linearTicks(last).map(({ value, text }) => html`<line class="grid" x1="${x(value)}" y1="${area.top}" x2="${x(value)}" y2="${area.bottom}"/><text class="tick" x="${x(value)}" y="${area.bottom + 20}" text-anchor="middle">${text}</text>
`)}<text class="axis" x="${middle.x}" y="${height - 10}" text-anchor="middle">steps taken</text>
<text class="axis" x="16" y="${middle.y}" text-anchor="middle" transform="rotate(-90 16 ${middle.y})">mean squared error (target units²)</text>
<path class="line" d="${points.map(([step, loss], index) => `${index === 0 ? 'M' : 'L'}${x(step)} ${y(loss)}`).join('')}"/>
</svg>`;
}

function print(loss: number | undefined): string {
  return loss === undefined ? 'unknown' : String(Number(loss.toPrecision(3)));
}

/** How plots look, in a page and alone. */
export const plotStyle = `.plot text { font: 13px system-ui, sans-serif; fill: currentColor; }
.plot .axis { font-size: 14px; }
.plot .grid { stroke: currentColor; stroke-opacity: 0.16; }
.plot .line { fill: none; stroke: var(--accent, #1d63c4); stroke-width: 2; stroke-linejoin: round; }`;

/** A plot as a file of its own. */
export function standalone({ markup }: Markup): string {
  const style = `<style>${plotStyle}
.plot { color: #1c2024; background: #fff; }
@media (prefers-color-scheme: dark) { .plot { color: #e6e8eb; background: #15181c; --accent: #6ea8fe; } }</style>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup.replace('<title>', () => `${style}\n<title>`)}\n`;
}
