import { describe, expect, test } from 'vitest';
import { recorded } from '../testing/recorded.ts';
import { chooseLanguage, languageNamed, languageOfLocale, languages, type Environment, type Language } from './language.ts';

describe('the language of the locale', () => {
  test.each<readonly [Environment, Language]>([
    [{}, 'en'],
    [{ LANG: 'pt_BR.UTF-8' }, 'pt'],
    [{ LANG: 'pt_PT' }, 'pt'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh_SG.utf8' }, 'zh'],
    [{ LANG: 'zh-Hans-HK' }, 'zh'],
    [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
    [{ LANG: 'ja' }, 'ja'],
    [{ LANG: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'pt_BR.UTF-8@euro' }, 'pt'],
  ])('%o is %s', (env, language) => {
    expect(languageOfLocale(env)).toBe(language);
  });

  test.each<readonly [string, Environment, Language]>([
    ['LC_ALL goes before all', { LC_ALL: 'ja_JP.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'pt_BR.UTF-8' }, 'ja'],
    ['LC_MESSAGES goes before LANG', { LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'pt_BR.UTF-8' }, 'zh'],
    ['an empty one is as good as none', { LC_ALL: '', LC_MESSAGES: '', LANG: 'pt_BR.UTF-8' }, 'pt'],
    ['C is English, whatever stands behind it', { LC_ALL: 'C', LANG: 'pt_BR.UTF-8' }, 'en'],
    ['so is C.UTF-8', { LC_ALL: 'C.UTF-8', LANG: 'pt_BR.UTF-8' }, 'en'],
    ['a language without texts is English', { LC_ALL: 'fr_FR.UTF-8', LANG: 'pt_BR.UTF-8' }, 'en'],
    ['a language whose code begins alike is another', { LANG: 'jav_ID.UTF-8' }, 'en'],
    ['other categories have no say', { LC_CTYPE: 'ja_JP.UTF-8', LC_NUMERIC: 'pt_BR.UTF-8' }, 'en'],
    ['what is printed is UTF-8, so GB 18030 is English', { LANG: 'zh_CN.GB18030' }, 'en'],
    ['and EUC-JP', { LANG: 'ja_JP.eucJP' }, 'en'],
    ['traditional Chinese is not simplified Chinese', { LANG: 'zh_TW.UTF-8' }, 'en'],
    ['nor is it in Hong Kong', { LANG: 'zh_HK.UTF-8' }, 'en'],
    ['nor by its script', { LANG: 'zh_Hant_SG.UTF-8' }, 'en'],
  ])('%s', (_, env, language) => {
    expect(languageOfLocale(env)).toBe(language);
  });
});

describe('the language that was asked for', () => {
  test.each(languages)('%s goes before the locale', (language) => {
    for (const LANG of ['C', 'pt_BR.UTF-8', 'ja_JP.UTF-8']) expect(chooseLanguage(language, { LC_ALL: LANG, LANG })).toBe(language);
  });

  test('unless none was', () => {
    expect(chooseLanguage(undefined, { LANG: 'zh_CN.UTF-8' })).toBe('zh');
    expect(chooseLanguage(undefined, {})).toBe('en');
  });

  test.each([
    ['zh-TW', 'zh'],
    ['jp', 'ja'],
    ['cn', 'zh'],
    ['br', 'pt'],
    ['Portuguese', 'pt'],
    ['português', 'pt'],
    ['portugues', 'pt'],
    ['chinse', 'zh'],
    ['中文', 'zh'],
    ['japanese', 'ja'],
    ['日本語', 'ja'],
    ['english', 'en'],
  ])('instead of %s one means %s', (asked, meant) => {
    expect(() => languageNamed(asked)).toThrow(`there are no texts in the language ${JSON.stringify(asked)}, did you mean ${meant}?\n`);
  });

  test.each([
    ['pt-BR', 'pt'],
    ['pt_BR', 'pt'],
    ['zh_CN.UTF-8', 'zh'],
    ['zh-Hans', 'zh'],
    ['EN', 'en'],
    ['ja-JP', 'ja'],
  ])('%s is %s, as in a locale', (asked, language) => {
    expect(languageNamed(asked)).toBe(language);
  });

  test.each(['fr', 'es', 'pl', 'zn', 'klingon', '', 'toString', 'constructor'])('%j is near to none', (asked) => {
    expect(() => languageNamed(asked)).toThrow(`there are no texts in the language ${JSON.stringify(asked)}\n  known: en (English), pt (português), zh (简体中文), ja (日本語)`);
  });
});

describe('xcorr book --lang', () => {
  test('a language without texts is misuse, and nothing is computed', async () => {
    expect(await recorded(['book', '--lang', 'jp'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'xcorr: there are no texts in the language "jp", did you mean ja?\n  known: en (English), pt (português), zh (简体中文), ja (日本語)\n',
    });
  });

  test('and so it is where the text is not printed', async () => {
    const { status, stdout, stderr } = await recorded(['book', '--json', '--lang=jp']);
    expect(status).toBe(2);
    expect(stdout + stderr).toContain('did you mean ja?');
  });

  test('without it the locale decides', async () => {
    const chapters = ['pt_BR.UTF-8', 'zh_CN.UTF-8', 'ja_JP.UTF-8', 'C'].map(async (LANG) => (await recorded(['book'], { env: { LANG } })).stdout.split('\n')[0]);
    expect(await Promise.all(chapters)).toEqual(['Convolução para Imagens', '图像卷积', '画像の畳み込み', 'Convolutions for Images']);
    const { stdout } = await recorded(['book', '--lang', 'en'], { env: { LANG: 'ja_JP.UTF-8' } });
    expect(stdout).toMatch(/^Convolutions for Images\n/);
  });

  test('the help names it', async () => {
    const { stdout } = await recorded(['book', '--help']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('--lang <language> the language of the text: en, pt, zh, ja (default: that of the locale, else en)');
  });
});
