import type { VNode } from 'preact';
import type { PlaceNote } from '../compute/choose-place.ts';
import { millisecondsText, numberText } from './number-text.ts';
import type { ShownNumbers, ShownPicture } from './session.ts';
import type { EdgesState } from './state.ts';
import type { EdgesWords } from './words.ts';

/** What of a result can be said in words: how to read it, how long it took, and where it ran. A live picture is not read out. */
export function FactsView({ shown, words, isLive }: { readonly shown: ShownPicture | ShownNumbers; readonly words: EdgesWords; readonly isLive: boolean }): VNode {
  const { facts, state } = shown;
  const { result } = words;
  const time = [result.ran(millisecondsText(facts.run), facts.ranOn), facts.compile === undefined ? result.kept : result.compiled(millisecondsText(facts.compile))].join(result.between);
  const range = facts.range === undefined ? undefined : result.range(numberText(rounded(facts.range.least)), numberText(rounded(facts.range.most)), numberText(rounded(facts.range.strong)));
  return (
    <div class="edges-facts">
      <p class="edges-legend">
        {state.find === 'direction' && shown.kind === 'picture' && <span class="edges-wheel" aria-hidden="true" />}
        {legendOf(state, words, shown.kind)}
      </p>
      <p aria-live={isLive ? 'off' : 'polite'}>
        <output>{time}</output>
        {range !== undefined && <span>{`${result.apart}${range}`}</span>}
        {facts.edges !== undefined && <span>{`${result.apart}${result.edges(facts.edges)}`}</span>}
      </p>
      {shown.kind === 'picture' && (
        <p class="edges-quiet">
          {`${words.picture.size(shown.width, shown.height)}${result.stop}${words.picture.grey}`}
        </p>
      )}
      {facts.notes.map((note) => (
        <p key={note.kind} class="edges-note">
          {noteText(note, words)}
        </p>
      ))}
    </div>
  );
}

function rounded(value: number): number {
  return Math.abs(value) < 10 ? value : Math.round(value * 10) / 10;
}

function legendOf(state: EdgesState, words: EdgesWords, kind: 'picture' | 'numbers'): string {
  if (state.find === 'canny') return kind === 'numbers' ? `${words.canny.legend} ${words.canny.ofNumbers}` : words.canny.legend;
  if (state.find === 'direction') return kind === 'picture' ? words.direction.legend : '';
  return kind === 'picture' ? words.view.legends[state.view] : '';
}

function noteText(note: PlaceNote, { notes }: EdgesWords): string {
  switch (note.kind) {
    case 'loops-forbidden':
      return notes['loops-forbidden'](note);
    case 'gpu-in-software':
      return notes['gpu-in-software'](note);
    case 'no-gpu':
      return notes['no-gpu'](note);
    case 'gpu-failed':
      return notes['gpu-failed'](note);
  }
}
