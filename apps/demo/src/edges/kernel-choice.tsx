import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { chooseKernel } from './change.ts';
import { kernelFamilies } from './kernel-families.ts';
import type { EdgesState } from './state.ts';
import type { EdgesWords } from './words.ts';

/** The named kernels, by what they are for, and the reader's own. */
export function KernelChoice({ state, words }: { readonly state: Signal<EdgesState>; readonly words: EdgesWords['kernel'] }): VNode {
  const { kernelName } = state.value;
  return (
    <label class="edges-field">
      {words.choice}
      <select value={kernelName} onChange={(event) => (state.value = chooseKernel(state.value, event.currentTarget.value))}>
        {kernelName === 'edited' && <option value="edited">{words.edited}</option>}
        {kernelFamilies.map(({ family, names }) => (
          <optgroup key={family} label={words.families[family]}>
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
