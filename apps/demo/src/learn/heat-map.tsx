import type { VNode } from 'preact';
import type { Matrix } from '../page/matrix-text.ts';
import { tapText } from './number-text.ts';

/** The largest of the taps' sizes, or 1 where all are 0 or none is finite. */
export function scaleOf(...matrices: readonly Matrix[]): number {
  const largest = Math.max(0, ...matrices.flat(2).map(Math.abs).filter(Number.isFinite));
  return largest > 0 ? largest : 1;
}

/** A kernel with its numbers in cells: coloured by sign, the stronger the larger. */
export function HeatMap({ title, matrix, scale }: { readonly title: string; readonly matrix: Matrix; readonly scale: number }): VNode {
  return (
    <figure class="learn-kernel">
      <figcaption>{title}</figcaption>
      <div class="learn-scroll" role="region" aria-label={title} tabIndex={0}>
        <table aria-label={title}>
          <tbody>
            {matrix.map((row, u) => (
              <tr key={u}>
                {row.map((tap, v) => (
                  <td key={v} class={tap < 0 ? 'learn-negative' : 'learn-positive'} style={{ '--learn-share': `${shareOf(tap, scale)}%` }}>
                    {tapText(tap)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** Of the full colour, in percent: with more of it numbers could not be read. */
function shareOf(tap: number, scale: number): number {
  return Number.isFinite(tap) ? Math.round(Math.min(1, Math.abs(tap) / scale) * 45) : 0;
}
