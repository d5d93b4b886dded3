import { effect, signal, type Signal } from '@preact/signals';
import { chooseLanguage, languageCodes, type LanguageCode } from '../languages/language.ts';
import { recall, remember } from './remembered.ts';
import type { TabName } from './tab.ts';
import { applyTheme, isTheme, type Theme } from './theme.ts';
import { pageWords } from './words.ts';

/** What the page itself knows, each a plain value; each tab has a signal of its own beside it. */
export type Store = { readonly tab: Signal<TabName>; readonly language: Signal<LanguageCode>; readonly theme: Signal<Theme> };

/** The store of this page: the reader's last choices, else the browser's. The document follows it. */
export function createStore(tab: TabName): Store {
  const language = signal(chosenLanguage());
  const remembered = recall('theme') ?? '';
  const theme = signal<Theme>(isTheme(remembered) ? remembered : 'system');
  const shown = signal(tab);
  effect(() => {
    const { tag, title } = pageWords[language.value];
    document.documentElement.lang = tag;
    document.title = title;
  });
  effect(() => applyTheme(theme.value, document.documentElement));
  return { tab: shown, language, theme };
}

export function chooseTheme({ theme }: Store, text: string): void {
  if (!isTheme(text)) return;
  theme.value = text;
  remember('theme', text);
}

export function changeLanguage({ language }: Store, text: string): void {
  const code = languageCodes.find((each) => each === text);
  if (code === undefined) return;
  language.value = code;
  remember('language', code);
}

function chosenLanguage(): LanguageCode {
  const remembered = recall('language');
  return chooseLanguage(remembered === undefined ? navigator.languages : [remembered, ...navigator.languages]);
}
