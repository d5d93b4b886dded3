import type { VNode } from 'preact';
import { arrowSign } from './arrows.ts';
import { numberText } from './number-text.ts';
import type { ShownNumbers } from './session.ts';
import type { EdgesWords } from './words.ts';

type Rows = readonly (readonly number[])[];

/** A small image as cells with numbers, and what was found in it beside it. */
export function NumbersView({ shown, words }: { readonly shown: ShownNumbers; readonly words: EdgesWords }): VNode {
  const { input, values, state } = shown;
  const { Y, magnitude, direction, edges } = values;
  const show = (value: number): number => (state.view === 'absolute' ? Math.abs(value) : value);
  return (
    <div class="edges-numbers">
      <Cells rows={input} caption={words.numbers.input} paint="grey" />
      {Y !== undefined && <Cells rows={Y.map((row) => row.map(show))} caption={words.numbers.output} paint="signed" />}
      {edges !== undefined && <Cells rows={edges} caption={words.numbers.edges} paint="signed" />}
      {magnitude !== undefined && <Cells rows={magnitude} caption={words.numbers.magnitude} paint="signed" />}
      {magnitude !== undefined && direction !== undefined && <Directions magnitude={magnitude} direction={direction} words={words.numbers} />}
    </div>
  );
}

type CellsProps = { readonly rows: Rows; readonly caption: (rows: number, columns: number) => string; readonly paint: 'grey' | 'signed' };

function Cells({ rows, caption, paint }: CellsProps): VNode {
  const title = caption(rows.length, rows[0]?.length ?? 0);
  const strongest = Math.max(1e-9, ...rows.flat().map(Math.abs));
  return (
    <div class="edges-scroll" role="region" aria-label={title} tabIndex={0}>
      <table class="edges-matrix">
        <caption>{title}</caption>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((value, j) => (
                <td key={j} {...paintOf(value, strongest, paint)}>
                  {numberText(isNothing(value) ? 0 : value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What rounding leaves of 0. */
function isNothing(value: number): boolean {
  return Math.abs(value) < 1e-6;
}

/** The input's cells are as dark as they are; those of a result have the colour of their sign, the stronger the fuller. */
function paintOf(value: number, strongest: number, paint: 'grey' | 'signed'): { readonly class: string; readonly style?: { readonly backgroundColor: string } } {
  if (paint === 'grey') return { class: value > 0.5 ? 'edges-white' : 'edges-black' };
  if (isNothing(value)) return { class: 'edges-none' };
  const percent = Math.round(15 + (25 * Math.abs(value)) / strongest);
  return { class: 'edges-some', style: { backgroundColor: `color-mix(in srgb, var(--${value > 0 ? 'positive' : 'negative'}) ${percent}%, var(--surface))` } };
}

function Directions({ magnitude, direction, words }: { readonly magnitude: Rows; readonly direction: Rows; readonly words: EdgesWords['numbers'] }): VNode {
  const title = words.direction(direction.length, direction[0]?.length ?? 0);
  return (
    <div class="edges-scroll" role="region" aria-label={title} tabIndex={0}>
      <table class="edges-matrix">
        <caption>{title}</caption>
        <tbody>
          {direction.map((row, i) => (
            <tr key={i}>
              {row.map((angle, j) => {
                const isFlat = isNothing(magnitude[i]?.[j] ?? 0);
                const said = isFlat ? words.flat : words.degrees(numberText(Math.round((angle * 1800) / Math.PI) / 10));
                return (
                  <td key={j} class={isFlat ? 'edges-none' : 'edges-some'} title={said}>
                    <span aria-hidden="true">{isFlat ? '·' : arrowSign(angle)}</span>
                    <span class="edges-hidden">{said}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
