import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

// These run what the build made, as `npm test` does first.
const built = existsSync(fileURLToPath(new URL('../dist/index.js', import.meta.url)));

describe.skipIf(!built)('where the host forbids code made at run time', () => {
  test('programs are compiled and run', () => {
    const script = `
      import { input, square } from '@xcorr/graph';
      import { compile } from '@xcorr/compiler';
      import { closures } from '@xcorr/backend-closures';
      let isForbidden = false;
      try {
        new Function('return 1');
      } catch {
        isForbidden = true;
      }
      const x = input('x', [2]);
      console.log(isForbidden, compile({ inputs: { x }, outputs: { y: square(x) } }, closures()).run({ x: [2, 3] }).y.toNested());`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
    });
    expect([stderr, stdout]).toEqual(['', 'true [ 4, 9 ]\n']);
  });
});
