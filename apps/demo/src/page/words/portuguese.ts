import type { PageWords } from '../words.ts';

export const portuguese: PageWords = {
  tag: 'pt',
  title: 'xcorr: convolução para imagens',
  summary: 'Convolução para imagens, para experimentar.',
  tabs: { slide: 'Deslizar', edges: 'Bordas', learn: 'Aprender', steal: 'Copie este filtro' },
  tabBar: 'Partes da página',
  language: 'Idioma',
  theme: 'Tema',
  themes: { system: 'Sistema', light: 'Claro', dark: 'Escuro' },
  loading: 'Carregando …',
  failed: (reason) => `Esta parte da página parou: ${reason}`,
  again: 'Recomeçar',
};
