import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignLeft, alignRight, displayWidth } from './display-width.ts';

describe('how many columns a text takes', () => {
  test.each([
    ['', 0],
    ['corr2d(X, K)', 12],
    ['características ± 5e-5', 22],
    ['感受野', 6],
    ['学习到的卷积核，翻转后', 22],
    ['PyTorch（英文版），NCHW', 23],
    ['エポック 10 の損失', 18],
    ['特徴マップ', 10],
    ['バイアス：「一」。', 18],
  ])('%s: %i', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test('marks stand on the character before them, so both forms of a text are as wide', () => {
    for (const text of ['características', 'convolução', 'バイアス', 'ウィンドウ']) {
      expect(text.normalize('NFD')).not.toBe(text);
      expect(displayWidth(text.normalize('NFD'))).toBe(displayWidth(text));
    }
    expect(displayWidth('\u{FEFF}a\u200B')).toBe(1);
  });

  test('what looks wide and is not: halfwidth katakana, the sign ±', () => {
    expect(displayWidth('ｶﾅ')).toBe(2);
    expect(displayWidth('±')).toBe(1);
  });

  test('the borders of the wide blocks', () => {
    const narrow = [0x10ff, 0x2e7f, 0x303f, 0x3248, 0x4dc0, 0xa4d0, 0xabff, 0xff00, 0xff61, 0xffdf, 0xffe8];
    const wide = [0x1100, 0x2e80, 0x3000, 0x303e, 0x3041, 0x4dbf, 0x4e00, 0x9fff, 0xac00, 0xd7a3, 0xff01, 0xff60, 0xffe5, 0x20000, 0x2a6df];
    expect(narrow.map((point) => displayWidth(String.fromCodePoint(point)))).toEqual(narrow.map(() => 1));
    expect(wide.map((point) => displayWidth(String.fromCodePoint(point)))).toEqual(wide.map(() => 2));
  });
});

describe('alignment', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '感', 'ド', 'ﾄ', '，', 'ー', '𠀀', 'e\u0301'), maxLength: 12 });

  test('an aligned text is as wide as was asked, or as it was if it is wider', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 30 }), (text, columns) => {
        const wanted = Math.max(columns, displayWidth(text));
        expect(displayWidth(alignLeft(text, columns))).toBe(wanted);
        expect(displayWidth(alignRight(text, columns))).toBe(wanted);
        expect(alignLeft(text, columns).startsWith(text)).toBe(true);
        expect(alignRight(text, columns).endsWith(text)).toBe(true);
      }),
      { seed: 20260101, numRuns: 200 },
    );
  });

  test('two texts are as wide as both', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(displayWidth(a + b)).toBe(displayWidth(a) + displayWidth(b));
      }),
      { seed: 20260102, numRuns: 200 },
    );
  });

  test('left and right', () => {
    expect(alignLeft('图像', 6)).toBe('图像  ');
    expect(alignRight('图像', 6)).toBe('  图像');
    expect(alignRight('图像', 3)).toBe('图像');
  });
});
