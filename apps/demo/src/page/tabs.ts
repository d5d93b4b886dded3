import { edges } from '../edges/tab.ts';
import { learn } from '../learn/tab.ts';
import { slide } from '../slide/tab.ts';
import { steal } from '../steal/tab.ts';
import { openTab, type OpenTab } from './open-tab.tsx';

/** The tabs in their order; the first is shown where the URL names none. */
export const tabs: readonly [OpenTab, ...OpenTab[]] = [openTab(slide), openTab(edges), openTab(learn), openTab(steal)];
