import type { PageWords } from '../words.ts';

export const japanese: PageWords = {
  tag: 'ja',
  title: 'xcorr：画像の畳み込み',
  summary: '画像の畳み込みを試してみましょう。',
  tabs: { slide: 'スライド', edges: 'エッジ', learn: '学習', steal: 'フィルタを盗む' },
  tabBar: 'ページの各部',
  language: '言語',
  theme: 'テーマ',
  themes: { system: 'システム', light: 'ライト', dark: 'ダーク' },
  loading: '読み込み中…',
  failed: (reason) => `ページのこの部分が停止しました：${reason}`,
  again: 'やり直す',
};
