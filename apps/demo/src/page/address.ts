import type { TabName } from './tab.ts';

/** What the hash of a URL holds: a tab, and the parameters of its state. */
export type Address = { readonly tab: TabName | undefined; readonly parameters: URLSearchParams };

/** Longer hashes are none of ours: the largest state that a tab writes has a few thousand characters. */
const most = 100_000;

/** `#name?parameter=value&...`; no tab where the name is none of `names`. Anybody may have typed it: nothing throws. */
export function readAddress(hash: string, names: readonly TabName[]): Address {
  if (hash.length > most) return { tab: undefined, parameters: new URLSearchParams() };
  const [name = '', ...rest] = hash.replace(/^#/, '').split('?');
  const tab = names.find((each) => each === name);
  return { tab, parameters: new URLSearchParams(tab === undefined ? '' : rest.join('?')) };
}

/** The hash that `readAddress` reads. Commas and semicolons, which matrices are made of, stay as they are. */
export function writeAddress(tab: TabName, parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${escape(name)}=${escape(value)}`);
  return `#${tab}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

function escape(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3B', ';');
}
