import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { exampleNames, exampleOf, examples } from './examples.ts';
import { mostOf, type Operand, settingNames, settings, type SlideState, withSetting, withSize } from './state.ts';
import type { SlideWords } from './words.ts';

/** The settings: an example, the layer's numbers, flip, and the sizes of both matrices. */
export function Choices({ state, words }: { readonly state: Signal<SlideState>; readonly words: SlideWords }): VNode {
  const now = state.value;
  const example = exampleOf(now);
  return (
    <fieldset class="slide-choices">
      <legend>{words.settings}</legend>
      <label class="slide-example">
        {words.example}
        <select
          value={example ?? ''}
          onChange={({ currentTarget }) => {
            const name = exampleNames.find((each) => each === currentTarget.value);
            if (name !== undefined) state.value = examples[name];
          }}
        >
          {example === undefined && <option value="">{words.ownExample}</option>}
          {exampleNames.map((name) => (
            <option key={name} value={name}>
              {words.examples[name]}
            </option>
          ))}
        </select>
      </label>
      {settingNames.map((name) => (
        <NumberChoice
          key={name}
          label={words.setting[name]}
          value={now[name]}
          {...settings[name]}
          onChange={(value) => {
            state.value = withSetting(now, name, value);
          }}
        />
      ))}
      <SizeChoice label={words.inputSize} operand="input" state={state} words={words} />
      <SizeChoice label={words.kernelSize} operand="kernel" state={state} words={words} />
      <div class="slide-flip">
        <label>
          <input
            type="checkbox"
            checked={now.flip}
            aria-describedby="slide-flip-hint"
            onChange={({ currentTarget }) => {
              state.value = { ...now, flip: currentTarget.checked };
            }}
          />
          {words.flip}
        </label>
        <p id="slide-flip-hint">{words.flipHint}</p>
      </div>
    </fieldset>
  );
}

function SizeChoice({ label, operand, state, words }: { readonly label: string; readonly operand: Operand; readonly state: Signal<SlideState>; readonly words: SlideWords }): VNode {
  const matrix = state.value[operand];
  const [rows, columns] = [matrix.length, matrix[0]?.length ?? 0];
  const change = (newRows: number, newColumns: number): void => {
    state.value = withSize(state.value, operand, newRows, newColumns);
  };
  return (
    <fieldset class="slide-size">
      <legend>{label}</legend>
      <NumberChoice label={words.rows} value={rows} least={1} most={mostOf[operand]} onChange={(value) => change(value, columns)} />
      <NumberChoice label={words.columns} value={columns} least={1} most={mostOf[operand]} onChange={(value) => change(rows, value)} />
    </fieldset>
  );
}

type NumberChoiceProps = { readonly label: string; readonly value: number; readonly least: number; readonly most: number; readonly onChange: (value: number) => void };

function NumberChoice({ label, value, least, most, onChange }: NumberChoiceProps): VNode {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}>
        {Array.from({ length: most - least + 1 }, (_, at) => (
          <option key={at} value={least + at}>
            {least + at}
          </option>
        ))}
      </select>
    </label>
  );
}
