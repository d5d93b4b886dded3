import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { readNumber } from '../page/matrix-text.ts';
import { cellText, numberText } from './number-text.ts';
import { largest } from './state.ts';

export type CellFieldProps = {
  readonly name: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Whether what stands in the field is no number that it takes. */
  readonly onProblem: (isProblem: boolean) => void;
};

/** A field for one number. While it is edited it holds what is typed; what is no number leaves the last one in force. */
export function CellField({ name, value, onChange, onProblem }: CellFieldProps): VNode {
  const draft = useSignal<string | undefined>(undefined);
  const isProblem = draft.value !== undefined && allowed(draft.value) === undefined;
  return (
    <input
      type="text"
      class="slide-number"
      autocomplete="off"
      spellcheck={false}
      aria-label={name}
      aria-invalid={isProblem}
      value={draft.value ?? cellText(value)}
      onFocus={({ currentTarget }) => {
        currentTarget.value = numberText(value);
        currentTarget.select();
      }}
      onInput={({ currentTarget }) => {
        draft.value = currentTarget.value;
        const number = allowed(currentTarget.value);
        if (number !== undefined) onChange(number);
        onProblem(number === undefined);
      }}
      onBlur={({ currentTarget }) => {
        draft.value = undefined;
        currentTarget.value = cellText(value);
        onProblem(false);
      }}
    />
  );
}

function allowed(text: string): number | undefined {
  const number = readNumber(text);
  return number !== undefined && Math.abs(number) <= largest ? number : undefined;
}
