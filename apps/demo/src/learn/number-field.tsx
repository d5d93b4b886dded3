import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { readNumber } from '../page/matrix-text.ts';

export type NumberFieldProps = {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly isWhole?: boolean;
  readonly disabled?: boolean;
  /** What is said while the field holds no number that it takes. */
  readonly complaint: string;
  readonly onChange: (value: number) => void;
};

/** A labelled field for a number. What is no number that it takes is said, and leaves the last one in force. */
export function NumberField({ label, value, low, high, isWhole = false, disabled = false, complaint, onChange }: NumberFieldProps): VNode {
  const draft = useSignal<string | undefined>(undefined);
  const id = useId();
  const allowed = (text: string): number | undefined => {
    const number = readNumber(text);
    return number !== undefined && number >= low && number <= high && (!isWhole || Number.isInteger(number)) ? number : undefined;
  };
  const isWrong = draft.value !== undefined && allowed(draft.value) === undefined;
  return (
    <div class="learn-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={isWhole ? 'numeric' : 'decimal'}
        autocomplete="off"
        spellcheck={false}
        disabled={disabled}
        aria-invalid={isWrong}
        aria-describedby={`${id}-complaint`}
        value={draft.value ?? String(value)}
        onInput={({ currentTarget }) => {
          draft.value = currentTarget.value;
          const number = allowed(currentTarget.value);
          if (number !== undefined) onChange(number);
        }}
        onBlur={() => {
          draft.value = undefined;
        }}
      />
      <span id={`${id}-complaint`} class="learn-complaint" aria-live="polite">
        {isWrong ? complaint : ''}
      </span>
    </div>
  );
}
