import type { VNode } from 'preact';
import type { Matrix } from '../page/matrix-text.ts';
import { shortTap } from './learned.ts';
import type { StealWords } from './words.ts';

/** Four digits behind the point, and no sign before zeros. */
const fourDigits = (tap: number): string => Number(tap.toFixed(4)).toFixed(4);

/** A kernel as a heat map with its taps: the larger a tap, the stronger its colour. */
export function KernelTable({ kernel, bias, words }: { readonly kernel: Matrix; readonly bias: number | undefined; readonly words: StealWords }): VNode {
  const largest = Math.max(...kernel.flat().map(Math.abs), Number.MIN_VALUE);
  return (
    <div class="steal-kernel">
      <h3 id="steal-kernel">{words.kernelOf(kernel.length, kernel[0]?.length ?? 0)}</h3>
      <div class="steal-scroll" role="region" aria-labelledby="steal-kernel" tabIndex={0}>
        <table>
          <tbody>
            {kernel.map((row, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows have no names but their places
              <tr key={at}>
                {row.map((tap, column) => (
                  // oxlint-disable-next-line react/no-array-index-key -- nor have columns
                  <td key={column} class={tap < 0 ? 'steal-negative' : 'steal-positive'} style={{ '--steal-strength': `${Math.round((40 * Math.abs(tap)) / largest)}%` }} title={String(shortTap(tap))}>
                    {fourDigits(tap)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {bias !== undefined && <p>{words.biasOf(String(shortTap(bias)))}</p>}
    </div>
  );
}
