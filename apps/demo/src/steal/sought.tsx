import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { mostTaps, squareSizes, withSize, type StealState } from './state.ts';
import type { StealWords } from './words.ts';

const sides = Array.from({ length: mostTaps }, (_, at) => at + 1);

/** The kernel's size, and whether a bias is sought. */
export function Sought({ state, words }: { readonly state: Signal<StealState>; readonly words: StealWords }): VNode {
  const { rows, columns, bias, everywhere } = state.value;
  return (
    <section aria-labelledby="steal-sought">
      <h2 id="steal-sought">{words.sought}</h2>
      <fieldset class="steal-size">
        <legend>{words.size}</legend>
        {squareSizes.map((side) => (
          <button key={side} type="button" aria-pressed={rows === side && columns === side} onClick={() => (state.value = withSize(state.peek(), side, side))}>
            {words.sizeOf(side, side)}
          </button>
        ))}
        <Side label={words.rows} value={rows} onChange={(side) => (state.value = withSize(state.peek(), side, state.peek().columns))} />
        <Side label={words.columns} value={columns} onChange={(side) => (state.value = withSize(state.peek(), state.peek().rows, side))} />
      </fieldset>
      <div class="steal-checks">
        <label>
          <input type="checkbox" checked={bias} onChange={(event) => (state.value = { ...state.peek(), bias: event.currentTarget.checked })} />
          {words.bias}
        </label>
        <label>
          <input type="checkbox" checked={everywhere} onChange={(event) => (state.value = { ...state.peek(), everywhere: event.currentTarget.checked })} />
          {words.everywhere}
        </label>
      </div>
    </section>
  );
}

function Side({ label, value, onChange }: { readonly label: string; readonly value: number; readonly onChange: (side: number) => void }): VNode {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        {sides.map((side) => (
          <option key={side} value={side}>
            {side}
          </option>
        ))}
      </select>
    </label>
  );
}
