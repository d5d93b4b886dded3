#!/usr/bin/env node
// npm links commands at install, before anything is built: the command has to be a
// committed file, and a fresh clone has to be told what is missing.
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);

if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('xcorr is not built yet: run `npm run build` in the repository first.\n');
  process.exitCode = 2;
}
