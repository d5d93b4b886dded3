import { CommandError } from '../command-error.ts';
import { nearest } from '../nearest.ts';

/** The languages of the book's editions: English, Portuguese, simplified Chinese, Japanese. */
export const languages = ['en', 'pt', 'zh', 'ja'] as const;

export type Language = (typeof languages)[number];

/** What each language calls itself, and what else one may write for it: in lower case. */
const names: Readonly<Record<Language, { readonly own: string; readonly others: readonly string[] }>> = {
  en: { own: 'English', others: ['english', 'eng'] },
  pt: { own: 'português', others: ['português', 'portuguese', 'por', 'br'] },
  zh: { own: '简体中文', others: ['简体中文', '中文', 'chinese', 'zho', 'chi', 'cn'] },
  ja: { own: '日本語', others: ['日本語', 'japanese', 'jpn', 'jp'] },
};

/** The subtag of language in `pt-BR`, `zh_CN.UTF-8`, `EN`: if it is one of the four. */
function subtag(tag: string): Language | undefined {
  const [first = ''] = tag.toLowerCase().split(/[-_.@]/);
  return languages.find((language) => language === first);
}

function isTraditionalChinese(tag: string): boolean {
  return /^zh-(?:hant|tw|hk|mo)\b/i.test(tag.replaceAll('_', '-'));
}

function meant(word: string): Language | undefined {
  const called = (name: string | undefined): Language | undefined => languages.find((language) => name !== undefined && names[language].others.includes(name));
  // Two letters are near to two letters of anything: only whole words are guessed.
  const words = languages.flatMap((language) => names[language].others.filter((name) => name.length > 3));
  return subtag(word) ?? called(word.toLowerCase()) ?? called(nearest(word, words));
}

/**
 * The language of a code, alone or with a country or a script, as in a locale.
 *
 * @throws CommandError when it is none of the four: it lists them, and says which was probably meant.
 * @example
 * languageNamed('pt'); // => 'pt'
 * languageNamed('pt-BR'); // => 'pt'
 */
export function languageNamed(code: string): Language {
  const found = isTraditionalChinese(code) ? undefined : subtag(code);
  if (found !== undefined) return found;
  const guess = meant(code);
  const hint = guess === undefined ? '' : `, did you mean ${guess}?`;
  const known = languages.map((language) => `${language} (${names[language].own})`).join(', ');
  throw new CommandError(`there are no texts in the language ${JSON.stringify(code)}${hint}\n  known: ${known}`);
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The language of the environment's locale for messages, English where it is none of the four. LC_ALL goes before
 * LC_MESSAGES, and that before LANG; an empty one counts as unset, and the first that is set decides alone: with
 * LC_ALL=C all is English.
 *
 * What is printed is UTF-8 and simplified Chinese: a locale of another encoding, or of traditional Chinese, has English.
 *
 * @see POSIX.1-2017, Base Definitions, section 8.2, "Internationalization Variables"
 * @example
 * languageOfLocale({ LANG: 'pt_BR.UTF-8' }); // => 'pt'
 * languageOfLocale({ LC_ALL: 'C', LANG: 'pt_BR.UTF-8' }); // => 'en'
 */
export function languageOfLocale(env: Environment): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '') ?? '';
  const encoding = /\.([^@]*)/.exec(locale)?.[1] ?? 'UTF-8';
  if (!/^utf-?8$/i.test(encoding) || isTraditionalChinese(locale)) return 'en';
  return subtag(locale) ?? 'en';
}

/**
 * The language to print in: what was asked for, else the environment's.
 *
 * @throws CommandError when what was asked for is none of the four.
 * @example
 * chooseLanguage('ja', { LANG: 'pt_BR.UTF-8' }); // => 'ja'
 * chooseLanguage(undefined, { LANG: 'pt_BR.UTF-8' }); // => 'pt'
 */
export function chooseLanguage(asked: string | undefined, env: Environment): Language {
  return asked === undefined ? languageOfLocale(env) : languageNamed(asked);
}
