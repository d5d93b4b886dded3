import type { VNode } from 'preact';

type ChoiceProps<Name extends string> = { readonly label: string; readonly names: readonly Name[]; readonly words: Readonly<Record<Name, string>>; readonly value: Name; readonly choose: (name: Name) => void };

/** One of some names. */
export function Choice<Name extends string>({ label, names, words, value, choose }: ChoiceProps<Name>): VNode {
  return (
    <label class="edges-field">
      {label}
      <select
        value={value}
        onChange={(event) => {
          const found = names.find((name) => name === event.currentTarget.value);
          if (found !== undefined) choose(found);
        }}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {words[name]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** One of a few names, all of them seen. */
export function Radios<Name extends string>({ label, names, words, value, choose }: ChoiceProps<Name>): VNode {
  return (
    <fieldset class="edges-radios">
      <legend>{label}</legend>
      {names.map((name) => (
        <label key={name}>
          <input type="radio" name={label} value={name} checked={name === value} onChange={() => choose(name)} />
          {words[name]}
        </label>
      ))}
    </fieldset>
  );
}

type NumberFieldProps = { readonly label: string; readonly value: number; readonly least: number; readonly most: number; readonly step?: number; readonly change: (value: number) => void };

/** A number within bounds; what is none changes nothing until it is one. */
export function NumberField({ label, value, least, most, step = 1, change }: NumberFieldProps): VNode {
  return (
    <label class="edges-field">
      {label}
      <input
        type="number"
        value={value}
        min={least}
        max={most}
        step={step}
        onChange={(event) => {
          const number = event.currentTarget.valueAsNumber;
          if (Number.isFinite(number)) change(Math.min(most, Math.max(least, number)));
          else event.currentTarget.value = String(value);
        }}
      />
    </label>
  );
}
