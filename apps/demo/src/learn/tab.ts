import type { Tab } from '../page/tab.ts';
import { readState, writeState } from './parameters.ts';
import { initial, type LearnState } from './state.ts';

export const learn: Tab<LearnState> = {
  name: 'learn',
  initial,
  write: writeState,
  read: readState,
  load: async () => (await import('./view.tsx')).LearnView,
};
