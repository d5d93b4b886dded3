import type { VNode } from 'preact';
import { languageCodes, languageNames } from '../languages/language.ts';
import type { OpenTab } from './open-tab.tsx';
import { changeLanguage, chooseTheme, type Store } from './store.ts';
import { TabBar } from './tab-bar.tsx';
import { themes } from './theme.ts';
import { pageWords } from './words.ts';

export function Page({ tabs, store }: { readonly tabs: readonly OpenTab[]; readonly store: Store }): VNode {
  const language = store.language.value;
  const words = pageWords[language];
  return (
    <>
      <header>
        <div class="page-header">
          <div>
            <h1>xcorr</h1>
            <p>{words.summary}</p>
          </div>
          <div class="page-choices">
            <label>
              {words.language}
              <select value={language} onChange={(event) => changeLanguage(store, event.currentTarget.value)}>
                {languageCodes.map((code) => (
                  <option key={code} value={code} lang={pageWords[code].tag}>
                    {languageNames[code]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {words.theme}
              <select value={store.theme.value} onChange={(event) => chooseTheme(store, event.currentTarget.value)}>
                {themes.map((theme) => (
                  <option key={theme} value={theme}>
                    {words.themes[theme]}
                  </option>
                ))}
              </select>
            </label>
          </div>
        </div>
        <TabBar names={tabs.map(({ name }) => name)} store={store} words={words} />
      </header>
      <main>
        {tabs.map(({ name, view }) => (
          <div key={name} id={`panel-${name}`} role="tabpanel" aria-labelledby={`tab-${name}`} hidden={name !== store.tab.value}>
            {name === store.tab.value && view(language)}
          </div>
        ))}
      </main>
    </>
  );
}
