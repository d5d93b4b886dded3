import type { Tab } from '../page/tab.ts';
import { initialState, readState, writeState, type EdgesState } from './state.ts';

export const edges: Tab<EdgesState> = {
  name: 'edges',
  initial: initialState,
  write: writeState,
  read: readState,
  load: async () => (await import('./view.tsx')).EdgesView,
};
