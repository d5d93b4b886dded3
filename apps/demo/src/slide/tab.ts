import type { Tab } from '../page/tab.ts';
import { read, write } from './address.ts';
import { initial, type SlideState } from './state.ts';

/** The chapter's figure: a window slides over an input, and each place of it makes one element of the output. */
export const slide: Tab<SlideState> = { name: 'slide', initial, write, read, load: async () => (await import('./view.tsx')).SlideView };
