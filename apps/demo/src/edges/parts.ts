import type { Signal } from '@preact/signals';
import type { Session } from './session.ts';
import type { EdgesState } from './state.ts';
import type { EdgesWords } from './words.ts';

/** What each part of the tab is shown with. */
export type PartProps = { readonly state: Signal<EdgesState>; readonly session: Session; readonly words: EdgesWords };
