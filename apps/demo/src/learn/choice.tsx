import type { ComponentChildren, VNode } from 'preact';

export type ChoiceProps<Name extends string> = {
  readonly label: string;
  readonly value: Name;
  readonly names: readonly Name[];
  readonly onChange: (name: Name) => void;
  /** The options, one for each name, in groups or not. */
  readonly children: ComponentChildren;
};

/** A labelled list to choose one name from. */
export function Choice<Name extends string>({ label, value, names, onChange, children }: ChoiceProps<Name>): VNode {
  return (
    <label class="learn-field">
      <span>{label}</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const name = names.find((each) => each === currentTarget.value);
          if (name !== undefined) onChange(name);
        }}
      >
        {children}
      </select>
    </label>
  );
}
