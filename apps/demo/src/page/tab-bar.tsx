import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { neighbour } from './neighbour.ts';
import type { Store } from './store.ts';
import type { TabName } from './tab.ts';
import type { PageWords } from './words.ts';

/** One stop of the Tab key; the arrows, Home and End go from tab to tab and show it. */
export function TabBar({ names, store, words }: { readonly names: readonly TabName[]; readonly store: Store; readonly words: PageWords }): VNode {
  const bar = useRef<HTMLDivElement>(null);
  const shown = store.tab.value;
  const move = (event: KeyboardEvent): void => {
    const next = neighbour(names, shown, event.key);
    if (next === undefined) return;
    event.preventDefault();
    store.tab.value = next;
    bar.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div class="page-tabs" role="tablist" aria-label={words.tabBar} ref={bar} onKeyDown={move}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-controls={`panel-${name}`}
          aria-selected={name === shown}
          tabIndex={name === shown ? 0 : -1}
          onClick={() => {
            store.tab.value = name;
          }}
        >
          {words.tabs[name]}
        </button>
      ))}
    </div>
  );
}
