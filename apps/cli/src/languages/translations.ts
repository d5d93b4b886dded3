import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { japanese } from './japanese.ts';
import type { Language } from './language.ts';
import type { Messages } from './messages.ts';
import { portuguese } from './portuguese.ts';

export const translations: Readonly<Record<Language, Messages>> = { en: english, pt: portuguese, zh: chinese, ja: japanese };
