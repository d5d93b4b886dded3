/** The editions of the chapter whose terms the page uses. */
export const languageCodes = ['en', 'pt', 'zh', 'ja'] as const;

export type LanguageCode = (typeof languageCodes)[number];

/** A text for each language: a missing one is a type error. */
export type InEachLanguage<Words> = Readonly<Record<LanguageCode, Words>>;

/** What each language calls itself. */
export const languageNames: InEachLanguage<string> = { en: 'English', pt: 'Português', zh: '中文', ja: '日本語' };

/** The first of the reader's languages that the page speaks; English where there is none. */
export function chooseLanguage(preferred: readonly string[]): LanguageCode {
  for (const tag of preferred) {
    const [primary = ''] = tag.toLowerCase().split('-');
    const found = languageCodes.find((code) => code === primary);
    if (found !== undefined) return found;
  }
  return 'en';
}
