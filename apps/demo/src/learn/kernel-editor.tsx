import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { readNumber, type Matrix } from '../page/matrix-text.ts';
import { Choice } from './choice.tsx';
import { largestTap } from './state.ts';
import type { LearnWords } from './words.ts';

export type KernelEditorProps = { readonly matrix: Matrix; readonly most: number; readonly words: LearnWords; readonly onChange: (matrix: Matrix) => void };

/** Another number of rows and columns: taps stay where they are, new ones are 0. */
export function resized(matrix: Matrix, rows: number, columns: number): Matrix {
  return Array.from({ length: rows }, (_, u) => Array.from({ length: columns }, (_, v) => matrix[u]?.[v] ?? 0));
}

/** Cells to draw a kernel in. */
export function KernelEditor({ matrix, most, words, onChange }: KernelEditorProps): VNode {
  const sizes = Array.from({ length: most }, (_, index) => String(index + 1));
  const rows = matrix.length;
  const columns = matrix[0]?.length ?? 1;
  const options = sizes.map((size) => (
    <option key={size} value={size}>
      {size}
    </option>
  ));
  return (
    <fieldset class="learn-editor">
      <legend>{words.drawnKernel}</legend>
      <div class="learn-two">
        <Choice label={words.rows} value={String(rows)} names={sizes} onChange={(size) => onChange(resized(matrix, Number(size), columns))}>
          {options}
        </Choice>
        <Choice label={words.columns} value={String(columns)} names={sizes} onChange={(size) => onChange(resized(matrix, rows, Number(size)))}>
          {options}
        </Choice>
      </div>
      <div class="learn-scroll">
        <div class="learn-cells" style={{ '--learn-columns': String(columns) }}>
          {matrix.flatMap((row, u) =>
            row.map((tap, v) => <Cell key={`${u} ${v}`} name={words.cell(u + 1, v + 1)} value={tap} onChange={(value) => onChange(matrix.map((each, at) => (at === u ? each.with(v, value) : each)))} />),
          )}
        </div>
      </div>
    </fieldset>
  );
}

function Cell({ name, value, onChange }: { readonly name: string; readonly value: number; readonly onChange: (value: number) => void }): VNode {
  const draft = useSignal<string | undefined>(undefined);
  const allowed = (text: string): number | undefined => {
    const number = readNumber(text);
    return number !== undefined && Math.abs(number) <= largestTap ? number : undefined;
  };
  return (
    <input
      type="text"
      autocomplete="off"
      spellcheck={false}
      aria-label={name}
      aria-invalid={draft.value !== undefined && allowed(draft.value) === undefined}
      value={draft.value ?? String(value)}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onInput={({ currentTarget }) => {
        draft.value = currentTarget.value;
        const number = allowed(currentTarget.value);
        if (number !== undefined) onChange(number);
      }}
      onBlur={() => {
        draft.value = undefined;
      }}
    />
  );
}
