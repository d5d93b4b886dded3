import type { InEachLanguage } from '../languages/language.ts';
import type { TabName } from './tab.ts';
import type { Theme } from './theme.ts';
import { chinese } from './words/chinese.ts';
import { english } from './words/english.ts';
import { japanese } from './words/japanese.ts';
import { portuguese } from './words/portuguese.ts';

export type PageWords = {
  /** The language as `<html lang>` has it. */
  readonly tag: string;
  readonly title: string;
  readonly summary: string;
  readonly tabs: Readonly<Record<TabName, string>>;
  /** What the tab bar is called. */
  readonly tabBar: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: Readonly<Record<Theme, string>>;
  readonly loading: string;
  /** A view threw, or its script did not come. */
  readonly failed: (reason: string) => string;
  readonly again: string;
};

export const pageWords: InEachLanguage<PageWords> = { en: english, pt: portuguese, zh: chinese, ja: japanese };
