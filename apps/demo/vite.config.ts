import { defineConfig } from 'vite';

// Paths of the built page are relative: it runs from any folder of any host.
export default defineConfig({
  base: './',
  // The packages' own sources: the page needs no build of them.
  resolve: { conditions: ['@xcorr/source', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // How long a bundler's steps take says nothing about the page.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
