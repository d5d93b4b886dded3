import { effect } from '@preact/signals';
import { readAddress, writeAddress } from './address.ts';
import type { OpenTab } from './open-tab.tsx';
import type { Store } from './store.ts';
import type { TabName } from './tab.ts';

/** Browsers refuse a page that changes its URL too often. */
const pause = 300;

/** What of a window is needed; a test gives one of its own. */
export type Host = {
  readonly location: { readonly hash: string };
  readonly history: { readonly pushState: (data: null, unused: string, url: string) => void; readonly replaceState: (data: null, unused: string, url: string) => void };
  readonly setTimeout: (action: () => void, milliseconds: number) => number;
  readonly clearTimeout: (timer: number | undefined) => void;
  readonly addEventListener: (event: 'hashchange', listener: () => void) => void;
};

/**
 * Takes what the URL holds: the tab it names, and the state of that tab. A state that has this URL stays as it is, since no URL
 * holds a reader's own pictures.
 */
export function takeAddress(tabs: readonly [OpenTab, ...OpenTab[]], hash: string): TabName {
  const { tab, parameters } = readAddress(hash, tabs.map(({ name }) => name));
  const shown = tabs.find(({ name }) => name === tab) ?? tabs[0];
  if (writeAddress(shown.name, shown.write()) !== hash) shown.read(parameters);
  return shown.name;
}

/**
 * Keeps the URL and the page alike. A change of state replaces the entry in the browser's history, another tab makes a new
 * one, so that Back leads to the tab before.
 */
export function followAddress(tabs: readonly [OpenTab, ...OpenTab[]], { tab: shown }: Pick<Store, 'tab'>, host: Host): void {
  const { location, history } = host;
  let timer: number | undefined;
  let written: TabName = shown.value;
  // The address that the page knows of. Another one was followed just now: its event is on its way, and will be taken.
  let known = location.hash;
  const write = (tab: OpenTab): void => {
    host.clearTimeout(timer);
    timer = undefined;
    const hash = writeAddress(tab.name, tab.write());
    const isDefault = tab === tabs[0] && hash === `#${tab.name}` && location.hash === '';
    if (hash === location.hash || isDefault || location.hash !== known) return;
    if (tab.name === written) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    known = location.hash;
  };
  effect(() => {
    const tab = tabs.find(({ name }) => name === shown.value) ?? tabs[0];
    tab.write();
    if (tab.name !== written) {
      const left = tabs.find(({ name }) => name === written);
      if (timer !== undefined && left !== undefined) write(left);
      write(tab);
      written = tab.name;
    } else timer ??= host.setTimeout(() => write(tab), pause);
  });
  host.addEventListener('hashchange', () => {
    host.clearTimeout(timer);
    timer = undefined;
    known = location.hash;
    const tab = takeAddress(tabs, known);
    written = tab;
    shown.value = tab;
  });
}
