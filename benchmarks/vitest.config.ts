import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Packages are read as their sources, so tests need no build; no peer needs to be installed.
export default defineConfig({
  ssr: { resolve: { conditions: ['@xcorr/source', ...defaultServerConditions] } },
  test: { environment: 'node', include: ['src/**/*.test.ts'], testTimeout: 30_000 },
});
