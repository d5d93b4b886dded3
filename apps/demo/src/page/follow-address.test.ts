import { signal, type Signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { followAddress, type Host, takeAddress } from './follow-address.ts';
import type { OpenTab } from './open-tab.tsx';
import type { TabName } from './tab.ts';

/** A tab whose state is one text; what stands in brackets comes into no URL. */
function tabOf(name: TabName): OpenTab & { readonly state: Signal<string> } {
  const state = signal('');
  return {
    name,
    state,
    write: () => {
      const text = state.value.replace(/\[.*\]/, '');
      return text === '' ? {} : { text };
    },
    read: (parameters) => {
      state.value = parameters.get('text') ?? '';
    },
    view: () => null,
  };
}

/** A page with two tabs, and a window whose history and time are in the test's hands. */
function pageAt(hash: string) {
  const [slide, edges] = [tabOf('slide'), tabOf('edges')];
  const tabs = [slide, edges] as const;
  const entries = [hash];
  const timers = new Map<number, () => void>();
  const listeners: (() => void)[] = [];
  const host: Host = {
    location: {
      get hash() {
        return entries.at(-1) ?? '';
      },
    },
    history: {
      pushState: (_data, _unused, url) => void entries.push(url),
      replaceState: (_data, _unused, url) => void entries.splice(-1, 1, url),
    },
    setTimeout: (action) => {
      timers.set(timers.size + 1, action);
      return timers.size;
    },
    clearTimeout: (timer) => void timers.delete(timer ?? 0),
    addEventListener: (_event, listener) => void listeners.push(listener),
  };
  const shown = signal(takeAddress(tabs, hash));
  followAddress(tabs, { tab: shown }, host);
  return {
    slide,
    edges,
    shown,
    entries,
    waits: () => timers.size,
    pass: () => {
      for (const [timer, action] of timers) {
        timers.delete(timer);
        action();
      }
    },
    /** The reader follows a link; the event comes by `hear`. */
    follow: (url: string) => void entries.push(url),
    back: () => void entries.pop(),
    hear: () => {
      for (const listener of listeners) listener();
    },
  };
}

test('the address of a tab that is shown first, as it starts, is left alone', () => {
  const page = pageAt('');
  page.pass();
  expect(page.entries).toEqual(['']);
});

test('changes of a state come to the address together, in the place of the entry that was there', () => {
  const page = pageAt('#slide?text=a');
  expect(page.slide.state.value).toBe('a');
  page.slide.state.value = 'b';
  page.slide.state.value = 'c';
  expect(page.waits()).toBe(1);
  page.pass();
  expect(page.entries).toEqual(['#slide?text=c']);
});

test('another tab is another entry, and the one that is left has its last state', () => {
  const page = pageAt('');
  page.slide.state.value = 'a';
  page.shown.value = 'edges';
  expect(page.entries).toEqual(['#slide?text=a', '#edges']);
});

test('Back shows the tab before as it was', () => {
  const page = pageAt('#slide?text=a');
  page.pass();
  page.shown.value = 'edges';
  page.slide.state.value = 'b';
  page.back();
  page.hear();
  page.pass();
  expect([page.shown.value, page.slide.state.value, page.entries]).toEqual(['slide', 'a', ['#slide?text=a']]);
});

test('Back keeps what no URL holds', () => {
  const page = pageAt('#slide?text=a');
  page.pass();
  page.slide.state.value = 'b[own picture]';
  page.shown.value = 'edges';
  page.back();
  page.hear();
  expect([page.shown.value, page.slide.state.value, page.entries]).toEqual(['slide', 'b[own picture]', ['#slide?text=b']]);
});

test('an address that was followed a moment ago is not written over before its event has come', () => {
  const page = pageAt('#slide');
  page.slide.state.value = 'a';
  page.follow('#edges?text=z');
  page.pass();
  expect(page.entries).toEqual(['#slide', '#edges?text=z']);
  page.hear();
  page.pass();
  expect([page.shown.value, page.edges.state.value, page.entries.at(-1)]).toEqual(['edges', 'z', '#edges?text=z']);
});
