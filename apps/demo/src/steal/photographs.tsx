import { useSignal, type Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { Bitmap } from './bitmap.tsx';
import { ChooseFiles } from './choose-files.tsx';
import { shown, takeFiles } from './session.ts';
import { exampleNames, initial, withExample, type Slot, type StealState } from './state.ts';
import type { StealWords } from './words.ts';

type Props = { readonly state: Signal<StealState>; readonly words: StealWords };

/** Where BEFORE and AFTER come from. */
export function Photographs({ state, words }: Props): VNode {
  usePastedFiles(state);
  const { before, after } = state.value;
  const names = namesOf(state.value, words);
  return (
    <section aria-labelledby="steal-photographs">
      <h2 id="steal-photographs">{words.photographs}</h2>
      <p class="steal-quiet">{words.howToGive}</p>
      <div class="steal-pair">
        <SlotView slot="before" title={words.before} name={names.before} state={state} words={words}>
          {before.kind === 'own' && (
            <button type="button" onClick={() => (state.value = { ...state.peek(), before: initial.before })}>
              {words.usePageExample}
            </button>
          )}
        </SlotView>
        <SlotView slot="after" title={words.after} name={names.after} state={state} words={words}>
          <label class="steal-field">
            {words.made}
            <select value={after.kind === 'example' ? after.name : 'own'} onChange={(event) => chooseExample(state, event.currentTarget.value)}>
              {exampleNames.map((name) => (
                <option key={name} value={name}>
                  {words.madeOf(words.examples[name])}
                </option>
              ))}
              {after.kind === 'own' && <option value="own">{words.own}</option>}
            </select>
          </label>
        </SlotView>
      </div>
    </section>
  );
}

/** What the two photographs of a state are called. */
export function namesOf({ before, after }: Pick<StealState, 'before' | 'after'>, words: StealWords): Readonly<Record<Slot, string>> {
  return { before: before.kind === 'own' ? before.name : words.pageExample, after: after.kind === 'own' ? after.name : words.examples[after.name] };
}

function chooseExample(state: Signal<StealState>, text: string): void {
  const name = exampleNames.find((each) => each === text);
  if (name !== undefined) state.value = withExample(state.peek(), name);
}

type SlotProps = Props & { readonly slot: Slot; readonly title: string; readonly name: string; readonly children?: VNode | false };

function SlotView({ slot, title, name, state, words, children }: SlotProps): VNode {
  const isOver = useSignal(false);
  const bitmap = shown.value?.[slot];
  return (
    <div
      class={isOver.value ? 'steal-slot steal-over' : 'steal-slot'}
      data-slot={slot}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        const files = Array.from(event.dataTransfer?.files ?? []);
        void takeFiles(files, state, files.length > 1 ? 'before' : slot);
      }}
    >
      <h3>{title}</h3>
      <Bitmap bitmap={bitmap} label={`${title}: ${name}`} />
      <p class="steal-quiet">
        {name}
        {bitmap === undefined ? '' : `${words.between}${bitmap.width} × ${bitmap.height}`}
      </p>
      <div class="steal-controls">
        <ChooseFiles label={words.choose(title)} multiple={slot === 'before'} onFiles={(files) => void takeFiles(files, state, slot)} />
        {children}
      </div>
    </div>
  );
}

/** Files that are pasted anywhere on the page: into the slot that has the focus, or the next one. */
function usePastedFiles(state: Signal<StealState>): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const files = Array.from(event.clipboardData?.files ?? []);
      if (files.length === 0) return;
      event.preventDefault();
      const at = document.activeElement?.closest('[data-slot]')?.getAttribute('data-slot');
      const slot = at === 'before' || at === 'after' ? at : undefined;
      void (slot === undefined || files.length > 1 ? takeFiles(files, state) : takeFiles(files, state, slot));
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [state]);
}
