import type { Tab } from '../page/tab.ts';
import { initial, read, write, type StealState } from './state.ts';

/** Finds the filter that turns one photograph into another, and says what no filter explains. */
export const steal: Tab<StealState> = { name: 'steal', initial, write, read, load: async () => (await import('./view.tsx')).StealView };
