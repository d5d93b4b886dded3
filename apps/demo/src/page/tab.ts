import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import type { LanguageCode } from '../languages/language.ts';

export const tabNames = ['slide', 'edges', 'learn', 'steal'] as const;

export type TabName = (typeof tabNames)[number];

/** What a tab is shown with. The state is plain data; to change it, put another value into the signal. */
export type TabProps<State> = { readonly state: Signal<State>; readonly language: LanguageCode };

/**
 * A tab of the page. Its state is plain data, and what of it a URL holds is text in named parameters: numbers, names and
 * matrices, never code.
 */
export type Tab<State> = {
  readonly name: TabName;
  readonly initial: State;
  /** The parameters that differ from the initial state. */
  readonly write: (state: State) => Readonly<Record<string, string>>;
  /** Never throws: a parameter that is wrong counts as absent, since anybody may have typed the URL. */
  readonly read: (parameters: URLSearchParams) => State;
  /** The view, in a file of its own: a tab that nobody opens is not loaded. */
  readonly load: () => Promise<(props: TabProps<State>) => VNode>;
};
