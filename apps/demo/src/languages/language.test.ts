import { expect, test } from 'vitest';
import { chooseLanguage } from './language.ts';

test('the first language that reader and page have in common, whatever its region and script', () => {
  expect(chooseLanguage(['fr-CA', 'pt-BR', 'en'])).toBe('pt');
  expect(chooseLanguage(['zh-Hant-TW'])).toBe('zh');
  expect(chooseLanguage(['JA'])).toBe('ja');
});

test('English where there is none', () => {
  expect(chooseLanguage(['fr', 'x'])).toBe('en');
  expect(chooseLanguage([])).toBe('en');
});
