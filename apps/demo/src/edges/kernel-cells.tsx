import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { readNumber } from '../page/matrix-text.ts';
import { editTaps, resizeTaps, setTap } from './change.ts';
import { NumberField } from './choice.tsx';
import { numberText } from './number-text.ts';
import { largestTap, mostTaps, type EdgesState } from './state.ts';
import { flipped, transposed } from './taps.ts';
import type { EdgesWords } from './words.ts';

/** The kernel's taps, each to be edited; a large kernel scrolls within its own region. */
export function KernelCells({ state, words }: { readonly state: Signal<EdgesState>; readonly words: EdgesWords['kernel'] }): VNode {
  const { taps } = state.value;
  const [rows, columns] = [taps.length, taps[0]?.length ?? 0];
  const label = words.cells(rows, columns);
  return (
    <div class="edges-kernel">
      <div class="edges-scroll" role="region" aria-label={label} tabIndex={0}>
        <table class="edges-cells">
          <tbody>
            {taps.map((line, i) => (
              <tr key={i}>
                {line.map((tap, j) => (
                  <td key={j}>
                    <input
                      type="text"
                      inputMode="text"
                      autocomplete="off"
                      aria-label={words.tap(i + 1, j + 1)}
                      title={String(tap)}
                      value={numberText(tap)}
                      onChange={(event) => {
                        const field = event.currentTarget;
                        const value = readNumber(field.value.replace('−', '-').replace(',', '.'));
                        if (value === undefined || Math.abs(value) > largestTap) field.value = numberText(tap);
                        else state.value = setTap(state.value, i, j, value);
                      }}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="edges-pair">
        <NumberField label={words.rows} value={rows} least={1} most={mostTaps} change={(count) => (state.value = resizeTaps(state.value, count, columns))} />
        <NumberField label={words.columns} value={columns} least={1} most={mostTaps} change={(count) => (state.value = resizeTaps(state.value, rows, count))} />
      </div>
      <div class="edges-row">
        <button type="button" onClick={() => (state.value = editTaps(state.value, flipped(taps)))}>
          {words.flip}
        </button>
        <button type="button" onClick={() => (state.value = editTaps(state.value, transposed(taps)))}>
          {words.transpose}
        </button>
      </div>
    </div>
  );
}
