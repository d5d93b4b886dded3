import type { PageWords } from '../words.ts';

export const english: PageWords = {
  tag: 'en',
  title: 'xcorr: convolutions for images',
  summary: 'Convolutions for images, to try out.',
  tabs: { slide: 'Slide', edges: 'Edges', learn: 'Learn', steal: 'Steal this filter' },
  tabBar: 'Parts of the page',
  language: 'Language',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  loading: 'Loading …',
  failed: (reason) => `This part of the page stopped: ${reason}`,
  again: 'Start it again',
};
