import { signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import type { LanguageCode } from '../languages/language.ts';
import { LazyView } from './lazy-view.tsx';
import type { Tab, TabName } from './tab.ts';

/** A tab with its state inside: what the page needs of tabs of whatever state. */
export type OpenTab = {
  readonly name: TabName;
  /** The parameters of its state as it is now; a signal's value is read. */
  readonly write: () => Readonly<Record<string, string>>;
  /** Takes its state from parameters. */
  readonly read: (parameters: URLSearchParams) => void;
  readonly view: (language: LanguageCode) => ComponentChild;
};

export function openTab<State>(tab: Tab<State>): OpenTab {
  const state = signal(tab.initial);
  return {
    name: tab.name,
    write: () => tab.write(state.value),
    read: (parameters) => {
      state.value = tab.read(parameters);
    },
    view: (language) => <LazyView key={tab.name} load={tab.load} state={state} language={language} />,
  };
}
