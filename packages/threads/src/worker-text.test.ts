import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

// Threads start from text, wherever a bundler puts the rest. A function's own text would not do: minifiers that keep names
// write calls of their helpers into it.

test('the text that threads start from is worker-main.ts, bundled; vitest -u writes it', async () => {
  const { outputFiles: [file] } = await build({ entryPoints: [join(import.meta.dirname, 'worker-main.ts')], bundle: true, minify: true, format: 'iife', target: 'es2022', write: false, logLevel: 'silent' });
  await expect(`/** worker-main.ts, bundled: worker-text.test.ts writes it. */\nexport const workerText: string = ${JSON.stringify(file?.text.trim())};\n`).toMatchFileSnapshot('worker-text.ts');
});
